"""What a first visit of a page loads in a real browser: requests, and bytes over the wire, headers included."""

from dataclasses import dataclass
from importlib.util import find_spec

from lib.services import find as find_program

MOST_BYTES, MOST_REQUESTS = 60_000, 8


@dataclass
class View:
    name: str
    address: str
    requests: int
    wire_bytes: int

    @property
    def is_met(self):
        return self.requests <= MOST_REQUESTS and self.wire_bytes <= MOST_BYTES


def measure(port, addresses, *, say=print):
    """Open each of the pages (name: address) with an empty browser cache; [] and the reason where there is no browser."""
    program = find_program("chromium")
    if find_spec("playwright") is None or program is None:
        say("First views not measured: no Chromium, or Playwright is not installed.")
        return []
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    views = []
    say(
        f"\n{'First view in Chromium':<46}{'requests':>9}  {'wire B':>8}  target ≤ {MOST_REQUESTS}, ≤ {MOST_BYTES:,} B"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, address in addresses.items():
            views.append(open_once(browser, name, f"http://localhost:{port}{address}"))
            shown = views[-1]
            missed = "" if shown.is_met else "  missed"
            say(f"{shown.name:<46}{shown.requests:>9}  {shown.wire_bytes:>8,}{missed}")
        browser.close()
    return views


def open_once(browser, name, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked, finished = {}, {}
    session.on(
        "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: finished.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    context.close()
    over_the_wire = {key for key, url in asked.items() if url.startswith("http")}
    return View(
        name,
        address,
        len(over_the_wire),
        round(sum(size for key, size in finished.items() if key in over_the_wire)),
    )

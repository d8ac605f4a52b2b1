"""A practitioner finds something: with a mouse, by keyboard alone, on a phone, right to left, without JavaScript."""

from datetime import date
from itertools import pairwise

import pytest

from resources.models import Kind, Status
from tests import make
from tests.indexes import broker_away

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def library(index, monkeypatch):
    """A small library: enough of each kind for every page to have something on it."""
    with broker_away(monkeypatch):
        fill()
    index.sync()


def fill():
    transfers = make.topic("Cash transfers", slug="cash-transfers")
    unicef = make.organisation("United Nations Children's Fund", acronym="UNICEF", slug="unicef")
    for n in range(24):
        make.resource(
            title=f"Cash transfers in practice, part {n + 1}",
            topics=[transfers],
            countries=["ZMB"],
            published_on=date(2000 + n, 3, 1),
        )
    paper = make.resource(
        title="Lean season triggers for cash transfers",
        summary="How three programmes added a temporary top-up when a drought trigger was met.",
        topics=[transfers],
        countries=["MWI", "ZMB"],
        organisations=[unicef],
        contributors=[{"family_name": "Chirwa", "given_name": "Esnart"}],
        detail={"type": "working_paper", "number": "214"},
        url="https://example.org/lean-season",
        identifiers=[("doi", "10.1000/lean.1")],
    )
    make.resource(
        title="Transferts monétaires et période de soudure",
        language_code="fr",
        work=paper.work,
        topics=[transfers],
    )
    make.resource(title="الحماية الاجتماعية في الدول العربية", language_code="ar", countries=["JOR"])
    make.resource(
        Kind.PROGRAMME,
        title="Social Cash Transfer Programme",
        countries=["MWI"],
        detail={"started_year": 2006, "agency": "Ministry of Gender"},
    )
    make.resource(
        Kind.LAW, title="Pension Act", countries=["MWI"], detail={"instrument": "act", "adopted_year": 2011}
    )
    make.resource(
        Kind.COUNTRY,
        title="Malawi: country profile",
        countries=["MWI"],
        detail={"country": make.country("MWI")},
    )
    for kind in (Kind.NEWS, Kind.EVENT, Kind.JOB, Kind.BLOG, Kind.MULTIMEDIA, Kind.DATABASE):
        make.resource(
            kind,
            title=f"An example: {kind.label}",
            summary="Some words about it.",
            body="## A heading\n\nA paragraph.",
        )
    make.country("CHL")


SMALL_TARGETS = """[...document.querySelectorAll('button, input:not([type=hidden]), select, .btn, .chip, .pager a, nav a, summary')]
        .filter(e => e.checkVisibility() && !e.closest('label, .vh'))
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([_, r]) => r.width > 1 && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
EVERY_PAGE = {
    "home": "/",
    "library": "/library/",
    "results": "/library/?q=cash+transfers&country=MWI&kind=publication",
    "no results": "/library/?q=qwertyuiopasdf",
    "page too far": "/library/?page=99",
    "search": "/search/?q=cash",
    "search, empty": "/search/",
    "publication": "/library/publication/lean-season-triggers-for-cash-transfers/",
    "programme": "/library/programme/social-cash-transfer-programme/",
    "law": "/library/law/pension-act/",
    "news": "/library/news/an-example-news/",
    "event": "/library/event/an-example-event/",
    "job": "/library/job/an-example-job/",
    "blog": "/library/blog/an-example-blog-post/",
    "multimedia": "/library/multimedia/an-example-multimedia/",
    "database": "/library/database/an-example-database/",
    "countries": "/countries/",
    "country": "/countries/mwi/",
    "country with nothing": "/countries/chl/",
    "topics": "/topics/",
    "topic": "/topics/cash-transfers/",
    "sign in": "/sign-in/",
    "not found": "/nowhere/",
}


@pytest.mark.parametrize(
    "look",
    [
        pytest.param({}, id="wide"),
        pytest.param({"color_scheme": "dark"}, id="dark"),
        pytest.param(PHONE, id="phone"),
    ],
)
def test_every_page_is_accessible(open_page, axe, look):
    page = open_page(**look)

    for address in EVERY_PAGE.values():
        page.goto(address)
        axe(page)


@pytest.mark.parametrize(
    "look", [pytest.param({}, id="wide"), pytest.param({**PHONE, "color_scheme": "dark"}, id="dark_phone")]
)
def test_every_page_is_accessible_right_to_left(open_page, axe, look):
    page = open_page(**look)

    for address in EVERY_PAGE.values():
        page.goto(f"/ar{address}")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        axe(page)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_page_scrolls_sideways(open_page, prefix):
    page = open_page()

    overflowing = []
    for address in EVERY_PAGE.values():
        page.goto(prefix + address)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                overflowing.append((address, width))

    assert overflowing == []


def test_every_page_has_one_first_heading_and_skips_no_level(open_page):
    page = open_page()

    wrong = {}
    for address in EVERY_PAGE.values():
        page.goto(address)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
            wrong[address] = levels

    assert wrong == {}


@pytest.mark.smoke
def test_search_then_facet_then_detail(open_page):
    page = open_page("/")

    page.get_by_role("main").get_by_role("searchbox").fill("lean season")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Lean season triggers for cash transfers").first.wait_for()
    page.goto("/library/?q=cash+transfers")
    page.locator("#filters").get_by_label("Malawi").check()
    page.locator("#filters").get_by_role("button", name="Apply filters").click()
    titles = page.locator(".resource__title").all_inner_texts()
    page.get_by_role("link", name="Lean season triggers for cash transfers").click()

    assert "country=MWI" in page.evaluate("document.referrer")
    assert sorted(titles) == ["Lean season triggers for cash transfers", "Social Cash Transfer Programme"]
    assert page.get_by_role("heading", level=1).inner_text() == "Lean season triggers for cash transfers"
    page.locator("main a[hreflang=fr]").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Transferts monétaires et période de soudure"


def test_a_chip_takes_one_filter_away(open_page):
    page = open_page("/library/?q=cash&country=MWI&kind=publication")

    page.get_by_role("link", name="Malawi – remove filter").click()

    assert page.url.endswith("/library/?q=cash&kind=publication")


@pytest.mark.smoke
def test_everything_works_without_javascript(open_page):
    page = open_page("/library/", java_script_enabled=False)

    page.get_by_role("searchbox").fill("triggers")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("#filters").get_by_label("Malawi").check()
    page.locator("#filters").get_by_role("button", name="Apply filters").click()
    page.get_by_role("link", name="Lean season triggers for cash transfers").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Lean season triggers for cash transfers"


def test_by_keyboard_alone(open_page):
    page = open_page("/library/")

    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Enter")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("lean season")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=lean+season**")
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.resource__title') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/publication/**")

    assert focused == "Skip to main content"
    assert page.get_by_role("heading", level=1).inner_text() == "Lean season triggers for cash transfers"


def test_focus_is_always_visible(open_page):
    page = open_page("/library/")

    hidden = []
    for _step in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null;"
            " const s = getComputedStyle(e); return [e.outerHTML.slice(0, 80), s.outlineStyle, s.outlineWidth]; })()"
        )
        if style and (style[1] == "none" or style[2] == "0px"):
            hidden.append(style[0])

    assert hidden == []


def test_on_a_phone_the_filters_are_a_drawer(open_page):
    page = open_page("/library/?q=cash", **PHONE)

    before = page.locator("#filters").is_visible()
    page.get_by_role("link", name="Filters").click()
    page.locator("#filters").get_by_label("Malawi").check()
    page.locator("#filters").get_by_role("button", name="Apply filters").click()

    assert before is False
    assert "country=MWI" in page.url
    assert page.locator("#filters").is_visible() is False


def test_touch_targets_are_large_enough(open_page):
    """WCAG 2.2, 2.5.8: at least 24 by 24 pixels, but for links inside a sentence."""
    page = open_page(**PHONE)

    small = {}
    for address in EVERY_PAGE.values():
        page.goto(address)
        if found := page.evaluate(SMALL_TARGETS):
            small[address] = found

    assert small == {}


def test_the_language_switch_leads_to_the_same_page(open_page):
    page = open_page("/library/?q=cash")

    page.locator("summary", has_text="change language").click()
    page.get_by_role("link", name="العربية").click()

    assert page.url.endswith("/ar/library/?q=cash")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]


@pytest.mark.smoke
def test_the_appearance_is_kept_without_javascript(open_page):
    page = open_page("/", java_script_enabled=False)

    page.get_by_role("contentinfo").get_by_label("Appearance").select_option("dark")
    page.get_by_role("contentinfo").get_by_role("button").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto("/library/")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_text_in_another_script_keeps_its_direction(open_page):
    page = open_page("/library/?language=ar")

    title = page.get_by_role("link", name="الحماية الاجتماعية في الدول العربية")

    assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert title.evaluate("e => e.closest('[lang]').lang") == "ar"


def test_a_withdrawn_page_says_so(open_page, axe):
    gone = make.resource(
        title="Gone paper", status=Status.WITHDRAWN, reason="Replaced by the second edition."
    )

    page = open_page(gone.get_absolute_url())

    assert "Replaced by the second edition." in page.get_by_role("main").inner_text()
    axe(page)


@pytest.mark.parametrize(
    "start", ["/", "/library/", "/library/publication/lean-season-triggers-for-cash-transfers/"]
)
def test_a_first_view_is_light(open_page, start):
    page = open_page()
    answers = []
    page.on("response", lambda answer: answers.append(len(answer.body()) if answer.status == 200 else 0))

    page.goto(start)
    page.wait_for_load_state("networkidle")

    assert len(answers) <= 8
    assert sum(answers) <= 100_000

"""The cast, and the fixtures many rooms share."""

import os
import shutil
from pathlib import Path

import haystack
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from playwright.sync_api import sync_playwright

from kit.management.commands.compile_translations import compile_translations
from kit.remember import forget_everything
from search import synonyms
from tests import make
from tests.indexes import own_index
from vocabularies import queries as vocabularies

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def cannot_run(reason):
    """Skip, visibly; on the build machine fail, so that nothing silently goes untested there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_configure(config):
    """Pages in other languages are tested with their translations; the first process compiles them."""
    if not hasattr(config, "workerinput"):
        compile_translations(settings.LOCALE_PATHS)


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; every test starts in English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def empty_cache():
    """What one test put into the cache, or a process remembers of it, is not there for the next."""
    cache.clear()
    forget_everything()
    vocabularies.forget()


@pytest.fixture(autouse=True)
def no_index_left():
    """An index that the work of one test made by itself is not there for the next."""
    left = list(Path(settings.VAR_DIR).glob("index-*"))
    for folder in left:
        shutil.rmtree(folder)
    if left:
        haystack.connections["default"].reset_sessions()
        synonyms.forget()


@pytest.fixture
def amina(db):
    """A member in Malawi who moderates."""
    return make.member("Amina", country=make.country("MWI"))


@pytest.fixture
def bao(db):
    """A member who writes in Arabic."""
    return make.member("Bao", country=make.country("JOR"))


@pytest.fixture
def carla(db):
    """Staff."""
    return make.member("Carla", is_staff=True)


@pytest.fixture
def dawit(db):
    """A member who learns."""
    return make.member("Dawit")


@pytest.fixture
def stranger():
    """A visitor who belongs nowhere."""
    return AnonymousUser()


@pytest.fixture
def index(tmp_path, db, monkeypatch):
    """An empty search index; `index.sync()` brings all that is in the database into it."""
    with own_index(monkeypatch, tmp_path / "index") as backend:
        yield backend


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real records beside the repository."""
    folder = Path(settings.BASE_DIR).parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(
            f"the shared records are not on this machine ({folder.parent.name}/{folder.name} beside the checkout)"
        )
    return folder


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        cannot_run("no Chromium was found: install it (apt install chromium) or name it in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def is_ours(error):
    """A busy Chromium gives up the fade between two pages and reports that as an error of the page; it is none."""
    return not any(words in str(error) for words in ("Transition was skipped", "Transition was aborted"))


@pytest.fixture
def open_page(browser, live_server):
    """A function `open_page(address="/", member=None, **context)`: a page in a fresh profile, signed in as the member.

    `context` is Playwright's: viewport, java_script_enabled, color_scheme, locale. What the page's own scripts
    get wrong, and every answer of 500, fails the test.
    """
    contexts, errors = [], []

    def open_page(address="/", *, member=None, **options):
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        if member is not None:
            client = Client()
            client.force_login(member)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"script: {error}") if is_ours(error) else None)
        page.on(
            "response",
            lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page):
    """The home page as a visitor with a wide window sees it first."""
    return open_page()


@pytest.fixture(scope="session")
def axe():
    """A function that asserts that axe finds nothing to complain about on a page."""
    rules = Axe()

    def assert_accessible(page):
        found = rules.run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return assert_accessible

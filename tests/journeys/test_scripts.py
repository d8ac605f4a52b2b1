"""What the small scripts add to pages that work without them."""

import re

import pytest

from resources import actions
from resources.models import Resource
from tests import make
from tests.indexes import broker_away

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]


@pytest.fixture(autouse=True)
def library(index, monkeypatch):
    with broker_away(monkeypatch):
        make.resource(title="Unconditional transfers in Malawi", countries=["MWI"])
        make.resource(title="Pensions in Zambia", countries=["ZMB"])
    index.sync()


def test_the_search_box_offers_what_the_typed_beginning_may_become(open_page):
    page = open_page("/library/")

    page.locator("#q").press_sequentially("uncon")
    page.locator("datalist option").first.wait_for(state="attached")

    offered = page.locator("datalist option").evaluate_all("options => options.map(o => [o.value, o.label])")
    assert offered == [["Unconditional transfers in Malawi", "Publication"]]


def test_a_form_leaves_out_what_is_empty(open_page):
    page = open_page("/library/")

    page.locator("#q").fill("transfers")
    page.locator("#q").press("Enter")
    page.wait_for_url(re.compile(r"q=transfers"))

    assert page.url.partition("/library/")[2] == "?q=transfers"


def test_an_empty_field_can_be_used_again_after_going_back(open_page):
    page = open_page("/library/")
    page.locator("#q").press("Enter")
    page.wait_for_url(re.compile(r"library/\?$"))

    page.go_back()

    assert page.locator("#q").is_enabled()


def test_escape_closes_a_menu_and_gives_the_focus_back(open_page):
    page = open_page("/library/")
    menu = page.locator("details.pop").first
    menu.locator("summary").click()
    assert menu.evaluate("menu => menu.open") is True

    page.keyboard.press("Escape")

    assert menu.evaluate("menu => menu.open") is False
    assert menu.locator("summary").evaluate("summary => summary === document.activeElement") is True


def test_a_click_elsewhere_closes_a_menu(open_page):
    page = open_page("/library/")
    menu = page.locator("details.pop").first
    menu.locator("summary").click()

    page.locator("h1").click()

    assert menu.evaluate("menu => menu.open") is False


def test_the_appearance_changes_at_once_and_is_kept(open_page):
    page = open_page("/library/")

    with page.expect_response(re.compile("appearance")):
        page.get_by_label("Appearance").select_option("dark")
    at_once = page.locator("html").get_attribute("data-theme")
    page.goto("/search/")

    assert (at_once, page.locator("html").get_attribute("data-theme")) == ("dark", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(15, 24, 28)"


def test_an_order_chosen_by_keyboard_waits_for_the_button(open_page):
    page = open_page("/library/?q=in")

    page.locator("#sort").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    waited, button = page.url, page.get_by_role("button", name="Sort")
    widths = [button.bounding_box()["width"]]
    page.keyboard.press("Tab")
    widths.append(button.bounding_box()["width"])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("sort=newest"))

    assert "sort=" not in waited
    assert [width > 24 for width in widths] == [False, True]


def test_a_search_is_copied_as_an_api_call_that_finds_the_same(open_page):
    page = open_page("/library/?q=transfers&country=MWI", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_text("Copy as API call").click()
    page.locator('[data-copy="#api-call"]').click()
    page.get_by_text("Call copied").wait_for()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/api/v1/search/?q=transfers&country=MWI")
    found = page.evaluate(
        "path => fetch(path).then(answer => answer.json())", "/api/v1/search/?q=transfers&country=MWI"
    )
    assert [hit["resource"]["title"] for hit in found["results"]] == ["Unconditional transfers in Malawi"]


def test_without_script_the_call_can_be_read_and_followed(open_page):
    page = open_page("/library/?q=transfers", java_script_enabled=False)

    page.get_by_text("Copy as API call").click()

    assert page.locator("#api-call").inner_text().endswith("/api/v1/search/?q=transfers")
    assert page.locator('[data-copy="#api-call"]').is_hidden()


def test_the_calls_of_the_api_can_be_tried_out_under_our_own_rules_for_scripts(open_page, axe):
    page = open_page("/developers/reference/")
    broken = []
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    axe(page)

    page.get_by_role("button", name="Try the calls out").click()
    page.locator(".opblock", has_text="Search the library").wait_for()

    assert page.locator(".opblock").count() == page.locator("main#main > div table tbody tr").count()
    assert broken == []


def test_the_pages_for_developers_are_accessible(open_page, axe):
    member = make.member("Dawit")
    for address, options in [
        ("/developers/", {}),
        ("/account/tokens/", {"member": member}),
        ("/ar/developers/", {}),
    ]:
        axe(open_page(address, **options))


def test_a_tagging_job_tells_how_far_it_is_until_it_is_done(open_page, carla, monkeypatch):
    topic, resources = make.topic("Pensions"), list(Resource.objects.all())
    with broker_away(monkeypatch):
        job = actions.start_tagging(resources, by=carla, add_topics=[topic])
        page = open_page(f"/library/desk/tagging/{job.pk}/", member=carla)
        told = [page.inner_text("#job label")]

        actions.tag_next(job)
        page.wait_for_selector("#job label:has-text('1 of 2')")
        told.append(page.inner_text("#job label"))
        while actions.tag_next(job):
            pass
        page.wait_for_selector(".tag--good")

    assert [*told, page.inner_text("#job label")] == [
        "0 of 2 resources",
        "1 of 2 resources",
        "2 of 2 resources",
    ]
    assert page.locator("[data-live]").count() == 0

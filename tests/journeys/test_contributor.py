"""A member brings a report; an editor asks, the member answers, the editor publishes, and everybody finds it."""

import pytest

from resources.models import Resource, Status
from tests import make
from tests.resources.files.test_files import pdf_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

WORD = "flibbertigibbet"


@pytest.fixture(autouse=True)
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CROSSREF_URL = ""
    make.language()
    make.language("fr")
    make.country("MWI")
    make.topic("Cash transfers", slug="cash-transfers")


def bring(page, title):
    """Fill in the short form with a PDF that says its title, and go on."""
    page.set_input_files(
        "#id_file",
        {
            "name": "Report.pdf",
            "mimeType": "application/pdf",
            "buffer": pdf_with(f"{title} {WORD}"),
        },
    )
    page.click("main button:has-text('Go on')")


def test_a_report_goes_from_a_member_through_a_question_to_everybody(open_page, dawit, carla, index, axe):
    page = open_page("/library/", member=dawit)
    page.click("main a:has-text('Contribute')")
    axe(page)
    bring(page, "Triggers of the lean season")
    axe(page)
    assert page.input_value("#id_title") == f"Triggers of the lean season {WORD}"
    page.fill("#id_title", "Triggers of the lean season")
    page.fill("#id_summary", "What makes a programme grow in time.")
    page.fill("#id_countries", "Malawi")
    page.click(".desk__bar button:has-text('Preview')")
    assert page.inner_text("h1") == "Triggers of the lean season"
    axe(page)
    page.click("button:has-text('Go on writing')")
    page.click(".desk__bar button:has-text('Save and hand in')")
    axe(page)
    page.fill("#id_note", "From our archive.")
    page.click("main button:has-text('Hand it in')")
    axe(page)
    assert "It waits for the editors." in page.inner_text("main")

    desk = open_page("/library/desk/", member=carla)
    desk.click("a:has-text('Queue')")
    axe(desk)
    desk.click("tbody a:has-text('Triggers of the lean season')")
    desk.click("button:has-text('Take it on')")
    axe(desk)
    desk.select_option("#id_end", "returned")
    desk.fill("#id_note", "Which year is it from?")
    desk.click("main form button:has-text('Decide')")
    axe(desk)

    page.click("summary:has-text('Dawit')")
    page.click(".masthead a:has-text('My contributions')")
    axe(page)
    assert "Returned with a question" in page.inner_text("tbody")
    page.click("tbody a:has-text('Triggers of the lean season')")
    assert "Which year is it from?" in page.inner_text("main .notice--warn")
    axe(page)
    page.click("main a:has-text('Change the record first')")
    page.fill("#id_published_on", "2019")
    page.click(".desk__bar button:has-text('Save and answer')")
    page.fill("#id_note", "It is from 2019.")
    axe(page)
    page.click("main button:has-text('Send the answer')")

    desk.reload()
    assert "It is from 2019." in desk.inner_text(".story")
    assert desk.inner_text(".desk__diff ins") == "2019-01-01"
    desk.select_option("#id_end", "published")
    desk.click("main form button:has-text('Decide')")
    index.refresh()
    page.reload()
    assert "It is published." in page.inner_text("main")
    axe(page)

    reader = open_page("/library/")
    reader.fill("#q", WORD)
    reader.press("#q", "Enter")
    assert reader.locator("#results a:has-text('Triggers of the lean season')").count() == 1
    assert [t.to_status for t in Resource.objects.get().transitions.all()] == [
        "draft",
        "submitted",
        "returned",
        "submitted",
        "published",
    ]


@pytest.mark.parametrize(
    "context", [{}, {"viewport": {"width": 390, "height": 800}}, {"color_scheme": "dark"}]
)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_pages_of_a_contribution_are_accessible(open_page, dawit, carla, axe, language, context):
    there = make.resource(title="Triggers of the lean season")
    draft = make.resource(
        title=there.title, summary="Words", body="Text", by=dawit, status=Status.DRAFT, language_code="fr"
    )
    refused = make.brought_to(
        make.resource(title="Refused", summary="Words", by=dawit, status=Status.DRAFT), Status.REFUSED
    )
    make.brought_to(make.resource(title="Handed in", by=dawit, status=Status.DRAFT), Status.SUBMITTED)
    library = f"{language}/library"

    page = open_page(f"{library}/contribute/{draft.pk}/matches/", member=dawit, **context)
    for address in (
        f"{library}/contribute/",
        f"{library}/contribute/from/{there.pk}/",
        f"{library}/contribute/{draft.pk}/files/",
        f"{library}/contribute/{draft.pk}/deletion/",
        f"{library}/contributions/{refused.pk}/",
        f"{library}/contributions/{refused.pk}/appeal/",
    ):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(address)
    axe(page)
    desk = open_page(f"{library}/desk/queue/", member=carla, **context)
    for address in (f"{library}/desk/rights/", f"{library}/desk/{refused.pk}/review/"):
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        desk.goto(address)
    axe(desk)


def test_a_contribution_is_made_without_javascript(open_page, dawit):
    page = open_page("/library/contribute/", member=dawit, java_script_enabled=False)
    page.fill("#id_title", "By hand")
    page.click("main button:has-text('Go on')")
    page.fill("#id_summary", "Words")
    page.fill("#id_url", "https://example.org/report")
    page.click(".desk__bar button:has-text('Save and hand in')")
    page.click("main button:has-text('Hand it in')")

    assert Resource.objects.get().status == Status.SUBMITTED

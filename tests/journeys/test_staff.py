"""An editor brings a report into the library and takes it out again; every door knows."""

import re

import pytest
from django.core.cache import cache

from members.models import Member
from resources import actions
from resources.models import Kind, Resource
from tests import make
from tests.indexes import broker_away
from tests.resources.files.test_files import pdf_with
from vocabularies.models import Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

PASSWORD = "a long enough password"
WORD = "flibbertigibbet"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(db):
    make.language()
    make.language("fr")
    make.country("MWI")
    make.topic("Cash transfers", slug="cash-transfers")
    make.organisation("United Nations Children's Fund", acronym="UNICEF", slug="unicef")
    carla = make.member("Carla", email="carla@example.org", password=PASSWORD, is_staff=True)
    Member.objects.vouch_for_address(carla)
    return carla


def doors(page, resource, file):
    """What each door says of the resource: the page's status, and whether the title stands behind the others."""
    cache.clear()
    get = page.context.request.get
    chapters = re.findall(r"/sitemap-resources-\d+\.xml", get("/sitemap.xml").text())
    return {
        "page": get(resource.get_absolute_url()).status,
        "file": get(file).status,
        "search": resource.title in get(f"/library/?q={WORD}").text(),
        "feed": resource.title in get("/library/feed/").text(),
        "export": resource.title in get(f"/library/export/ris/?q={WORD}").text(),
        "sitemap": any(f"{resource.get_absolute_url()}<" in get(chapter).text() for chapter in chapters),
    }


def test_a_report_is_published_found_by_a_word_in_its_pdf_and_withdrawn(open_page, editor, index, axe):
    page = open_page("/library/desk/")
    page.fill("#id_login", editor.email)
    page.fill("#id_password", PASSWORD)
    page.click("#sign-in button")
    axe(page)

    page.click("summary:has-text('New record')")
    page.click(".desk__new a:has-text('Publication')")
    axe(page)
    page.fill("#id_title", "Triggers of the lean season")
    page.select_option("#id_language", "en")
    page.select_option("#id_type", "report")
    page.fill("#id_countries", "Malawi\nNowhereland")
    page.fill("#id_contributors-0-family_name", "Chirwa")
    page.click("button:has-text('Add more people')")
    page.fill("#id_contributors-4-family_name", "Mwale")
    page.fill("#id_organisations-0-organisation", "UNICEF")
    page.click(".desk__bar button:has-text('Save the draft')")
    axe(page)
    assert "“Nowhereland”" in page.inner_text(".errors")
    page.fill("#id_countries", "Malawi")
    page.click(".desk__bar button:has-text('Preview')")
    assert page.inner_text("h1") == "Triggers of the lean season"
    assert Resource.objects.count() == 0
    axe(page)
    page.click("button:has-text('Go on writing')")
    page.click(".desk__bar button:has-text('Save the draft')")

    page.click("a:has-text('Add or remove')")
    page.set_input_files(
        "#id_file",
        {"name": "Report.pdf", "mimeType": "application/pdf", "buffer": pdf_with(f"The {WORD} index")},
    )
    page.click("button:has-text('Add the file')")
    assert "Read" in page.inner_text("#files .tag")
    axe(page)
    page.click("a:has-text('Back to the record')")
    page.click(".desk__bar button:has-text('Save and publish')")
    index.refresh()
    resource = Resource.objects.get()
    file = f"{resource.get_absolute_url()}files/{resource.files.get().pk}/"
    reader = open_page("/library/")
    reader.fill("#q", WORD)
    reader.press("#q", "Enter")
    assert reader.locator(f"#results a:has-text('{resource.title}')").count() == 1
    assert doors(reader, resource, file) == {
        "page": 200,
        "file": 200,
        "search": True,
        "feed": True,
        "export": True,
        "sitemap": True,
    }

    page.click("a:has-text('Withdraw it')")
    page.fill("#id_reason", "Superseded by the second edition.")
    axe(page)
    page.click("button:has-text('Withdraw')")
    index.refresh()
    assert doors(reader, resource, file) == {
        "page": 410,
        "file": 404,
        "search": False,
        "feed": False,
        "export": False,
        "sitemap": False,
    }
    page.click("a:has-text('History')")
    assert page.locator("tbody tr").count() == 3
    axe(page)


def test_what_was_typed_is_kept_while_one_is_away(open_page, editor):
    page = open_page("/library/desk/new/news/", member=editor)
    page.fill("#id_title", "Half a thought")
    page.wait_for_selector("[data-autosaved]:has-text('Kept at')")
    page.on("dialog", lambda dialog: dialog.accept())

    page.goto("/library/desk/new/news/")
    page.click("a:has-text('Take them')")

    assert page.input_value("#id_title") == "Half a thought"


def test_everything_is_written_without_javascript(open_page, editor):
    page = open_page("/library/desk/new/news/", member=editor, java_script_enabled=False)
    page.fill("#id_title", "By hand")
    page.select_option("#id_language", "en")
    page.click("button:has-text('Add more identifiers')")
    page.click(".desk__bar button:has-text('Save and publish')")

    assert Resource.objects.get().status == "published"


def test_axe_has_nothing_to_say_about_any_page_of_the_desk(open_page, editor, axe, monkeypatch):
    with broker_away(monkeypatch):
        report = make.resource(title="Lean season cash", countries=["MWI"])
        make.resource(title="ما هي أرضية الحماية الاجتماعية؟", language_code="ar", status="submitted")
        gone = make.resource(status="withdrawn")
        draft = actions.create_collection(title_en="Key readings", intro_en="Start *here*.")
        shown, old = (actions.create_collection(title_en=title) for title in ("On cash", "Outdated"))
        for collection in (draft, shown, old):
            actions.put_item(collection, report, comment="Why it stands here.")
        actions.publish_collection(shown)
        actions.withdraw_collection(actions.publish_collection(old), reason="Superseded.")
        job = actions.start_tagging([report], by=editor, add_topics=Topic.objects.all())
    desk = "/library/desk"
    addresses = [
        *(
            f"{desk}/",
            f"{desk}/?q=nothing+like+this",
            f"{desk}/guidance/?kind=news",
            f"{desk}/tagging/?q=cash",
        ),
        *(f"{desk}/new/{kind}/" for kind in Kind.values),
        f"{desk}/new/publication/?begun_as=translation&begun_from={report.pk}",
        *(f"{desk}/{report.pk}/{step}" for step in ("", "files/", "history/", "history/1/", "withdrawal/")),
        *(f"{desk}/{gone.pk}/", gone.get_absolute_url(), f"{desk}/tagging/{job.pk}/"),
        *(f"{desk}/collections/", f"{desk}/collections/new/", "/collections/"),
        *(f"{desk}/collections/{one.pk}/" for one in (draft, shown, old)),
        *(f"{desk}/collections/{draft.pk}/removal/", f"{desk}/collections/{shown.pk}/withdrawal/"),
        *(one.get_absolute_url() for one in (draft, shown, old)),
        *(report.get_absolute_url(), "/countries/mwi/", f"/ar{desk}/{report.pk}/"),
    ]
    page = open_page("/", member=editor)

    for address in addresses:
        page.goto(address)
        axe(page)

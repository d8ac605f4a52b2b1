"""Files: kept, read in a process of their own, found by their words, removed."""

import io
import os
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from resources import actions, tasks
from resources.files import extraction
from resources.models import Kind, ResourceFile
from search.find import find
from tests import make
from tests.resources.files.pdfs import pdf_with, upload

READING = ResourceFile.Reading


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def picture_pdf():
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "PDF")
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_resource_is_found_by_a_word_inside_its_pdf(index):
    resource = make.resource(title="A report")

    file = actions.add_file(resource, upload(pdf_with("The flibbertigibbet index of coverage", pages=3)))

    file.refresh_from_db()
    resource.refresh_from_db()
    index.refresh()
    assert (file.reading, file.pages, file.attempts) == (READING.READ, 3, 1)
    assert file.thumbnail.size > 100
    assert [int(hit.pk) for hit in find("flibbertigibbet").hits] == [resource.pk]
    assert resource.card["facts"][:2] == [["file", ["application/pdf", file.size]], ["pages", 3]]


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_is_found_no_more_and_leaves_the_disk(index, media):
    resource = make.resource(title="A report")
    file = actions.add_file(resource, upload(pdf_with("flibbertigibbet and more words")))
    stored = [path for path in media.rglob("*") if path.is_file()]

    actions.remove_file(file)

    index.refresh()
    assert len(stored) == 2
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert find("flibbertigibbet").total == 0


def picture_on(page):
    """The picture of the first page on a resource's page, as its attributes; None where there is none."""
    found = re.search(r'<a class="first-page"[^>]*><img ([^>]*)>', page.content.decode())
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1])) if found else None


@pytest.mark.django_db
def test_the_page_of_a_resource_shows_the_first_page_of_its_pdf(client):
    resource = make.resource(Kind.PUBLICATION)
    actions.add_file(resource, upload(b"a plain text before it", name="notes.txt"))
    file = actions.add_file(resource, upload(pdf_with("The first page")))
    address = resource.get_absolute_url()
    before = picture_on(client.get(address))

    tasks.read_files()

    page = client.get(address)
    picture = client.get(f"{address}files/{file.pk}/page.webp")
    shown = Image.open(io.BytesIO(picture.getvalue()))
    assert before is None
    assert picture_on(page) == {
        "src": f"files/{file.pk}/page.webp",
        "alt": "",
        "width": str(shown.width),
        "height": str(shown.height),
        "loading": "lazy",
        "decoding": "async",
    }
    assert (shown.format, shown.width, shown.height) == ("WEBP", 320, 453)
    assert picture["Content-Type"] == "image/webp"
    assert (
        f'og:image" content="http://localhost:8000{address}files/{file.pk}/page.webp"'
        in page.content.decode()
    )


@pytest.mark.django_db
def test_the_picture_of_a_draft_is_for_staff_only_and_a_file_without_one_has_none(client, carla):
    draft = make.resource(status="draft")
    file = actions.add_file(draft, upload(pdf_with("Not yet")))
    plain = actions.add_file(draft, upload(b"a plain text", name="notes.txt"))
    tasks.read_files()
    address = f"{draft.get_absolute_url()}files/"

    stranger = client.get(f"{address}{file.pk}/page.webp")
    client.force_login(carla)

    assert stranger.status_code == 404
    assert client.get(f"{address}{file.pk}/page.webp").status_code == 200
    assert client.get(f"{address}{plain.pk}/page.webp").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_read_again_has_one_picture(media):
    file = actions.add_file(make.resource(), upload(pdf_with("Read twice")))
    ResourceFile.objects.update(reading=READING.WAITING)

    tasks.read_files()

    file.refresh_from_db()
    pictures = list(media.rglob("*.webp"))
    assert [str(path) for path in pictures] == [file.thumbnail.path]


@pytest.mark.django_db
def test_the_same_content_is_kept_once():
    resource = make.resource()

    first = actions.add_file(resource, upload(pdf_with("once")))
    second = actions.add_file(resource, upload(pdf_with("once"), name="copy.pdf"))

    assert first == second
    assert resource.files.count() == 1


@pytest.mark.django_db
def test_what_may_not_be_kept_leaves_nothing_behind(media):
    resource = make.resource()

    with pytest.raises(ValidationError):
        actions.add_file(resource, upload(b"<html><script>alert(1)</script>", name="report.pdf"))

    assert resource.files.count() == 0
    assert not media.exists() or [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "state"),
    [
        (picture_pdf(), READING.NO_TEXT),
        (b"%PDF-1.7\n" + os.urandom(3000), READING.BROKEN),
        (pdf_with("cut off in the middle of it")[:250], READING.BROKEN),
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
            READING.NO_TEXT,
        ),
    ],
)
def test_what_cannot_be_read_ends_in_a_state_with_a_reason(content, state):
    file = actions.add_file(make.resource(), upload(content))

    tasks.read_files()

    file.refresh_from_db()
    assert file.reading == state
    assert file.reading_reason != ""


@pytest.mark.django_db
@pytest.mark.shared
def test_every_file_of_the_collection_ends_in_a_state(shared_data):
    files = sorted((shared_data / "testcorpora" / "pdf").glob("*.pdf"))
    resource = make.resource()
    kept = [actions.add_file(resource, upload(path.read_bytes(), name=path.name)) for path in files]

    tasks.read_files()

    states = {file.file.name.rpartition("/")[2]: file.reading for file in resource.files.all()}
    assert len(kept) == len(files) > 5
    assert set(states.values()) <= {READING.READ, READING.NO_TEXT, READING.ENCRYPTED, READING.BROKEN}
    assert states["fourpages.pdf"] == READING.READ


def test_reading_is_bounded_in_time(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_with("slow", pages=2))

    found = extraction.extract(path, seconds=0.001)

    assert found.state == "too_long"


@pytest.mark.django_db
def test_a_reader_that_was_killed_is_followed_by_another_and_the_third_is_the_last():
    file = actions.add_file(make.resource(), upload(pdf_with("patience")))
    now = timezone.now()

    claims = [actions.claim_file(now + timedelta(minutes=6 * n)) for n in range(4)]

    file.refresh_from_db()
    assert [claim.pk if claim else None for claim in claims] == [file.pk, file.pk, file.pk, None]
    assert (file.reading, file.reading_reason) == (READING.BROKEN, "Reading it failed three times.")


@pytest.mark.django_db
def test_a_file_is_read_by_one_reader_at_a_time():
    actions.add_file(make.resource(), upload(pdf_with("one reader")))

    assert [actions.claim_file() is None for _attempt in range(2)] == [False, True]


@pytest.mark.django_db
def test_a_file_missing_from_the_storage_is_recorded_as_broken():
    file = actions.add_file(make.resource(), upload(pdf_with("gone")))
    file.file.storage.delete(file.file.name)

    tasks.read_files()

    file.refresh_from_db()
    assert (file.reading, file.reading_reason) == (READING.BROKEN, "The file is missing from the storage.")


def test_the_handmade_pdf_is_one():
    assert len(pypdfium2.PdfDocument(pdf_with("check", pages=2))) == 2

"""Downloads that can go on where they broke off."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile, FileField
from django.test import RequestFactory

from kit.ranges import send_file

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def stored(tmp_path):
    storage = FileSystemStorage(location=tmp_path)
    storage.save("report.pdf", ContentFile(CONTENT))
    return FieldFile(None, FileField(storage=storage), "report.pdf")


def ask(stored, method="get", **headers):
    request = getattr(RequestFactory(), method)(
        "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return send_file(
        request,
        stored,
        name="report.pdf",
        media_type="application/pdf",
        size=len(CONTENT),
        etag="abc",
        modified_at=datetime(2026, 1, 2, tzinfo=UTC),
    )


def test_without_a_range_the_whole_file_comes(stored):
    answer = ask(stored)

    assert (answer.status_code, answer.getvalue()) == (200, CONTENT)
    assert (answer["Content-Length"], answer["Accept-Ranges"], answer["ETag"]) == ("1024", "bytes", '"abc"')
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "said", "first", "last"),
    [
        ("bytes=0-99", "bytes 0-99/1024", 0, 99),
        ("bytes=1000-", "bytes 1000-1023/1024", 1000, 1023),
        ("bytes=-24", "bytes 1000-1023/1024", 1000, 1023),
        ("bytes=-5000", "bytes 0-1023/1024", 0, 1023),
        ("bytes=1023-9999", "bytes 1023-1023/1024", 1023, 1023),
    ],
)
def test_a_range_is_sent_alone(stored, asked, said, first, last):
    answer = ask(stored, Range=asked)

    assert (answer.status_code, answer["Content-Range"]) == (206, said)
    assert answer.getvalue() == CONTENT[first : last + 1]
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_outside_the_file_is_told_its_size(stored, asked):
    answer = ask(stored, Range=asked)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=--1", f"bytes={'9' * 500}-"],
)
def test_what_is_no_single_range_gets_the_whole_file(stored, asked):
    assert ask(stored, Range=asked).status_code == 200


def test_a_changed_file_is_sent_whole(stored):
    assert ask(stored, Range="bytes=0-9", If_Range='"old"').status_code == 200
    assert ask(stored, Range="bytes=0-9", If_Range='"abc"').status_code == 206


def test_a_file_that_is_there_already_is_not_sent_again(stored):
    answer = ask(stored, If_None_Match='"abc"')

    assert (answer.status_code, answer.content) == (304, b"")


def test_head_tells_the_whole_length_and_sends_nothing_of_a_range(stored):
    answer = ask(stored, "head", Range="bytes=0-9")

    assert (answer.status_code, answer["Content-Length"]) == (200, "1024")


@pytest.mark.parametrize("prefix", ["", "/files/"])
def test_a_file_that_is_gone_is_an_error_before_anything_is_sent(stored, settings, prefix):
    settings.ACCEL_PREFIX = prefix
    stored.storage.delete(stored.name)

    with pytest.raises(FileNotFoundError):
        ask(stored)


def test_nginx_sends_the_bytes_where_it_stands_in_front(stored, settings):
    settings.ACCEL_PREFIX = "/files/"
    stored.storage.save("2026/11/تقرير.pdf", ContentFile(CONTENT))
    stored.name = "2026/11/تقرير.pdf"

    answer = ask(stored)

    assert answer.content == b""
    assert answer["X-Accel-Redirect"] == "/files/2026/11/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf"

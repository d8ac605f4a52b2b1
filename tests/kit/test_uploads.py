"""Uploads are judged by what is in them."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kit import uploads

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def packed(*names, content=b"<x/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def picture(form="PNG", size=(4, 4)):
    out = io.BytesIO()
    Image.new("RGB", size).save(out, form)
    return out.getvalue()


def png_that_claims(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def check(content, name="file.pdf"):
    return uploads.check_upload(ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("content", "name", "media_type", "kept_name"),
    [
        (PDF, "Report 2024.pdf", "application/pdf", "Report 2024.pdf"),
        (PDF, "report.html", "application/pdf", "report.pdf"),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            "a.zip",
            uploads.OFFICE_PARTS["word/document.xml"],
            "a.docx",
        ),
        (packed("xl/workbook.xml"), "table.xlsx", uploads.OFFICE_PARTS["xl/workbook.xml"], "table.xlsx"),
        (picture(), "x.jpg", "image/png", "x.png"),
        (picture("JPEG"), "x.jpeg", "image/jpeg", "x.jpg"),
        (b"ID3\x04\x00" + b"\x00" * 200, "talk", "audio/mpeg", "talk.mp3"),
        (b"\x00\x00\x00\x18ftypM4A \x00", "talk.m4a", "audio/mp4", "talk.m4a"),
        (b"country,value\nMWI,3\n", "data.csv", "text/csv", "data.csv"),
        ("نص بالعربية".encode(), "ملاحظات.txt", "text/plain", "ملاحظات.txt"),
    ],
)
def test_what_a_file_is_follows_from_its_content(content, name, media_type, kept_name):
    upload = check(content, name)

    assert (upload.media_type, upload.name, upload.size) == (media_type, kept_name, len(content))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        (b"  <!DOCTYPE html><title>x</title>%PDF-1.4", "unknown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "unknown"),
        (b"just words, then <script>alert(1)</script>", "unknown"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown"),
        (packed("readme.txt"), "unknown"),
        (packed("word/document.xml", "word/vbaProject.bin"), "macros"),
        (packed("word/document.xml")[:-30], "broken"),
        (picture()[:20], "broken"),
        (png_that_claims(60_000, 60_000), "too_many_pixels"),
    ],
)
def test_what_is_not_wanted_is_refused_with_a_reason(content, code):
    with pytest.raises(ValidationError) as refusal:
        check(content)

    assert refusal.value.code == code


def test_a_text_in_another_encoding_is_refused_with_the_reason():
    with pytest.raises(ValidationError) as refusal:
        check("caf\xe9".encode("latin-1"), "words.txt")

    assert refusal.value.code == "encoding"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<x/>")
        for n in range(9):
            archive.writestr(f"word/{n}.xml", b"\0" * (50 * uploads.MEGABYTE))

    with pytest.raises(ValidationError) as refusal:
        check(bomb.getvalue(), "a.docx")

    assert refusal.value.code == "bomb"


def test_a_file_that_is_too_large_is_told_both_sizes():
    file = ContentFile(PDF, name="large.pdf")
    file.size = 100 * uploads.MEGABYTE

    with pytest.raises(ValidationError) as refusal:
        uploads.check_upload(file)

    assert (
        refusal.value.messages[0]
        .replace("\xa0", " ")
        .startswith("The file has 100.0 MB; the largest that can be kept has 50.0 MB.")
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        ("annual\u202efdp.exe", "annualfdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ('x";filename="evil.html', "x-filename-evil.pdf"),
        ("n" * 300 + ".pdf", "n" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name, kept):
    assert uploads.safe_name(name, "application/pdf") == kept


@given(content=st.binary(max_size=400), name=st.text(max_size=50))
def test_any_bytes_are_kept_or_refused(content, name):
    try:
        upload = check(content, name or "x")
    except ValidationError:
        return

    assert upload.media_type in uploads.ENDINGS
    assert "/" not in upload.name


@pytest.mark.parametrize(
    "content",
    [
        b"alert(document.cookie)//%PDF-1.4",
        b"%PDF-1.4\n<script>alert(1)</script>",
        b"%PDF-1.4 object",
        b"alert(1)",
    ],
)
def test_what_only_begins_like_a_pdf_is_none(content):
    with pytest.raises(ValidationError) as refused:
        uploads.check_upload(ContentFile(content, name="report.pdf"))

    assert refused.value.code == "unknown"


def test_a_pdf_is_known_by_an_object_that_lies_across_two_chunks():
    content = b"%PDF-1.4\n".ljust(uploads.CHUNK - 4, b"%") + b"\n12 0 obj\n"

    assert uploads.check_upload(ContentFile(content, name="a.pdf")).media_type == "application/pdf"

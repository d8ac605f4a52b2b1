"""What may be uploaded, judged by content: the name and the type a browser sends prove nothing."""

import hashlib
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
MOST_MEMBERS = 5000
MOST_PIXELS = 50_000_000
NAME_LENGTH = 100
CHUNK = 256 * 1024

ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "text/csv": "csv",
    "text/plain": "txt",
}
OFFICE_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
TEXT_ENDINGS = (".txt", ".csv")
IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_MP3 = re.compile(rb"^(?:ID3|\xff[\xfb\xf3\xf2\xfa])")
# A PDF that is all text has objects; a script that only begins like one has none.
_PDF_OBJECT = re.compile(rb"\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"^\s*(?:<!doctype|<html|<head|<body|<script|<svg|<\?xml|<!--)", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """An upload that may be kept. `name` is safe for a disk and a header; its ending says what the content is."""

    name: str
    media_type: str
    size: int
    sha256: str


class Bounded(FileUploadHandler):
    """First of the upload handlers: of a file that is too large no more than may be kept reaches the disk. In its
    place stands one without content that knows its size, for `check_upload` to refuse."""

    def new_file(self, *args, **options):
        super().new_file(*args, **options)
        self.size = 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        return None if self.size > LARGEST_FILE else raw_data

    def file_complete(self, file_size):
        if self.size > LARGEST_FILE:
            return UploadedFile(io.BytesIO(), self.file_name, self.content_type, self.size)
        return None


def check_upload(file):
    """The Upload of an open binary file with `name` and `size`; ValidationError with what to do about it otherwise."""
    if not file.size:
        raise ValidationError(_("The file is empty. Choose it once more."), code="empty")
    if file.size > LARGEST_FILE:
        raise ValidationError(
            _(
                "The file has %(size)s; the largest that can be kept has %(limit)s. Make it smaller, or give the address where it can be downloaded."
            )
            % {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_FILE)},
            code="too_large",
        )
    media_type = media_type_of(file)
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return Upload(
        name=safe_name(file.name, media_type),
        media_type=media_type,
        size=file.size,
        sha256=digest.hexdigest(),
    )


def media_type_of(file):
    """The media type by content, one of ENDINGS; ValidationError for everything else."""
    file.seek(0)
    start = file.read(4096)
    if b"%PDF-" in start[:1024] and not _MARKUP.match(start):
        if _CONTROL.search(start) or holds(file, _PDF_OBJECT):
            return "application/pdf"
        raise unknown()
    if start.startswith(b"PK\x03\x04"):
        return packed_type(file)
    if (
        start[:8] == b"\x89PNG\r\n\x1a\n"
        or start[:3] == b"\xff\xd8\xff"
        or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")
    ):
        return image_type(file)
    if start[4:8] == b"ftyp":
        return "audio/mp4" if start[8:11] == b"M4A" else "video/mp4"
    if start[:4] == b"OggS":
        return "audio/ogg"
    if _MP3.match(start):
        return "audio/mpeg"
    return text_type(file, start)


def holds(file, pattern):
    """Does the pattern, of 40 bytes at most, stand anywhere in the file?"""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        if pattern.search(before + chunk):
            return True
        before = chunk[-40:]
    return False


def packed_type(file):
    """The type of a ZIP container, its sizes checked before anything is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise ValidationError(
                    _("Unpacked, this file would be far too large; it was refused."), code="bomb"
                )
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ValidationError(
                    _("The document contains macros. Save it without them and try again."), code="macros"
                )
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared in ENDINGS:
                    return declared
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ValidationError(
            _("The file is damaged: it cannot be opened. Save it once more and try again."), code="broken"
        ) from error
    for part, media_type in OFFICE_PARTS.items():
        if part in names:
            return media_type
    raise unknown()


def image_type(file):
    """The type of an image whose header Pillow can read; it is not decoded, and may not be enormous."""
    file.seek(0)
    try:
        with Image.open(file, formats=list(IMAGES)) as image:
            width, height = image.size
            media_type = IMAGES[image.format]
            if width * height > MOST_PIXELS:
                raise too_many_pixels()
            image.verify()
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("The image is damaged: it cannot be opened. Save it once more and try again."), code="broken"
        ) from error
    return media_type


def too_many_pixels():
    return ValidationError(
        _("The image is far too large; make it smaller than %(limit)d million points.")
        % {"limit": MOST_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def text_type(file, start):
    """CSV or plain text in UTF-8, called so: a text called otherwise is not what its sender takes it for. Markup is
    refused, because a browser might run what stands in it."""
    if not str(file.name).lower().endswith(TEXT_ENDINGS) or _MARKUP.match(start) or _CONTROL.search(start):
        raise unknown()
    file.seek(0)
    try:
        text = file.read(MEGABYTE).decode("utf-8-sig", "strict" if file.size <= MEGABYTE else "ignore")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The text is not in UTF-8. Save it as UTF-8 and try again."), code="encoding"
        ) from error
    if "<script" in text.lower() or "<svg" in text.lower():
        raise unknown()
    return "text/csv" if str(file.name).lower().endswith(".csv") else "text/plain"


def unknown():
    return ValidationError(
        _("This kind of file cannot be kept. Upload one of: %(endings)s.")
        % {"endings": ", ".join(sorted(set(ENDINGS.values()))).upper()},
        code="unknown",
    )


def safe_name(name, media_type):
    """The last part of the name without control and direction marks, short, with the ending of its content."""
    name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rpartition("/")[2]
    name = "".join(
        c if c.isalnum() or c in " ._-()" else "-"
        for c in name
        if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    stem = name.rpartition(".")[0] or name
    stem = re.sub(r"[\s.-]{2,}", "-", stem).strip(" .-_")
    while len(stem.encode()) > NAME_LENGTH:
        stem = stem[:-1]
    return f"{stem.strip(' .-_') or 'file'}.{ENDINGS[media_type]}"

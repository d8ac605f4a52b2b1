"""Sending files so that a broken download can go on: byte ranges (RFC 9110, 14), validators, or nginx."""

import re
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header, http_date, parse_etags, quote_etag

from kit.storage import Part, open_part

_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*\Z")


class Unsatisfiable(Exception):
    """The range asked for lies outside the file."""


def send_file(request, stored, *, name, media_type, size, etag, modified_at, inline=False):
    """Answer with a stored file, whole or the one range asked for; 304 and 416 where they belong.

    FileNotFoundError where its content is gone, another OSError where the storage is away.

    Several ranges at once, or a range that is no range, get the whole file, as the standard allows. With
    ACCEL_PREFIX set the web server in front sends the bytes, and this only says which.
    """
    etag = quote_etag(etag)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return with_headers(HttpResponseNotModified(), name, None, etag, modified_at, inline)
    if settings.ACCEL_PREFIX:
        if not stored.storage.exists(stored.name):
            raise FileNotFoundError(stored.name)
        answer = HttpResponse(content_type=media_type)
        answer["X-Accel-Redirect"] = settings.ACCEL_PREFIX + quote(stored.name)
        return with_headers(answer, name, media_type, etag, modified_at, inline)
    try:
        wanted = wanted_range(request, size, etag)
    except Unsatisfiable:
        answer = HttpResponse(status=416, content_type="text/plain")
        answer["Content-Range"] = f"bytes */{size}"
        return with_headers(answer, name, None, etag, modified_at, inline)
    first, last = wanted or (0, size - 1)
    content = open_part(stored, first, last)
    # A whole file on disk goes on as a file: the web server then lets the kernel send it.
    whole = wanted is None and hasattr(content, "fileno")
    answer = FileResponse(
        content if whole else Part(content, last - first + 1), status=206 if wanted else 200
    )
    answer["Content-Length"] = str(last - first + 1)
    if wanted:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return with_headers(answer, name, media_type, etag, modified_at, inline)


def with_headers(answer, name, media_type, etag, modified_at, inline):
    if media_type:
        answer["Content-Type"] = media_type
    answer["Content-Disposition"] = content_disposition_header(not inline, name)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(modified_at.timestamp())
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["X-Content-Type-Options"] = "nosniff"
    # Whatever a file holds, a browser that opens it runs none of it and lends it no session.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def wanted_range(request, size, etag):
    """(first, last) of the one range asked for, None for the whole file; Unsatisfiable when it lies outside."""
    found = _RANGE.match(request.headers.get("Range", ""))
    if not found or request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    start, end = found.groups()
    if start and len(start) < 20 and len(end) < 20:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
        if end and int(end) < first:
            return None
    elif not start and end and len(end) < 20:
        if int(end) == 0:
            raise Unsatisfiable
        first, last = max(0, size - int(end)), size - 1
    else:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, last

"""Tables: CSV in any dialect, and spreadsheets. The first row that is not empty names the columns."""

import csv
import io
import zipfile
from datetime import date, datetime, time

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kit.uploads import packed_type
from resources.intake.entries import LONGEST_VALUE, Entry, NotReadable, clean
from resources.intake.texts import decode

MOST_COLUMNS = 200
LARGEST_STRINGS = 100 * 1024 * 1024
DELIMITERS = ",;\t|"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_csv(content, encoding=""):
    """(header, entries, encoding) of a CSV file."""
    text, encoding = decode(content, encoding)
    text, delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header, rows = split(csv_rows(reader))
    return header, (entry_of(row, header) for row in rows), encoding


def csv_rows(reader):
    """(line, cells or what is wrong with them) one after the other."""
    before = csv.field_size_limit(LONGEST_VALUE)
    try:
        while True:
            line = reader.line_num + 1
            try:
                yield line, next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, _("Line %(line)d: %(error)s") % {"line": line, "error": error}
    finally:
        csv.field_size_limit(before)


def delimiter_of(text):
    """(the text without Excel's own first line, the delimiter): the one that parts the first line most often."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    line = next((line for line in text.splitlines() if line.strip()), "")
    counts, quoted = dict.fromkeys(DELIMITERS, 0), False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif character in counts and not quoted:
            counts[character] += 1
    return text, max(counts, key=counts.get)


def read_xlsx(file):
    """(header, entries, "") of the first sheet with something in it; further sheets are named as not read."""
    try:
        if packed_type(file) != SPREADSHEET:
            raise NotReadable(_("This is no spreadsheet in the format XLSX."))
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            strings = [m.file_size for m in archive.infolist() if m.filename.endswith("sharedStrings.xml")]
        if sum(strings) > LARGEST_STRINGS:
            raise NotReadable(_("Unpacked, this file would be far too large; it was refused."))
        file.seek(0)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except ValidationError as error:
        raise NotReadable(" ".join(error.messages)) from error
    except NotReadable:
        raise
    except Exception as error:  # the library lets through whatever its parts raise
        raise NotReadable(_("The spreadsheet is damaged: it cannot be opened.")) from error
    return read_sheets(book)


def read_sheets(book):
    sheets = list(book.worksheets)
    for place, sheet in enumerate(sheets):
        rows = sheet_rows(sheet)
        try:
            header, rest = split(rows)
        except NotReadable:
            if place == len(sheets) - 1:
                raise
            continue
        others = [other.title for other in sheets[place + 1 :]]
        return header, with_others((entry_of(row, header) for row in rest), others), ""
    raise NotReadable(_("The table is empty."))


def with_others(entries, names):
    yield from entries
    for name in names:
        yield Entry(ref=f"sheet {name}", title=clean(name), unreadable=_("Only the first sheet is read."))


def sheet_rows(sheet):
    """Rows with their cells as texts. A sheet that says it is a million rows long is read as far as rows have cells."""
    empty = 0
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    number = 0
    while True:
        number += 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise NotReadable(
                _("The spreadsheet is damaged: row %(row)d cannot be read.") % {"row": number}
            ) from error
        cells = [cell_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > 1000:
            return
        yield number, cells


def cell_text(value):
    """A cell as a person reads it: whole numbers without a point, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def split(rows):
    """(header, the rows after it) of (number, cells) pairs. NotReadable where there is none."""
    for _number, cells in rows:
        if isinstance(cells, str):
            raise NotReadable(cells)
        header = [clean(cell)[:100] for cell in cells]
        while header and not header[-1]:
            header.pop()
        if header:
            if len(header) > MOST_COLUMNS:
                raise NotReadable(
                    _("The table has %(count)d columns; at most %(most)d are read.")
                    % {"count": len(header), "most": MOST_COLUMNS}
                )
            return header, ((n, c) for n, c in rows if isinstance(c, str) or any(x.strip() for x in c))
    raise NotReadable(_("The table is empty."))


def entry_of(row, header):
    number, cells = row
    if isinstance(cells, str):
        return Entry(ref=f"line {number}", unreadable=cells)
    cells = clean(cells)
    if any(cells[len(header) :]):
        return Entry(
            ref=f"line {number}",
            title=cells[0][:300],
            data={"cells": cells[:MOST_COLUMNS], "line": number},
            unreadable=_("Line %(line)d has %(cells)d cells, the table %(columns)d columns.")
            % {"line": number, "cells": len(cells), "columns": len(header)},
        )
    cells = cells[: len(header)] + [""] * (len(header) - len(cells))
    return Entry(ref="", data={"cells": cells, "line": number})

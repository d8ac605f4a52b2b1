"""Reads the files of `vocabularies/data`. Whatever is wrong is said with the file and the row."""

import csv
import io
import json
from pathlib import Path

from django.utils.translation import gettext as _

DATA = Path(__file__).resolve().parent.parent / "data"


class VocabularyError(Exception):
    """A vocabulary file that cannot be loaded; the text names the file and the row."""

    def __init__(self, file, where, message):
        super().__init__(": ".join(filter(None, [f"{file}, {where}" if where else file, str(message)])))


class Row:
    """One row of a table file, its cells read with a check."""

    def __init__(self, file, number, cells):
        self.file, self.number, self.cells = file, number, cells

    def wrong(self, message):
        return VocabularyError(self.file, _("row %d") % self.number, message)

    def text(self, column, *, required=False, longest=255):
        value = " ".join(self.cells[column].split())
        if required and not value:
            raise self.wrong(_("“%s” is empty.") % column)
        if len(value) > longest:
            raise self.wrong(
                _("“%(column)s” is longer than %(longest)d characters.")
                % {"column": column, "longest": longest}
            )
        return value

    def code(self, column, length):
        """A code of capital letters or of digits, of that length."""
        value = self.text(column, required=True)
        if len(value) != length or not value.isascii() or not value.isalnum() or value != value.upper():
            raise self.wrong(
                _("“%(column)s” is %(value)r, not a code of %(length)d capitals or digits.")
                % {"column": column, "value": value, "length": length}
            )
        return value

    def flag(self, column):
        value = self.text(column)
        if value not in ("0", "1"):
            raise self.wrong(
                _("“%(column)s” is %(value)r; it must be 0 or 1.") % {"column": column, "value": value}
            )
        return value == "1"

    def number_in(self, column, kind=int, lowest=None, highest=None):
        """A number, or None for an empty cell."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = kind(value)
        except ValueError:
            raise self.wrong(
                _("“%(column)s” is %(value)r, not a number.") % {"column": column, "value": value}
            ) from None
        if (
            number != number
            or (lowest is not None and number < lowest)
            or (highest is not None and number > highest)
        ):
            raise self.wrong(
                _("“%(column)s” is %(value)r, out of range.") % {"column": column, "value": value}
            )
        return number

    def one_of(self, column, known, *, required=True):
        value = self.text(column, required=required)
        if value and value not in known:
            raise self.wrong(
                _("“%(column)s” is %(value)r, which is not known.") % {"column": column, "value": value}
            )
        return value

    def list_of(self, column, separator=","):
        return [part.strip() for part in self.text(column, longest=5000).split(separator) if part.strip()]


def read_text(folder, file):
    """The text of a file, which must be UTF-8."""
    path = Path(folder) / file
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise VocabularyError(file, "", _("cannot be read (%s).") % error.strerror) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise VocabularyError(file, _("row %d") % line, _("is not UTF-8.")) from None
    if "\0" in text:
        raise VocabularyError(
            file, _("row %d") % (text[: text.index("\0")].count("\n") + 1), _("holds a null character.")
        )
    return text


def read_table(folder, file, columns, *, unique=()):
    """The rows of a CSV file that has at least these columns and no two rows alike in `unique`."""
    reader = csv.reader(io.StringIO(read_text(folder, file), newline=""), strict=True)
    rows, seen, header = [], {}, None
    try:
        for cells in reader:
            if header is None:
                header = cells
                missing = [column for column in columns if column not in header]
                if missing:
                    raise VocabularyError(file, _("row %d") % 1, _("has no column %s.") % ", ".join(missing))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            row = Row(file, reader.line_num, dict(zip(header, cells, strict=False)))
            if len(cells) != len(header):
                raise row.wrong(
                    _("has %(cells)d cells; the header has %(columns)d.")
                    % {"cells": len(cells), "columns": len(header)}
                )
            key = tuple(row.text(column) for column in unique)
            if key and key in seen:
                raise row.wrong(
                    _("repeats row %(row)d (%(key)s).") % {"row": seen[key], "key": ", ".join(key)}
                )
            seen[key] = row.number
            rows.append(row)
    except csv.Error as error:
        raise VocabularyError(file, _("row %d") % reader.line_num, str(error)) from None
    if header is None:
        raise VocabularyError(file, "", _("is empty."))
    return rows


def read_json(folder, file):
    try:
        return json.loads(read_text(folder, file))
    except json.JSONDecodeError as error:
        raise VocabularyError(file, _("row %d") % error.lineno, error.msg) from None
    except RecursionError:
        raise VocabularyError(file, "", _("is nested too deeply.")) from None

"""CSV files to download (RFC 4180)."""

import csv

from django.http import HttpResponse

# What spreadsheets take for the beginning of a formula, the full-width forms of East Asian keyboards among it
# (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value):
    """The value as a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_file(name, header, rows):
    """A response that a browser saves as `name`."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(header)
    writer.writerows([safe(value) for value in row] for row in rows)
    return answer

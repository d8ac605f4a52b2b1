"""The page on which one record is written: its forms, what they hold as a snapshot, and how they lie on the page."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.forms.utils import ErrorDict, ErrorList
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kit import dates
from resources.desk.forms import ROWS, RecordForm
from resources.models import KIND_MODELS
from resources.snapshots import CONTRIBUTOR, as_json, detail_fields
from vocabularies.models import Organisation

MORE_ROWS = 3
PRECISION_LENGTH = {"year": 4, "month": 7, "day": 10}
WIDTHS = {"published_on": "s", "language": "m", "licence": "m", "time_zone": "m", "country": "m"}


class Editor:
    """The forms of one record of a kind.

    posted: what was sent, a QueryDict or the lists of an autosave; data: a snapshot to show instead.
    quiet: show what was sent without judging it.
    """

    def __init__(self, kind, resource=None, *, posted=None, data=None, quiet=False):
        self.kind, self.resource, self.posted = kind, resource, posted
        initial = initial_of(kind, data) if data else {}
        self.form = RecordForm(kind, posted, resource=resource, initial=initial)
        self.rows = {
            name: rows(posted, prefix=name, initial=initial.get(name, [])) for name, rows in ROWS.items()
        }
        if quiet:
            self.hush()

    def hush(self):
        self.form._errors = ErrorDict()
        for rows in self.rows.values():
            rows._errors, rows._non_form_errors = [], ErrorList()
            for form in rows.forms:
                form._errors = ErrorDict()

    def is_valid(self):
        return all([self.form.is_valid(), *[rows.is_valid() for rows in self.rows.values()]])

    def errors(self):
        """(id of the field, message) of all that is wrong, in the order of the page; the id is "" for the whole."""
        if self.posted is None:
            return []
        found = [
            (self.form[name].auto_id if name in self.form.fields else "", message)
            for name, messages in self.form.errors.items()
            for message in messages
        ]
        for rows in self.rows.values():
            found += [("", message) for message in rows.non_form_errors()]
            for form in rows.forms:
                found += [
                    (form[name].auto_id if name in form.fields else "", message)
                    for name, messages in form.errors.items()
                    for message in messages
                ]
        return found

    def data(self):
        """What the valid forms say, in the shape of `resources.snapshots`."""
        clean = self.form.cleaned_data
        published_on, precision = self.published()
        return {
            **{
                n: clean[n]
                for n in ("title", "language", "summary", "body", "url", "licence", "version_note")
            },
            "published_on": as_json(published_on),
            "published_precision": precision,
            "year": published_on.year if published_on else None,
            "detail": {name: self.own_value(name) for name in detail_fields(self.kind)},
            "contributors": [
                {name: row[name] for name in CONTRIBUTOR} for row in self.rows["contributors"].filled()
            ],
            "organisations": unique(
                [row["organisation"], row["role"]] for row in self.rows["organisations"].filled()
            ),
            "identifiers": sorted(
                unique([row["scheme"], row["value"]] for row in self.rows["identifiers"].filled())
            ),
            "topics": clean["topics"],
            "countries": clean["countries"],
            "other_languages": clean["other_languages"],
        }

    def published(self):
        """The date and its precision; a date of which only the month or the year is shown keeps the day it has."""
        day, precision = self.form.cleaned_data["published_on"]
        stored = self.resource
        if day and stored and stored.published_on and stored.published_precision == precision:
            length = PRECISION_LENGTH[precision]
            if stored.published_on.isoformat()[:length] == day.isoformat()[:length]:
                return stored.published_on, precision
        return day, precision

    def own_value(self, name):
        value = self.form.cleaned_data[name]
        if name in ("starts_at", "ends_at") and value is not None:
            value = value.replace(tzinfo=zone(self.form.cleaned_data["time_zone"])).astimezone(UTC)
        if name == "starts_on" and value is None and self.form.cleaned_data["starts_at"]:
            value = self.form.cleaned_data["starts_at"].date()
        return as_json(value)

    def groups(self, hints):
        """(title, id, fields with their hints) of the parts of the page."""
        own = [name for name in self.form.own_names if name != "country"]
        first = ["country"] if "country" in self.form.own_names else []
        parts = [
            ("what", _("What it is"), [*first, "title", "language", "summary", "body"]),
            ("own", _("Details of this kind"), own),
            ("where", _("Publication"), ["published_on", "url", "licence"]),
            ("about", _("What it is about"), ["topics", "countries"]),
            ("history", _("For the record"), ["other_languages", "version_note", "note"]),
        ]
        return [
            {
                "id": part,
                "title": title,
                "fields": [
                    {"bound": self.form[name], "hint": hints.get(name, ""), "width": self.width(name)}
                    for name in names
                ],
            }
            for part, title, names in parts
            if names
        ]

    def width(self, name):
        field = self.form.fields[name]
        if name in WIDTHS:
            return WIDTHS[name]
        if type(field.widget).__name__ in ("NumberInput", "DateInput", "DateTimeInput", "Select"):
            return "m"
        return "m" if (getattr(field, "max_length", None) or 999) <= 60 else ""

    def row_groups(self, hints):
        titles = {
            "contributors": (_("People and bodies named"), _("Add more people")),
            "organisations": (_("Organisations"), _("Add more organisations")),
            "identifiers": (_("Identifiers"), _("Add more identifiers")),
        }
        return [
            {"id": name, "title": title, "more": more, "rows": self.rows[name], "hint": hints.get(name, "")}
            for name, (title, more) in titles.items()
        ]


def zone(name):
    return ZoneInfo(name) if name else UTC


def unique(pairs):
    return list(map(list, dict.fromkeys(map(tuple, pairs))))


def with_more_rows(posted, name):
    """What was sent, with a few empty rows more."""
    posted = posted.copy()
    key = f"{name}-TOTAL_FORMS"
    count = posted.get(key, "")
    posted[key] = str(
        (int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0) + MORE_ROWS
    )
    return posted


def posted_of(lists):
    """What was sent, from the lists an autosave keeps."""
    return MultiValueDict(lists) if isinstance(lists, dict) else MultiValueDict()


def initial_of(kind, data):
    """The forms' first values for a snapshot."""
    initial = {name: data[name] for name in ("title", "language", "summary", "body", "url", "licence")}
    initial |= {"version_note": data["version_note"], "published_on": partial_date(data)}
    initial |= {name: data[name] for name in ("topics", "countries", "other_languages")}
    detail = dict(data["detail"])
    for name in ("starts_at", "ends_at"):
        if detail.get(name):
            local = parse_datetime(detail[name]).astimezone(dates.zone(detail["time_zone"]))
            detail[name] = local.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(detail.get("is_peer_reviewed"), bool):
        detail["is_peer_reviewed"] = "yes" if detail["is_peer_reviewed"] else "no"
    names = dict(
        Organisation.objects.filter(slug__in=[slug for slug, _role in data["organisations"]]).values_list(
            "slug", "name"
        )
        if data["organisations"]
        else ()
    )
    return {
        **initial,
        **{name: value for name, value in detail.items() if value is not None},
        "contributors": [{**row, "position": n} for n, row in enumerate(data["contributors"], 1)],
        "organisations": [
            {"organisation": names.get(slug, slug), "role": role, "position": n}
            for n, (slug, role) in enumerate(data["organisations"], 1)
        ],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in data["identifiers"]],
    }


def partial_date(data):
    """A date as far as it is known: 2024, 2024-05 or 2024-05-17."""
    length = PRECISION_LENGTH[data["published_precision"]]
    return data["published_on"][:length] if data["published_on"] else str(data["year"] or "")


def is_known_field(kind, name):
    """Is this a field or a group of rows that the desk shows for the kind ("" for all kinds)?"""
    kinds = [kind] if kind else []
    return (
        name in RecordForm.base_fields
        or name in ROWS
        or any(name in detail_fields(k) for k in kinds if k in KIND_MODELS)
    )

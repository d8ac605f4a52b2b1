"""What a list shows of each resource: one query for a page of any length."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from django.db.models.functions import Left
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kit.dates import duration, in_words, span
from kit.numbers import grouped
from kit.prepared import Prepared
from resources.models import Database, Event, Kind, LegalFramework, Multimedia, Publication, Resource
from resources.queries.kinds import KIND_LOOKS
from vocabularies.queries import label

TEXT_LENGTH = 260
SHOWN_COUNTRIES = 3
COLUMNS = (
    "pk",
    "kind",
    "slug",
    "title",
    "language_id",
    Left("summary", TEXT_LENGTH + 40),
    "card",
    "published_on",
    "published_precision",
    "year",
    "is_sample",
    "sort_on",
)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "dv", "yi", "sd", "ug", "ckb"})
TYPES = {
    Kind.PUBLICATION: dict(Publication.Type.choices),
    Kind.LAW: dict(LegalFramework.Instrument.choices),
    Kind.MULTIMEDIA: dict(Multimedia.Type.choices),
}
CHOICES = {
    "force": dict(LegalFramework.Force.choices),
    "mode": dict(Event.Mode.choices),
    "access": dict(Database.Access.choices),
}
FILE_NAMES = {
    "application/pdf": "PDF",
    "text/html": "HTML",
    "text/csv": "CSV",
    "audio/mpeg": "MP3",
    "video/mp4": "MP4",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}


class Version(NamedTuple):
    """The same work in another language."""

    language: str
    name: str
    url: str


@dataclass(slots=True)
class Row:
    """One resource of a list. `title` and `text` are safe HTML; everything else is plain text."""

    pk: int
    kind: str
    family: str
    icon: str
    type: str
    url: str
    title: str
    language: str
    direction: str
    date: str
    by: str
    text: str
    facts: list[str]
    versions: list[Version]
    is_sample: bool


published_columns = Prepared(lambda: Resource.objects.published().order_by().values_list(*COLUMNS))


def rows(found, language=None):
    """Rows for search hits or resources, in their order; what is not published is left out."""
    return [row for row, _day in rows_with_days(found, language)]


def rows_with_days(found, language=None):
    """(row, the day lists are ordered by) of each."""
    found = list(found)
    keys = [int(item.pk) for item in found]
    stored = {values[0]: values for values in published_columns(keys)}
    language = language or get_language() or "en"
    return [
        (make_row(stored[key], item, language), stored[key][-1])
        for key, item in zip(keys, found, strict=True)
        if key in stored
    ]


def make_row(values, hit, language):
    pk, kind, slug, title, own_language, summary, card, published_on, precision, year, is_sample, _sort_on = (
        values
    )
    look = KIND_LOOKS[kind]
    return Row(
        pk=pk,
        kind=kind,
        family=look.family,
        icon=look.icon,
        type=type_name(kind, card.get("type", ""), language),
        url=address(kind, slug, language),
        title=marked(hit, "title") or escape(title),
        language=own_language,
        direction="rtl" if own_language in RIGHT_TO_LEFT else "ltr",
        date=date_in_brief(published_on, precision, language) if published_on else str(year or ""),
        by=byline(kind, card, language),
        text=marked(hit, "snippet") or escape(shorten(summary)),
        facts=facts(card, language),
        versions=[
            Version(code, label("language", code, language), address(kind, other, language))
            for code, other in card.get("versions", ())
        ],
        is_sample=is_sample,
    )


def marked(hit, name):
    """The hit's own HTML where it has words to mark; a plain resource has none."""
    text = "" if isinstance(hit, Resource) else getattr(hit, name, "")
    return text if "<mark>" in text else ""


@lru_cache(maxsize=256)
def address_pattern(kind, language):
    return reverse("resource", args=[kind, "SLUG"])


def address(kind, slug, language):
    """The address of a resource, without asking the resolver once a row."""
    return address_pattern(kind, language).replace("SLUG", slug if slug.isascii() else quote(slug))


@lru_cache(maxsize=4096)
def date_in_brief(day, precision, language):
    """14 Nov 2026, Nov 2026 or 2026, as precisely as it is known."""
    if precision == "year":
        return str(day.year)
    month = "M" if language.startswith("en") else "b"
    return date_format(day, f"{month} Y" if precision == "month" else f"j {month} Y")


@lru_cache(maxsize=512)
def type_name(kind, code, _language):
    """The kind's own type ("Working paper"), or the kind; short enough for one line beside a list."""
    names = TYPES.get(kind)
    if names and code in names and code != "other":
        return str(names[code])
    return _("Law or policy") if kind == Kind.LAW else str(Kind(kind).label)


def byline(kind, card, language):
    """Countries first for what belongs to a country, then who wrote or runs it."""
    parts = []
    if kind in (Kind.PROGRAMME, Kind.LAW, Kind.COUNTRY):
        parts = [label("country", iso3, language) for iso3 in card.get("countries", ())[:SHOWN_COUNTRIES]]
        parts = [", ".join(parts)] if parts else []
    agency = dict(card.get("facts", ())).get("agency", "") if kind == Kind.PROGRAMME else ""
    return " · ".join(filter(None, [*parts, agency, card.get("by", "")]))


def shorten(text):
    """The text cut at a word."""
    text = " ".join((text or "").split())
    return text if len(text) <= TEXT_LENGTH else f"{text[:TEXT_LENGTH].rpartition(' ')[0]}…"


def facts(card, language):
    """The card's facts in words, then the languages of the document."""
    said = [words for name, value in card.get("facts", ()) if (words := FACT_WORDS.get(name, nothing)(value))]
    names = [label("language", code, language) for code in card.get("languages", ())]
    return [*said, ", ".join(names)] if names else said


def nothing(_value):
    return ""


def file_words(value):
    media_type, size = value
    name = FILE_NAMES.get(media_type, media_type.rpartition("/")[2].upper())
    return f"{name}, {filesizeformat(size)}" if size else name


COVERED = {
    "% of population": gettext_lazy("%(value)s%% of the population"),
    "people": gettext_lazy("%(value)s people"),
    "households": gettext_lazy("%(value)s households"),
    "people or households": gettext_lazy("%(value)s people or households"),
    "firms": gettext_lazy("%(value)s firms"),
}


def coverage_words(value):
    amount, unit, year = value
    shown = grouped(int(amount) if amount == int(amount) else round(amount, 1))
    words = str(COVERED[unit]) % {"value": shown} if unit in COVERED else f"{shown} {unit}".strip()
    return _("%(covered)s covered in %(year)s") % {"covered": words, "year": year} if year else words


def choice(name):
    return lambda value: choice_label(name, value, get_language())


@lru_cache(maxsize=256)
def choice_label(name, value, _language):
    return str(CHOICES[name].get(value, ""))


FACT_WORDS = {
    "file": file_words,
    "pages": lambda value: ngettext("%(count)d page", "%(count)d pages", value) % {"count": value},
    "in": str,
    "peer_reviewed": lambda value: _("Peer reviewed"),
    "sub_type": str,
    "emergency": lambda value: _("Emergency measure"),
    "since": lambda value: _("Since %(year)s") % {"year": value},
    "until": lambda value: _("Until %(year)s") % {"year": value},
    "coverage": coverage_words,
    "force": choice("force"),
    "branch": str,
    "scheme": str,
    "mode": choice("mode"),
    "dates": lambda value: span(*(date.fromisoformat(day) if day else None for day in value)),
    "place": str,
    "employer": str,
    "closes_on": lambda value: _("Closes %(date)s") % {"date": in_words(date.fromisoformat(value))},
    "duration": duration,
    "transcript": lambda value: _("Transcript"),
    "access": choice("access"),
    "owner": str,
    "period": str,
}

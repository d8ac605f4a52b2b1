"""The context of a resource's page, of each kind."""

from datetime import timedelta
from functools import cache
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kit import dates
from kit.html import escape
from kit.markdown import to_html
from kit.templatetags.components import type_label
from resources.models import Contributor, Kind, LegalFramework, Multimedia, ResourceOrganisation, Status
from resources.queries.kinds import KIND_LOOKS
from resources.queries.rows import type_name
from resources.reading import facts, wording
from resources.reading.citing import citation
from resources.reading.finding import detail_of
from resources.reading.head import described, head, iso_date
from resources.reading.parts import gather
from resources.reading.signposts import signposts
from resources.reading.sources import source_of
from resources.reading.tags import coins
from search.find import related as find_related
from search.results import SearchUnavailable

TEMPLATES = {
    kind: f"resources/kinds/{kind}.html"
    for kind in (Kind.PROGRAMME, Kind.LAW, Kind.EVENT, Kind.JOB, Kind.MULTIMEDIA)
}
UNCITED = (Kind.EVENT, Kind.JOB)
SHOWN_PEOPLE = 20
MANY_COUNTRIES = 3
SOURCE_LENGTH = 70
RELATED = 5


def page(resource):
    """All that the page of a readable resource shows."""
    detail = detail_of(resource)
    countries = resource.card.get("countries", [])
    parts = gather(
        resource,
        related=related_keys(resource),
        here=countries[0] if 0 < len(countries) <= MANY_COUNTRIES else "",
        named=named_keys(resource, detail),
    )
    canonical = canonical_address(resource)
    linked_data = described(resource, detail, parts, canonical)
    look = KIND_LOOKS[resource.kind]
    return {
        "resource": resource,
        "detail": detail,
        "parts": parts,
        "direction": "rtl" if resource.language.is_rtl else "ltr",
        "look": look,
        "kind_label": kind_label(resource, detail),
        "here_label": Truncator(resource.title).words(8),
        "trail": trail(resource, look, parts),
        "byline": byline(resource, parts),
        "facts": [*facts.shared_facts(resource, detail, parts), (_("Stable link"), stable_link(canonical))],
        "mail_url": mail_url(resource, canonical),
        "citation": "" if resource.kind in UNCITED else citation(resource, detail, parts, canonical),
        "summary": summary_of(resource),
        "text": to_html(resource.body, top=3),
        "canonical": canonical,
        "alternates": alternates(resource, parts, canonical),
        "head": head(resource, detail, parts, canonical, linked_data),
        "linked_data": linked_data,
        "coins": ""
        if resource.kind in UNCITED
        else coins(resource, detail, parts, canonical, iso_date(resource)),
        "signposts": signposts(resource, detail, parts, canonical)
        if resource.status == Status.PUBLISHED
        else [],
        "archived_url": resource.link_check.archived_url if resource.link_broken_since else "",
        "newer": newer(resource, parts),
        "versions": [edition for edition in parts.editions if edition.language == resource.language_id],
        "is_published": resource.status == Status.PUBLISHED,
        "way_out": way_out(resource, parts),
        "record": source_of(resource.source),
        "title_is_description": getattr(detail, "title_is_description", False),
        "updated_on": dates.in_words(resource.updated_at),
        "shown_files": [shown_file(file) for file in parts.files],
        "first_page": next((file for file in parts.files if file.first_page), None),
        "related": short_list(parts.related, with_kind=True),
        "here": here(parts),
        "own": TEMPLATES.get(resource.kind, ""),
        **OWN.get(resource.kind, nothing)(resource, detail, parts),
    }


def nothing(_resource, _detail, _parts):
    return {}


def summary_of(resource):
    """The summary; "" where the text begins with it."""
    summary = resource.summary.strip()
    return "" if resource.body.strip().startswith(summary) else summary


def canonical_address(resource):
    """The one address of a resource: the text is the same in every language of the portal."""
    return f"{settings.SITE_URL}{_library_in('en')}{resource.kind}/{iri_to_uri(resource.slug)}/"


@cache
def _library_in(language):
    with override(language):
        return reverse("library")


def stable_link(canonical):
    return mark_safe(
        f'<a id="stable-link" dir="ltr" href="{escape(canonical)}">{escape(unquote(canonical.partition("://")[2]))}</a>'
    )


def mail_url(resource, canonical):
    body = f"{resource.title}\n{canonical}"
    return f"mailto:?subject={quote(resource.title)}&body={quote(body)}"


def related_keys(resource):
    """Keys of what search holds to be related, or None where search cannot say or finds nothing."""
    if resource.status != Status.PUBLISHED:
        return None
    try:
        hits = find_related(resource, limit=RELATED + 3, language=(get_language() or "en")[:2])
    except SearchUnavailable:
        return None
    return [int(hit.pk) for hit in hits if hit.model == "resources.resource"][:RELATED] or None


def named_keys(resource, detail):
    if resource.kind == Kind.LAW:
        return (detail.amends_id, detail.repeals_id)
    return (detail.legal_basis_id,) if resource.kind == Kind.PROGRAMME else ()


def kind_label(resource, detail):
    code = getattr(detail, "type", "") or getattr(detail, "instrument", "")
    return type_name(resource.kind, code, get_language())


def trail(resource, look, parts):
    """The way here: a profile stands under its country, everything else under its kind."""
    if resource.kind in facts.PROFILES and len(parts.countries) == 1:
        iso3, name = parts.countries[0]
        return [(_("Countries"), reverse("country_list")), (name, wording.country_page(iso3))]
    return [(_("Library"), reverse("library")), (look.plural, wording.filtered(kind=resource.kind))]


def byline(resource, parts):
    """Two lines under the title: the authors; the publishers and the date. Each name leads to what else there is of it."""
    authors = [person for person in parts.people if person.role == Contributor.Role.AUTHOR]
    names = [wording.link(wording.search(person.name), person.name) for person in authors[:SHOWN_PEOPLE]]
    if len(authors) > SHOWN_PEOPLE:
        names.append(_("%(count)d others") % {"count": len(authors) - SHOWN_PEOPLE})
    bodies = [
        wording.link(wording.filtered(organisation=body.slug), body.name)
        for body in parts.bodies
        if body.role == ResourceOrganisation.Role.PUBLISHER
    ]
    undated = (*facts.PROFILES, Kind.EVENT)
    date = "" if resource.kind in undated else facts.published(resource)
    lines = [
        wording.in_a_sentence(names),
        wording.listed([p for p in (wording.in_a_sentence(bodies), date) if p]),
    ]
    return mark_safe("<br>".join(line for line in lines if line))


def alternates(resource, parts, canonical):
    """(language, address) of each language version, where there is more than one."""
    editions = [
        edition
        for edition in facts.newest_by_language(parts.editions)
        if edition.language != resource.language_id
    ]
    if not editions:
        return []
    prefix = reverse("library").removesuffix("library/")
    return [
        (resource.language_id, canonical),
        *((e.language, f"{settings.SITE_URL}/{e.url.removeprefix(prefix)}") for e in editions),
    ]


def newer(resource, parts):
    """The newest version in this language, where this is not it."""
    later = [e for e in parts.editions if e.language == resource.language_id and e.version > resource.version]
    return later[-1] if later else None


def way_out(resource, parts):
    """(address, host) of the document on another site, or None."""
    doi = next((value for scheme, value in parts.identifiers if scheme == "doi"), "")
    url = resource.url or (f"https://doi.org/{doi}" if doi else "")
    host = wording.host(url)
    return (url, host) if host else None


def shown_file(file):
    return {
        "path": file.path,
        "label": file.label or file.name.rpartition("/")[2],
        "format": wording.media_format(file.media_type),
        "size": wording.size(file.size),
        "language": file.language,
    }


def short_list(others, *, with_kind=False):
    """The lines of a short list of resources: what each is, its title in its own language, its year."""
    lines = []
    for other in others:
        look, kind = KIND_LOOKS[other.kind], type_name(other.kind, other.card.get("type", ""), get_language())
        label = f"{type_label(look.family, look.icon, kind)}<br>" if with_kind else ""
        by = " · ".join(str(part) for part in (other.card.get("by"), other.year) if part)
        lines.append(f"<li>{label}{wording.to_other(other)}<p>{escape(by)}</p></li>")
    return mark_safe("".join(lines))


def here(parts):
    """The newest other programmes and laws of the resource's first country, as (heading, rows, address of all)."""
    if not parts.countries:
        return []
    iso3, country = parts.countries[0]
    related = {other.pk for other in parts.related}
    groups = [
        ("programme", _("Programmes in %(country)s"), parts.programmes_here),
        ("law", _("Laws and policies of %(country)s"), parts.laws_here),
    ]
    return [
        {
            "kind": kind,
            "title": title % {"country": country},
            "rows": rows,
            "all_url": wording.filtered(kind=kind, country=iso3),
        }
        for kind, title, others in groups
        if (rows := short_list([other for other in others if other.pk not in related]))
    ]


# ── What only one kind has ───────────────────────────────────────────────────────────────────────────
def of_programme(resource, detail, parts):
    no_figure = wording.not_reported()
    return {
        "grid": facts.programme_grid(detail, parts),
        "figures": [
            (
                _("Coverage"),
                facts.coverage(detail) or no_figure,
                detail.coverage_year,
                detail.coverage_source,
            ),
            (_("Cost"), facts.cost(detail) or no_figure, detail.cost_year, detail.cost_source),
        ],
        "sources": [source(text) for text in detail.sources if isinstance(text, str) and text.strip()],
    }


def source(text):
    """(address, words) of a source, named by its host and path; what is no address stays text."""
    host = wording.host(text) if text.startswith(("http://", "https://")) else ""
    if not host:
        return ("", text)
    path = unquote(urlsplit(text).path).rstrip("/")
    return (text, Truncator(host + path).chars(SOURCE_LENGTH))


def of_law(resource, detail, parts):
    tone = {
        LegalFramework.Force.IN_FORCE: "good",
        LegalFramework.Force.AMENDED: "warn",
        LegalFramework.Force.REPEALED: "bad",
    }
    return {
        "grid": facts.law_grid(detail, parts),
        "force": None
        if detail.force == LegalFramework.Force.UNKNOWN
        else (detail.get_force_display(), tone[detail.force]),
        "chain": chain(resource, detail, parts),
    }


def chain(resource, detail, parts):
    """What this law changed, itself, and what changed it, oldest first; [] where nothing is known."""
    links = [
        *((_("Amended by this law"), law) for law in [parts.named.get(detail.amends_id)] if law),
        *((_("Repealed by this law"), law) for law in [parts.named.get(detail.repeals_id)] if law),
        *((_("Amends this law"), law) for law in parts.amended_by),
        *((_("Repeals this law"), law) for law in parts.repealed_by),
    ]
    if not links:
        return []
    steps = [(law.year, words, law) for words, law in links]
    steps.append((detail.adopted_year or resource.year, _("This law"), None))
    return sorted(steps, key=lambda step: (step[0] or 0, step[2] is not None))


def of_event(resource, detail, parts):
    return {"time": event_time(detail), "state": event_state(detail)}


def event_time(detail):
    """The start and the end of an event with hours, in its own zone and in UTC; None where only the dates are known."""
    if not detail.starts_at:
        return None
    zone = dates.zone(detail.time_zone)
    start, end = detail.starts_at.astimezone(zone), detail.ends_at and detail.ends_at.astimezone(zone)
    until = ""
    if end:
        until = f"{end:%H:%M}" if end.date() == start.date() else f"{dates.in_words(end)}, {end:%H:%M}"
    return {
        "start": detail.starts_at,
        "words": f"{dates.in_words(start)}, {start:%H:%M}",
        "until": until,
        "zone": "" if dates.offset(start) == "UTC" else detail.time_zone.rpartition("/")[2].replace("_", " "),
        "offset": dates.offset(start),
        "utc": f"{detail.starts_at.astimezone(dates.UTC):%H:%M}",
    }


def event_state(detail):
    """(words, tone): whether the event is to come, goes on, or is over; None without a date."""
    now = timezone.now()
    start = detail.starts_at or dates.midnight(detail.starts_on)
    last_day = detail.ends_on or detail.starts_on
    end = detail.ends_at or (last_day and dates.midnight(last_day) + timedelta(days=1)) or start
    if start is None:
        return None
    if now < start:
        return _("Upcoming"), "good"
    return (_("Now"), "good") if now < end else (_("Past event"), "")


def of_job(resource, detail, parts):
    """Whether one may still apply; the last day counts."""
    if detail.closes_on is None:
        return {"deadline": None}
    left = (detail.closes_on - timezone.localdate()).days
    return {
        "deadline": {
            "is_over": left < 0,
            "date": dates.in_words(detail.closes_on),
            "left": dates.days_away(left) if left >= 0 else "",
        }
    }


def of_multimedia(resource, detail, parts):
    player = next((file for file in parts.files if file.media_type.startswith(("audio/", "video/"))), None)
    host = wording.host(detail.enclosure_url)
    media = {
        "url": detail.enclosure_url if host else resource.url,
        "host": host or wording.host(resource.url),
        "format": wording.media_format(detail.enclosure_type) if detail.enclosure_type else "",
        "size": wording.size(detail.enclosure_size) if detail.enclosure_size else "",
        "duration": dates.duration(detail.duration_seconds) if detail.duration_seconds else "",
        "icon": "doc" if detail.type == Multimedia.Type.INFOGRAPHIC else "play",
        "player": player,
        "is_video": bool(player) and player.media_type.startswith("video/"),
    }
    return {
        "media": media if media["url"] or player else None,
        "transcript": to_html(detail.transcript, top=3),
    }


OWN = {
    Kind.PROGRAMME: of_programme,
    Kind.LAW: of_law,
    Kind.EVENT: of_event,
    Kind.JOB: of_job,
    Kind.MULTIMEDIA: of_multimedia,
}


def tombstone(resource):
    """What stays of a withdrawn resource: its citation, the reason, the date, and other texts of the work."""
    detail = detail_of(resource)
    parts = gather(resource, related=[])
    return {
        "resource": resource,
        "direction": "rtl" if resource.language.is_rtl else "ltr",
        "look": KIND_LOOKS[resource.kind],
        "kind_label": kind_label(resource, detail),
        "citation": citation(resource, detail, parts, canonical_address(resource)),
        "withdrawn_on": dates.in_words(timezone.localtime(resource.withdrawn_at)),
        "editions": parts.editions,
    }

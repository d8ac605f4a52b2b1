"""What stands beside the text of a resource: (term, value) pairs, values escaped."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kit import dates
from resources.models import (
    Contributor,
    Database,
    Event,
    Kind,
    LegalFramework,
    ResourceIdentifier,
    ResourceOrganisation,
)
from resources.reading import wording
from resources.reading.sources import source_of

RESOLVERS = {
    ResourceIdentifier.Scheme.DOI: "https://doi.org/",
    ResourceIdentifier.Scheme.HANDLE: "https://hdl.handle.net/",
}
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 3.0 IGO": "https://creativecommons.org/licenses/by/3.0/igo/",
    "CC BY-NC-SA 3.0 IGO": "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
}
PROFILES = (Kind.PROGRAMME, Kind.LAW)
SHOWN_COUNTRIES = 30


def shared_facts(resource, detail, parts):
    """The facts of every kind, its own in the middle."""
    own = OWN_FACTS.get(resource.kind, no_facts)(detail, parts)
    return [
        *own,
        *people_by_role(parts),
        *bodies_by_role(resource, parts),
        *([] if resource.kind in PROFILES else [(_("Published"), published(resource))]),
        (_("Languages"), languages(resource, parts)),
        (_("Countries"), countries(parts)),
        (_("Topics"), topics(parts)),
        *identifiers(parts),
        (_("Licence"), licence(resource)),
        (_("Record from"), record_source(resource)),
    ]


def published(resource):
    if not resource.published_on:
        return str(resource.year or "")
    return dates.to_precision(resource.published_on, resource.published_precision)


def languages(resource, parts):
    names = {resource.language_id: resource.language.name, **dict(parts.languages)}
    links = [
        wording.to_edition(edition)
        for edition in newest_by_language(parts.editions)
        if edition.language not in names
    ]
    return wording.listed([*names.values(), *links])


def newest_by_language(editions):
    """One edition a language: its newest."""
    newest = {edition.language: edition for edition in sorted(editions, key=lambda edition: edition.version)}
    return [newest[code] for code in sorted(newest)]


def countries(parts):
    """Links to the country pages; a long list is cut with the number of the rest."""
    links = [
        wording.link(wording.country_page(iso3), name) for iso3, name in parts.countries[:SHOWN_COUNTRIES]
    ]
    rest = len(parts.countries) - SHOWN_COUNTRIES
    if rest > 0:
        links.append(_("and %(count)d more") % {"count": rest})
    return wording.listed(links)


def topics(parts):
    return wording.listed([wording.link(wording.topic_page(slug), name) for slug, name in parts.topics])


def people_by_role(parts):
    """Everybody but the authors, who stand under the title."""
    for role, label in Contributor.Role.choices:
        if role != Contributor.Role.AUTHOR:
            names = [wording.link(wording.search(p.name), p.name) for p in parts.people if p.role == role]
            if names:
                yield label, wording.listed(names)


def bodies_by_role(resource, parts):
    """Every organisation but the publisher, who stands under the title."""
    for role, label in ResourceOrganisation.Role.choices:
        if role != ResourceOrganisation.Role.PUBLISHER:
            names = [
                wording.link(wording.filtered(organisation=b.slug), b.name)
                for b in parts.bodies
                if b.role == role
            ]
            if names:
                yield label, wording.listed(names)


def identifiers(parts):
    labels = dict(ResourceIdentifier.Scheme.choices)
    for scheme, value in parts.identifiers:
        resolver, shown = RESOLVERS.get(scheme), wording.isolated(value, "ltr")
        yield labels[scheme], wording.outward(resolver + value, shown) if resolver else shown


def record_source(resource):
    name, url = source_of(resource.source)
    return wording.outward(url, name) if url else name and wording.isolated(name)


def licence(resource):
    url = LICENCES.get(resource.licence)
    return wording.outward(url, resource.licence) if url else resource.licence


def no_facts(_detail, _parts):
    return []


def publication_facts(detail, parts):
    pages = max((file.pages for file in parts.files), default=0)
    return [
        (_("Type"), detail.get_type_display()),
        (_("In"), detail.container and wording.isolated(detail.container)),
        (_("Volume"), detail.volume),
        (_("Number"), detail.number),
        (_("Pages"), detail.pages or (pages or "")),
        (_("Edition"), detail.edition),
        (_("Place"), detail.place),
        (
            _("Review"),
            {True: _("Peer reviewed"), False: _("Not peer reviewed")}.get(detail.is_peer_reviewed, ""),
        ),
    ]


def news_facts(detail, _parts):
    return [(_("Place"), detail.place)]


def event_facts(detail, _parts):
    return [
        (
            _("Dates"),
            dates.span(detail.starts_on, detail.ends_on) if detail.starts_on else wording.not_reported(),
        ),
        (_("Format"), Event.Mode(detail.mode).label),
        (_("Place"), detail.place),
        (_("Joining link"), wording.outward(detail.online_url) if detail.online_url else ""),
        (_("Participants"), detail.participants),
    ]


def job_facts(detail, _parts):
    place = ", ".join(part for part in [detail.place, _("remote") if detail.is_remote else ""] if part)
    return [
        (_("Employer"), detail.employer or wording.not_reported()),
        (_("Duty station"), place),
        (_("Contract"), detail.contract),
        (_("Experience"), detail.experience),
        (_("Closes on"), dates.in_words(detail.closes_on) if detail.closes_on else wording.not_reported()),
    ]


def blog_facts(detail, _parts):
    return [(_("Series"), detail.series)]


def multimedia_facts(detail, _parts):
    return [
        (_("Type"), detail.get_type_display()),
        (_("Duration"), dates.duration(detail.duration_seconds) if detail.duration_seconds else ""),
    ]


def database_facts(detail, parts):
    is_named = any(body.role == ResourceOrganisation.Role.OWNER for body in parts.bodies)
    return [
        (_("Owner"), "" if is_named else detail.owner or wording.not_reported()),
        (_("Access"), Database.Access(detail.access).label),
        (_("Coverage"), detail.coverage),
        (_("Period"), detail.period),
        (_("Formats"), detail.formats),
        (_("Updated"), detail.update_frequency),
    ]


OWN_FACTS = {
    Kind.PUBLICATION: publication_facts,
    Kind.NEWS: news_facts,
    Kind.EVENT: event_facts,
    Kind.JOB: job_facts,
    Kind.BLOG: blog_facts,
    Kind.MULTIMEDIA: multimedia_facts,
    Kind.DATABASE: database_facts,
}


# ── The grids at the head of a programme and of a law: what is missing is shown as missing ───────────
def programme_grid(detail, parts):
    legal = parts.named.get(detail.legal_basis_id)
    return reported(
        (_("Status"), running(detail)),
        (_("Coverage"), with_year(coverage(detail), detail.coverage_year)),
        (_("Benefit"), benefit(detail)),
        (_("Paid"), detail.payment_frequency),
        (_("Target group"), detail.target_group),
        (_("Targeting"), detail.targeting),
        (_("Lead agency"), detail.agency),
        (_("Cost"), with_year(cost(detail), detail.cost_year)),
        (_("Delivery"), detail.delivery),
        (_("Legal basis"), legal and wording.to_other(legal)),
        (_("Area"), detail.get_type_display()),
        (_("Benefit type"), detail.sub_type),
    )


def law_grid(detail, _parts):
    share = detail.coverage_share
    return reported(
        (_("Status"), "" if detail.force == LegalFramework.Force.UNKNOWN else detail.get_force_display()),
        (
            _("Instrument"),
            "" if detail.instrument == LegalFramework.Instrument.OTHER else detail.get_instrument_display(),
        ),
        (_("Year"), detail.adopted_year),
        (_("In force since"), detail.in_force_on and dates.in_words(detail.in_force_on)),
        (_("Number"), detail.number),
        (_("Gazette"), detail.gazette),
        (_("Branch"), sentence(detail.branch)),
        (_("Type of scheme"), sentence(detail.scheme_type)),
        (
            # xgettext:no-python-format
            _("Coverage, % of the labour force"),
            "" if share is None else with_year(wording.number(share), detail.adopted_year),
        ),
    )


def reported(*pairs):
    return [(term, value or wording.not_reported()) for term, value in pairs]


def sentence(text):
    return text[:1].upper() + text[1:]


def with_year(value, year):
    if not value:
        return ""
    return _("%(value)s (%(year)s)") % {"value": value, "year": year} if year else value


def running(detail):
    """Since when, until when; "" where neither is known."""
    start, end = detail.started_year, detail.ended_year
    if end and end < timezone.localdate().year:
        return (
            _("%(start)s to %(end)s") % {"start": start, "end": end}
            if start
            else _("Ended in %(end)s") % {"end": end}
        )
    if end and start:
        return _("Since %(start)s, planned until %(end)s") % {"start": start, "end": end}
    return _("Since %(start)s") % {"start": start} if start else ""


def coverage(detail):
    if detail.coverage is None:
        return ""
    units = {
        "% of population": _("%(value)s%% of the population"),
        "people": _("%(value)s people"),
        "households": _("%(value)s households"),
        "people or households": _("%(value)s people or households"),
        "firms": _("%(value)s firms"),
    }
    value = wording.number(detail.coverage)
    if detail.coverage_unit in units:
        return units[detail.coverage_unit] % {"value": value}
    return f"{value} {detail.coverage_unit}".strip()


def benefit(detail):
    amount = (
        f"{detail.benefit_currency} {wording.number(detail.benefit_amount)}".strip()
        if detail.benefit_amount is not None
        else ""
    )
    return ", ".join(part for part in [detail.benefit, amount] if part)


def cost(detail):
    return "" if detail.cost is None else f"{wording.number(detail.cost)} {detail.cost_unit}".strip()

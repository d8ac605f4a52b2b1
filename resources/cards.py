"""A card is what a list shows of a resource, kept on its row so that a page of twenty costs one query.

    {"by": "UNICEF · Chirwa, E.; Mwale, T.",      names as they are written, never translated
     "type": "working_paper",                    the kind's own type, a code
     "countries": ["MWI", "ZMB"],                iso3
     "languages": ["en", "pt"],                  of this document
     "facts": [["pages", 64], ["file", ["PDF", 1400000]], ["since", 2006], …],
     "versions": [["pt", "a-slug"], …]}          the work's other published language versions, same kind

Facts are codes with values; `resources.queries` puts them into words in the reader's language.
"""

from resources.models import KIND_MODELS, Contributor, Kind, ResourceOrganisation, Status

SHOWN_NAMES = 3


def make_card(resource, *, detail=None):
    """The card of a saved resource, read from the database."""
    detail = detail if detail is not None else detail_of(resource)
    contributors = [
        (c.family_name, c.given_name)
        for c in resource.contributors.filter(role=Contributor.Role.AUTHOR)[: SHOWN_NAMES + 1]
    ]
    links = resource.organisation_roles.select_related("organisation")[:SHOWN_NAMES]
    files = [(f.media_type, f.size, f.pages) for f in resource.files.all()[:1]]
    languages = [resource.language_id, *resource.other_languages.values_list("pk", flat=True)]
    versions = (
        resource.work.resources.filter(status=Status.PUBLISHED, kind=resource.kind)
        .exclude(language=resource.language_id)
        .order_by("language", "-version")
        .values_list("language", "slug")
    )
    newest = {}
    for language, slug in versions:
        newest.setdefault(language, slug)
    return build_card(
        kind=resource.kind,
        detail=detail,
        contributors=contributors,
        organisations=[(link.organisation.acronym or link.organisation.name, link.role) for link in links],
        countries=list(resource.countries.order_by("pk").values_list("pk", flat=True)),
        languages=languages,
        files=files,
        versions=[[language, slug] for language, slug in newest.items()],
    )


def build_card(
    *, kind, detail, contributors=(), organisations=(), countries=(), languages=(), files=(), versions=()
):
    """The card from values already at hand (bulk loading).

    contributors: (family, given) pairs; organisations: (short name, role) pairs; files: (media type, size, pages).
    """
    return {
        "by": byline(contributors, organisations),
        "type": getattr(detail, "type", "") or getattr(detail, "instrument", "") or "",
        "countries": list(countries)[:12],
        "languages": list(languages),
        "facts": [*file_facts(files), *FACTS.get(kind, no_facts)(detail)],
        "versions": list(versions),
    }


def byline(contributors, organisations):
    """Organisations, then authors as on a title page: three, then "et al."."""
    names = [
        f"{family}, {initials(given)}" if given else family
        for family, given in list(contributors)[:SHOWN_NAMES]
    ]
    if len(contributors) > SHOWN_NAMES:
        names.append("et al.")
    bodies = [name for name, role in organisations if role != ResourceOrganisation.Role.FUNDER]
    return " · ".join(part for part in [", ".join(dict.fromkeys(bodies)), "; ".join(names)] if part)


def initials(given):
    return " ".join(f"{word[0]}." for word in given.split() if word)


def file_facts(files):
    for media_type, size, pages in files:
        yield ["file", [media_type, size]]
        if pages:
            yield ["pages", pages]


def no_facts(_detail):
    return []


def publication_facts(detail):
    facts = []
    if detail.container:
        facts.append(["in", " ".join(filter(None, [detail.container, detail.volume, detail.number]))])
    if detail.is_peer_reviewed:
        facts.append(["peer_reviewed", True])
    return facts


def programme_facts(detail):
    facts = []
    if detail.sub_type:
        facts.append(["sub_type", detail.sub_type])
    if detail.is_emergency_measure:
        facts.append(["emergency", True])
    if detail.started_year:
        facts.append(["since", detail.started_year])
    if detail.ended_year:
        facts.append(["until", detail.ended_year])
    if detail.coverage is not None:
        facts.append(["coverage", [float(detail.coverage), detail.coverage_unit, detail.coverage_year]])
    if detail.agency:
        facts.append(["agency", detail.agency[:120]])
    return facts


def law_facts(detail):
    facts = [["force", detail.force]] if detail.force != "unknown" else []
    if detail.branch:
        facts.append(["branch", detail.branch])
    if detail.scheme_type:
        facts.append(["scheme", detail.scheme_type])
    return facts


def event_facts(detail):
    facts = [["mode", detail.mode]]
    if detail.starts_on:
        facts.insert(
            0, ["dates", [detail.starts_on.isoformat(), detail.ends_on.isoformat() if detail.ends_on else ""]]
        )
    if detail.place:
        facts.append(["place", detail.place])
    return facts


def job_facts(detail):
    facts = [["employer", detail.employer]] if detail.employer else []
    if detail.place:
        facts.append(["place", detail.place])
    if detail.closes_on:
        facts.append(["closes_on", detail.closes_on.isoformat()])
    return facts


def multimedia_facts(detail):
    facts = [["duration", detail.duration_seconds]] if detail.duration_seconds else []
    if detail.enclosure_size:
        facts.append(["file", [detail.enclosure_type, detail.enclosure_size]])
    if detail.transcript:
        facts.append(["transcript", True])
    return facts


def database_facts(detail):
    facts = [["access", detail.access]]
    if detail.owner:
        facts.append(["owner", detail.owner])
    if detail.period:
        facts.append(["period", detail.period])
    return facts


FACTS = {
    Kind.PUBLICATION: publication_facts,
    Kind.PROGRAMME: programme_facts,
    Kind.LAW: law_facts,
    Kind.EVENT: event_facts,
    Kind.JOB: job_facts,
    Kind.MULTIMEDIA: multimedia_facts,
    Kind.DATABASE: database_facts,
}


def detail_of(resource):
    """The row of the resource's own kind."""
    return KIND_MODELS[resource.kind].objects.get(pk=resource.pk)

"""What the desk says beside each field: the words that come with the portal, and those staff put in their place."""

from django.utils.translation import gettext_lazy as _

from resources.models import FieldGuidance, Kind

EVERYWHERE = {
    "title": _("As on the title page, in its own language. No full stop at the end."),
    "language": _("The language the document is written in. A translation is a record of its own."),
    "summary": _(
        "Two to five sentences: the question, the place, the finding. Shown in lists and search results."
    ),
    "body": _(
        "The text of the page, in Markdown. Leave it empty where the document itself is attached or linked."
    ),
    "published_on": _("As far as it is known: 2024-05-17, 2024-05 or 2024."),
    "url": _("Where the original stands on the publisher's own site, best its landing page."),
    "licence": _("As the document states it, for example CC BY 4.0. Leave it empty where it says nothing."),
    "topics": _("Up to five, the most specific ones."),
    "countries": _("One a line, by name or ISO code. Leave it empty for a text about the whole world."),
    "other_languages": _("Only where the same document holds text in several languages. One a line."),
    "version_note": _("Readers see it: what is new in this version."),
    "note": _("For the history only; readers do not see it."),
    "contributors": _(
        "In the order of the title page. To move a row, change its place; to take one out, empty it."
    ),
    "organisations": _("Choose by full name or acronym. The publisher first."),
    "identifiers": _("A DOI may be pasted with its address; the rest is cut away."),
}
BY_KIND = {
    (Kind.PUBLICATION, "container"): _("The journal, series or book it appeared in."),
    (Kind.PUBLICATION, "number"): _("The number in the series or the issue of the journal."),
    (Kind.PUBLICATION, "pages"): _("For an article or a chapter, as 12–34."),
    (Kind.EVENT, "starts_on"): _("The first day, on the calendar of the place."),
    (Kind.EVENT, "starts_at"): _(
        "On the clocks of the time zone below. Leave it empty where only the day is known."
    ),
    (Kind.EVENT, "time_zone"): _("As in the tz database, for example Africa/Blantyre. Empty means UTC."),
    (Kind.JOB, "closes_on"): _("The last day on which one may apply."),
    (Kind.PROGRAMME, "benefit_currency"): _("Three letters of ISO 4217, for example MWK."),
    (Kind.PROGRAMME, "coverage"): _("The number reached, in the unit named beside it."),
    (Kind.PROGRAMME, "legal_basis"): _("The address of the law's page in the library."),
    (Kind.PROGRAMME, "sources"): _("One address a line."),
    (Kind.LAW, "amends"): _("The address of the page of the law that this one changes."),
    (Kind.LAW, "repeals"): _("The address of the page of the law that this one ends."),
    (Kind.LAW, "coverage_share"): _("A number from 0 to 100."),
    (Kind.MULTIMEDIA, "transcript"): _(
        "All that is said, in Markdown: it is searched, and read by those who cannot hear."
    ),
    (Kind.MULTIMEDIA, "enclosure_url"): _("The address of the sound or picture file itself."),
    (Kind.DATABASE, "formats"): _("For example CSV, Stata, API."),
}


def built_in(kind, field):
    """The words that come with the portal; "" where it has none."""
    return BY_KIND.get((kind, field)) or EVERYWHERE.get(field, "")


def hints(kind, language):
    """What to say beside each field of a kind: the staff's words for this kind, for all kinds, in this language or
    in English, before the portal's own. One query."""
    found = dict(EVERYWHERE)
    found |= {name: text for (own, name), text in BY_KIND.items() if own == kind}
    said = FieldGuidance.objects.filter(kind__in=["", kind], language__in=["en", language])
    for row in sorted(said, key=lambda row: (row.kind == kind, row.language == language)):
        found[row.field] = row.text
    return found

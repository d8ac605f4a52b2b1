"""Up to four programmes side by side. Every figure carries its year and source; what nobody reported stays blank."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.models import Kind, Resource
from resources.reading import facts, wording
from vocabularies.queries import label

MOST = 4


class Cell(NamedTuple):
    """What one programme says to one question; `note` is the year and the source."""

    value: str = ""
    note: str = ""


def programmes_of(slugs):
    """The published programmes of these slugs, in their order, each once, at most four."""
    slugs = list(dict.fromkeys(slugs))[:MOST]
    found = {
        resource.slug: resource
        for resource in Resource.objects.published()
        .filter(kind=Kind.PROGRAMME, slug__in=slugs)
        .select_related("programmeprofile__legal_basis", "language")
        .defer("body", "file_text", "summary")
    }
    return [found[slug] for slug in slugs if slug in found]


def compare(programmes):
    """(question, cells) of each row; questions that no programme answers stay, so that gaps show."""
    details = [resource.programmeprofile for resource in programmes]
    return [
        (_("Country"), [Cell(countries(resource)) for resource in programmes]),
        (_("Area"), [Cell(str(detail.get_type_display())) for detail in details]),
        (_("Benefit type"), [Cell(detail.sub_type) for detail in details]),
        (_("Status"), [Cell(facts.running(detail)) for detail in details]),
        (_("Legal basis"), [Cell(legal_basis(detail)) for detail in details]),
        (_("Lead agency"), [Cell(detail.agency) for detail in details]),
        (_("Target group"), [Cell(detail.target_group) for detail in details]),
        (_("Targeting"), [Cell(detail.targeting) for detail in details]),
        (_("Benefit"), [Cell(facts.benefit(detail)) for detail in details]),
        (_("Paid"), [Cell(detail.payment_frequency) for detail in details]),
        (
            _("Coverage"),
            [Cell(facts.coverage(d), note(d.coverage_year, d.coverage_source)) for d in details],
        ),
        (_("Cost"), [Cell(facts.cost(d), note(d.cost_year, d.cost_source)) for d in details]),
        (_("Delivery"), [Cell(detail.delivery) for detail in details]),
    ]


def countries(resource):
    language = get_language() or "en"
    return wording.listed(
        wording.link(wording.country_page(iso3), label("country", iso3, language))
        for iso3 in resource.card.get("countries", [])
    )


def legal_basis(detail):
    law = detail.legal_basis
    if law is None or not law.is_published:
        return ""
    return wording.link(law.get_absolute_url(), law.title, language=law.language_id, direction="auto")


def note(year, source):
    return " · ".join(str(part) for part in (year, source) if part)


def address(slugs):
    """The address of a comparison."""
    return f"{reverse('comparison')}?{'&'.join(f'programme={wording.quote(slug)}' for slug in slugs)}"

"""What stands in the library already and may be the same as something new."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

from resources.keys import normalise_doi, title_key, url_key
from resources.models import Resource, ResourceFile, ResourceIdentifier

NEAR = 2  # letters by which two titles of one thing may differ
SHORTEST = 12  # a shorter title has to be the same
SHOWN = 10
COLUMNS = (
    "kind",
    "slug",
    "title",
    "title_key",
    "url_key",
    "status",
    "year",
    "version",
    "work",
    "submitted_by",
)


@dataclass(slots=True)
class Match:
    """A resource and the sentences that say why it may be the same."""

    resource: Resource
    reasons: list


def similar(member, *, kind, title="", url="", dois=(), digests=(), leave_out=None):
    """Matches among what exists for this member, the surest first: same DOI, same file, same address, (nearly) same title.

    digests: SHA-256 of files; leave_out: the key of the resource that is compared.
    """
    title, url = title_key(title), url_key(url)
    dois = list(filter(None, map(normalise_doi, dois)))
    reasons = {}

    def add(keys, reason):
        for key in keys:
            if key != leave_out:
                reasons.setdefault(key, []).append(reason)

    if dois:
        same = ResourceIdentifier.objects.filter(scheme=ResourceIdentifier.Scheme.DOI, value__in=dois)
        add(same.values_list("resource", flat=True).distinct(), _("It has the same DOI."))
    if digests:
        same = ResourceFile.objects.filter(sha256__in=digests)
        add(same.values_list("resource", flat=True).distinct(), _("It has the same file."))
    if "/" in url:
        same = Resource.objects.filter(url_key=url)
        add(same.values_list("pk", flat=True), _("It has the same address."))
    for key, distance in near_titles(kind, title):
        add([key], _("It has nearly the same title.") if distance else _("It has the same title."))
    found = (
        Resource.objects.visible_to(member)
        .filter(pk__in=reasons)
        .only(*COLUMNS, "language__code", "language__is_rtl")
    )
    by_key = {resource.pk: resource for resource in found.select_related("language")}
    return [Match(by_key[key], said) for key, said in reasons.items() if key in by_key][:SHOWN]


def near_titles(kind, key):
    """(key of the resource, distance) of a kind's titles at most NEAR letters away, the nearest first.

    Of three parts of a title two wrong letters leave one untouched, so only titles that hold a part are compared.
    """
    if not key:
        return []
    there = Resource.objects.filter(kind=kind).order_by()
    if len(key) < SHORTEST:
        return [(pk, 0) for pk in there.filter(title_key=key).values_list("pk", flat=True)]
    third = len(key) // 3
    parts = Q()
    for part in (key[:third], key[third : 2 * third], key[2 * third :]):
        parts |= Q(title_key__contains=part)
    close = there.alias(length=Length("title_key")).filter(
        parts, length__gte=len(key) - NEAR, length__lte=len(key) + NEAR
    )
    found = (
        (pk, Levenshtein.distance(key, other, score_cutoff=NEAR))
        for pk, other in close.values_list("pk", "title_key")
    )
    return sorted((pair for pair in found if pair[1] <= NEAR), key=lambda pair: pair[1])

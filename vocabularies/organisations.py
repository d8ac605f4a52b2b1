"""Names of organisations in memory. They grow while the portal runs, so a name nobody has seen yet is asked for."""

import time

from django.db.models import Q
from django.db.models.functions import Length

from kit.text import fold
from vocabularies.models import Organisation

FRESH_SECONDS = 60
MOST = 20_000
_labels = {}
_names = {}
_read_at = 0.0


def forget_organisations():
    """Ask the table again."""
    _labels.clear()
    _names.clear()


def _refresh():
    global _read_at
    now = time.monotonic()
    if now - _read_at > FRESH_SECONDS or len(_labels) > MOST or len(_names) > MOST:
        forget_organisations()
        _read_at = now


def labels(slugs):
    """What organisations are called, by slug; one query for those not asked for in the last minute."""
    _refresh()
    unknown = [slug for slug in slugs if slug not in _labels]
    if unknown:
        rows = Organisation.objects.filter(slug__in=unknown).values_list("slug", "name", "acronym")
        found = {slug: short(name, acronym) for slug, name, acronym in rows}
        _labels.update({slug: found.get(slug) for slug in unknown})
    return {slug: _labels[slug] or slug for slug in slugs}


def short(name, acronym):
    """The name with its acronym behind it, unless the name is the acronym."""
    return f"{name} ({acronym})" if acronym and fold(acronym) not in fold(name).split() else name


def is_known(slug):
    labels([slug])
    return _labels.get(slug) is not None


def resolve_organisation(text):
    """The organisation of a name, an acronym as written or an alias; None where there is none."""
    _refresh()
    folded = fold(text)
    if not folded:
        return None
    if folded not in _names:
        _names[folded] = _find(text.strip(), folded)
    pk = _names[folded]
    return Organisation.objects.filter(pk=pk).first() if pk else None


def _find(text, folded):
    rows = Organisation.objects.filter(Q(folded_name=folded) | Q(acronym=text)).order_by("pk")
    exact = sorted(rows.values_list("pk", "folded_name"), key=lambda row: row[1] != folded)
    if exact:
        return exact[0][0]
    for pk, aliases in Organisation.objects.exclude(aliases=[]).values_list("pk", "aliases"):
        if folded in map(fold, aliases):
            return pk
    return None


def suggest_organisations(text, limit=8):
    """(name, label) of organisations whose name, acronym or alias holds a word that begins so, the shortest first."""
    folded = fold(text)
    if not folded:
        return []
    begins = (
        Q(folded_name__startswith=folded)
        | Q(folded_name__contains=f" {folded}")
        | Q(acronym__istartswith=text)
    )
    rows = Organisation.objects.filter(begins).order_by(Length("name"), "name").values_list("name", "acronym")
    return [(name, short(name, acronym)) for name, acronym in rows[:limit]]

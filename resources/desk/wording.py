"""A snapshot in words: field names, values, and what changed between two texts."""

import re
from difflib import SequenceMatcher

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.desk.forms import words
from resources.models import (
    KIND_MODELS,
    Contributor,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
    Status,
)
from resources.snapshots import pick
from vocabularies.queries import labels

MOST_TOKENS = 4000
TOKEN = re.compile(r"\S+\s*|\s+")


def field_label(kind, name):
    """What a field or part is called, by its name in `differences`."""
    part, _dot, own = name.partition(".")
    if own:
        return words(KIND_MODELS[kind]._meta.get_field(own))
    parts = {
        "contributors": _("People and bodies named"),
        "organisations": _("Organisations"),
        "identifiers": _("Identifiers"),
        "topics": _("Topics"),
        "countries": _("Countries"),
        "other_languages": _("Further languages of the document"),
        "files": _("Files"),
    }
    return parts.get(part) or words(Resource._meta.get_field(part))


def in_words(kind, name, data):
    """A value of a snapshot as a reader may read it; lists one entry a line."""
    value, language = pick(data, name), get_language() or "en"
    part, _dot, own = name.partition(".")
    if value is None or value == "" or value == []:
        return ""
    if part == "contributors":
        roles = dict(Contributor.Role.choices)
        return "\n".join(
            " · ".join(
                filter(
                    None,
                    [
                        f"{row['family_name']}, {row['given_name']}".strip(", "),
                        str(roles.get(row["role"], row["role"])),
                        row["orcid"],
                    ],
                )
            )
            for row in value
        )
    if part == "organisations":
        names, roles = (
            labels("organisation", [slug for slug, _r in value], language),
            dict(ResourceOrganisation.Role.choices),
        )
        return "\n".join(f"{names.get(slug, slug)} · {roles.get(role, role)}" for slug, role in value)
    if part == "identifiers":
        schemes = dict(ResourceIdentifier.Scheme.choices)
        return "\n".join(f"{schemes.get(scheme, scheme)} {number}" for scheme, number in value)
    facet = {"topics": "topic", "countries": "country", "other_languages": "language"}.get(part)
    if facet:
        return "\n".join(labels(facet, value, language).values())
    if part == "language" or own == "country":
        return labels("country" if own else "language", [value], language)[value]
    if part == "status":
        return str(Status(value).label)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    field = KIND_MODELS[kind]._meta.get_field(own) if own else Resource._meta.get_field(part)
    return str(dict(field.flatchoices).get(value, value)) if field.flatchoices else str(value)


def changes(before, after):
    """What changed between two texts, as ("same" | "gone" | "new", text) pieces; long texts are compared by lines."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > MOST_TOKENS:
        return [("gone", before), ("new", after)]
    pieces = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(("new", "".join(new[c:d])))
    return pieces


def told(kind, before, after, names):
    """What changed in each of the named fields: label, both states in words, and the pieces between them."""
    return [
        {
            "name": name,
            "label": field_label(kind, name),
            "before": (old := in_words(kind, name, before)),
            "after": (new := in_words(kind, name, after)),
            "pieces": changes(old, new),
        }
        for name in names
    ]

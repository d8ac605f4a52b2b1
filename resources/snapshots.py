"""A resource as plain data: what a revision keeps, what the desk compares, and what an edit is made of.

{"title": "…", "language": "en", "published_on": "2024-05-17", …,      fields, as JSON
 "detail": {"type": "report", "volume": "3", …},                        the kind's own, as JSON
 "contributors": [{"role": "author", "family_name": …, "given_name": …, "is_body": …, "orcid": …}],
 "organisations": [["unicef", "publisher"]], "identifiers": [["doi", "10.1000/x"]],
 "topics": ["cash-transfers"], "countries": ["MWI"], "other_languages": ["fr"],
 "status": "published", "withdrawal_reason": "", "files": ["Report.pdf"]}   told, never set by an edit
"""

import hashlib
import json
from decimal import Decimal
from functools import cache

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from resources.models import KIND_MODELS, Resource
from vocabularies.models import Country, Language, Organisation, Topic

FIELDS = (
    *("title", "language", "summary", "body", "url", "licence"),
    *("published_on", "published_precision", "year", "version", "version_note"),
    *("source", "source_ref", "is_sample"),
)
PARTS = ("contributors", "organisations", "identifiers", "topics", "countries", "other_languages")
TOLD = ("status", "withdrawal_reason", "files")
CONTRIBUTOR = ("role", "family_name", "given_name", "is_body", "orcid")


def snapshot(resource):
    """The resource's fields and parts as they stand in the database."""
    resource = Resource.objects.defer("file_text").get(pk=resource.pk)
    detail = KIND_MODELS[resource.kind].objects.filter(pk=resource.pk).first()
    return {
        **{name: value_of(resource, name) for name in FIELDS},
        "detail": {name: value_of(detail, name) for name in detail_fields(resource.kind)} if detail else {},
        "contributors": list(resource.contributors.order_by("position").values(*CONTRIBUTOR)),
        "organisations": [
            list(pair)
            for pair in resource.organisation_roles.order_by("position", "pk").values_list(
                "organisation__slug", "role"
            )
        ],
        "identifiers": [
            list(p) for p in resource.identifiers.order_by("scheme", "value").values_list("scheme", "value")
        ],
        "topics": sorted(resource.topic_links.values_list("topic__slug", flat=True)),
        "countries": sorted(resource.countries.values_list("pk", flat=True)),
        "other_languages": sorted(resource.other_languages.values_list("pk", flat=True)),
        "status": resource.status,
        "withdrawal_reason": resource.withdrawal_reason,
        "files": [str(file) for file in resource.files.all()],
    }


@cache
def detail_fields(kind):
    """The names of the fields of the kind's own table."""
    return tuple(f.name for f in KIND_MODELS[kind]._meta.fields if f.name != "resource")


def value_of(row, name):
    return as_json(getattr(row, row._meta.get_field(name).attname))


def as_json(value):
    """A value as JSON has it; a number without the zeros that only its column adds."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def digest(data):
    """Equal for equal fields and parts; the status and the files do not count."""
    told = {name: value for name, value in data.items() if name not in TOLD}
    text = json.dumps(told, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def differences(before, after):
    """The names in which two snapshots differ, details as "detail.volume", in the order of a form."""
    names = [n for n in (*FIELDS, *PARTS, *TOLD) if n in after and before.get(n) != after[n]]
    old, new = before.get("detail", {}), after.get("detail", {})
    return names + [f"detail.{name}" for name in new if old.get(name) != new[name]]


def pick(data, name):
    """The value of a name as `differences` gives it."""
    part, _dot, own = name.partition(".")
    return data.get("detail", {}).get(own) if own else data.get(part)


def arguments(kind, data, names):
    """The named values as arguments of `draft_resource` and `edit_resource`; rows that are gone by now are left out."""
    values = {}
    for name in names:
        if name in FIELDS:
            values[name] = (
                read(Resource._meta.get_field(name), data[name]) if name != "language" else data[name]
            )
    if {"published_on", "published_precision", "year"} & set(values):
        values |= {
            n: read(Resource._meta.get_field(n), data[n])
            for n in ("published_on", "published_precision", "year")
        }
    if "contributors" in names:
        values["contributors"] = [dict(row) for row in data["contributors"]]
    if "identifiers" in names:
        values["identifiers"] = [tuple(pair) for pair in data["identifiers"]]
    if "organisations" in names:
        known = Organisation.objects.in_bulk([s for s, _r in data["organisations"]], field_name="slug")
        values["organisations"] = [(known[s], role) for s, role in data["organisations"] if s in known]
    if "topics" in names:
        values["topics"] = list(Topic.objects.filter(slug__in=data["topics"]))
    if "countries" in names:
        values["countries"] = list(Country.objects.filter(pk__in=data["countries"]))
    if "other_languages" in names:
        values["other_languages"] = list(Language.objects.filter(pk__in=data["other_languages"]))
    own = [name.removeprefix("detail.") for name in names if name.startswith("detail.")]
    table = KIND_MODELS[kind]._meta
    detail = {}
    for name in own:
        field, value = table.get_field(name), data["detail"][name]
        if (
            field.is_relation
            and value is not None
            and not field.related_model.objects.filter(pk=value).exists()
        ):
            continue
        detail[field.attname] = read(field, value)
    return {"detail": detail, **values}


def read(field, value):
    """The Python value of a field's JSON."""
    if isinstance(field, models.ForeignKey) or value is None:
        return value
    return field.to_python(value)

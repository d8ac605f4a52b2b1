"""Curated pages written for demonstration, from `data/collections`: some entries named, others picked by rule."""

import tomllib

from django.db.models import Min

from resources import actions
from resources.load.folder import SHIPPED
from resources.load.samples import SOURCE
from resources.models import Collection, Kind, Resource

FOLDER = SHIPPED / "collections"


def load_collections(folder=FOLDER):
    """Write and publish each page that is not there yet and has something to show; returns how many were written.

    A page that stands is left alone: staff may have changed it.
    """
    written = 0
    for path in sorted(folder.glob("*.toml")):
        if Collection.objects.filter(slug=path.stem).exists():
            continue
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        chosen = [*named(values.pop("items", [])), *picked(values.pop("rules", []))]
        if not chosen:
            continue
        texts = {name: text.strip() for name, text in values.items()}
        collection = actions.create_collection(slug=path.stem, is_sample=True, **texts)
        for resource, comment in chosen:
            actions.put_item(collection, resource, comment=comment)
        actions.publish_collection(collection)
        written += 1
    return written


def named(items):
    """(resource, comment) of each sample that is loaded and published."""
    found = {
        resource.source_ref: resource
        for resource in Resource.objects.published().filter(
            source=SOURCE, source_ref__in=[item["ref"] for item in items]
        )
    }
    return [(found[item["ref"]], item.get("comment", "")) for item in items if item["ref"] in found]


def picked(rules):
    """(resource, "") of what the rules find, the newest first; of measures one a country."""
    for rule in rules:
        found = Resource.objects.published().filter(kind=rule["kind"])
        if "words" in rule:
            found = found.filter(title__icontains=rule["words"])
        if rule["kind"] == Kind.PROGRAMME and rule.get("emergency"):
            found = found.filter(programmeprofile__is_emergency_measure=True)
            firsts = (
                found.order_by().values("countries").annotate(first=Min("pk")).values_list("first", flat=True)
            )
            found = Resource.objects.filter(pk__in=list(firsts))
        for resource in found.newest_first()[: rule["most"]]:
            yield resource, ""

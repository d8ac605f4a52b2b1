"""Sets: by kind, topic, country and language. `topic:<area>` holds what its topics hold."""

from kit.remember import remembered
from resources.models import Kind, Resource
from vocabularies.queries import countries, languages, topic, topic_tree

NODES = {
    "kind": "By kind",
    "topic": "By topic",
    "country": "By country",
    "language": "By language",
}


def narrowed(found, spec):
    """The resources of a set; None for a set that there is not. Sets nobody uses are known, and empty."""
    node, _colon, value = spec.partition(":")
    if node == "kind":
        if not value:
            return found
        return found.filter(kind=value) if value in Kind.values else None
    if node == "language":
        if not value:
            return found
        return found.filter(language=value) if value in languages() else None
    if node == "country":
        if not value:
            return found.filter(pk__in=linked(Resource.countries.through, {}))
        if value not in countries():
            return None
        return found.filter(pk__in=linked(Resource.countries.through, {"country": value}))
    if node == "topic":
        if not value:
            return found.filter(pk__in=linked(Resource.topics.through, {}))
        area, _colon, name = value.partition(":")
        wanted = topic(name or area)
        if wanted is None or (wanted.parent.slug if wanted.parent else "") != (area if name else ""):
            return None
        keys = [wanted.id, *(child.id for child in wanted.children)]
        return found.filter(pk__in=linked(Resource.topics.through, {"topic__in": keys}))
    return None


def linked(through, which):
    return through.objects.filter(**which).order_by().values("resource_id")


def specs_of(kind, language, country_codes, topics):
    """The sets of one record; the nodes above them go without saying."""
    return [
        f"kind:{kind}",
        f"language:{language}",
        *(f"country:{iso3}" for iso3 in country_codes),
        *(f"topic:{':'.join(step.slug for step in one.chain)}" for one in topics),
    ]


@remembered(seconds=300)
def all_sets():
    """(spec, name) of every set that holds something, and of every topic."""
    found = Resource.objects.harvestable().order_by()
    used_countries = set(found.values_list("countries", flat=True).distinct())
    used_languages = set(found.values_list("language", flat=True).distinct())
    listed = [("kind", NODES["kind"]), *((f"kind:{kind.value}", str(kind.label)) for kind in Kind)]
    listed.append(("topic", NODES["topic"]))
    for area in topic_tree():
        listed.append((f"topic:{area['slug']}", area["name"]))
        listed += [(f"topic:{area['slug']}:{child['slug']}", child["name"]) for child in area["topics"]]
    listed.append(("country", NODES["country"]))
    listed += [
        (f"country:{one.iso3}", one.name()) for one in countries().values() if one.iso3 in used_countries
    ]
    listed.append(("language", NODES["language"]))
    listed += [
        (f"language:{one.code}", one.name()) for one in languages().values() if one.code in used_languages
    ]
    return listed

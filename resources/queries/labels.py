"""Names of facet values in the reader's language, and codes for names."""

from vocabularies.models import Country, IncomeGroup, Language, Organisation, Region, Topic

MODELS = {
    "country": (Country, "pk"),
    "region": (Region, "pk"),
    "language": (Language, "pk"),
    "topic": (Topic, "slug"),
}


def label(field, value, language):
    if field == "income":
        return str(IncomeGroup(value).label)
    if field == "organisation":
        return Organisation.objects.filter(slug=value).values_list("name", flat=True).first() or value
    model, key = MODELS[field]
    found = model.objects.filter(**{key: value}).first()
    return found.name_in(language) if found else value


def is_known(field, value):
    if field == "income":
        return value in IncomeGroup.values
    if field == "organisation":
        return Organisation.objects.filter(slug=value).exists()
    model, key = MODELS[field]
    return model.objects.filter(**{key: value}).exists()


def resolve_typed(field, value):
    return None


def topics_named(text, language):
    return []

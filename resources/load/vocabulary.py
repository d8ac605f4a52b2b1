"""The controlled vocabularies as the loaders need them: read once, then dictionaries."""

import re
from functools import cached_property

from django.utils.text import slugify

from kit.text import fold
from vocabularies import queries
from vocabularies.models import Country, Language, Organisation, OrganisationType, Topic

# What a publisher's name says of its type.
TYPES = (
    (re.compile(r"\b(universit\w*|institute of|research|bureau of economic|academy|college)\b", re.I), OrganisationType.RESEARCH),
    (re.compile(r"\bdevelopment bank\b|\bworld bank\b", re.I), OrganisationType.DEVELOPMENT_BANK),
    (re.compile(r"\b(united nations|unicef|international labour|world food)\b", re.I), OrganisationType.INTERNATIONAL),
    (re.compile(r"\b(ministry|government|secretariat|agency for international)\b", re.I), OrganisationType.GOVERNMENT),
    (re.compile(r"\b(press|publish\w*|springer|elsevier|routledge|wiley)\b", re.I), OrganisationType.PUBLISHER),
    (re.compile(r"\b(brac|oxfam|trickle up|care|concern|foundation|association)\b", re.I), OrganisationType.NGO),
)  # fmt: skip


class Vocabulary:
    """Countries, languages, topics and organisations by what sources call them."""

    def __init__(self):
        self._derived = {}

    @cached_property
    def countries(self):
        return {c.pk: c for c in Country.objects.select_related("wb_region")}

    @cached_property
    def languages(self):
        return set(Language.objects.values_list("code", flat=True))

    @cached_property
    def topic_slugs(self):
        return dict(Topic.objects.values_list("slug", "pk"))

    @cached_property
    def organisations(self):
        """Organisations by folded name, acronym and alias."""
        found = {}
        for organisation in Organisation.objects.all():
            for name in (*organisation.aliases, organisation.acronym, organisation.name):
                if name:
                    found[fold(name)] = organisation
        return found

    @cached_property
    def proper_names(self):
        names = [c.name_en for c in self.countries.values()] + [c.capital for c in self.countries.values()]
        return [name for name in names if name]

    def resolve_country(self, text):
        """The iso3 of a country as a source writes it, or None."""
        text = re.sub(r"\s*\([^)]*\)$", "", (text or "").strip())
        iso3 = queries.resolve_country(text) if text else None
        return iso3 if iso3 in self.countries else None

    def resolve_countries(self, text):
        """The iso3 codes of the countries in one cell ("Rwanda; Burundi")."""
        return [iso3 for iso3 in queries.resolve_countries(text) if iso3 in self.countries]

    def countries_in(self, title):
        """The iso3 codes of the countries a title names."""
        return [iso3 for iso3 in queries.countries_in(title) if iso3 in self.countries]

    def country_name(self, iso3):
        return self.countries[iso3].name_en

    def language(self, code):
        return code if code in self.languages else "en"

    def topics_of(self, category):
        """Keys of the topics of a category ("1.3.1"), or of the nearest above it; of the topic of a slug."""
        if category[:1].isdigit():
            return queries.topics_of_category(category)
        return {self.topic_slugs[category]} if category in self.topic_slugs else set()

    def topics_in(self, text, language):
        """Keys of the topics a text names."""
        key = (text, language)
        if key not in self._derived:
            self._derived[key] = set(queries.topics_in(text, language))
        return self._derived[key]

    def organisation(self, name):
        """The organisation of a name, made where there is none yet."""
        key = fold(name)
        if key not in self.organisations:
            self.organisations[key] = Organisation.objects.create(
                name=name[:255],
                folded_name=key[:255],
                slug=self._free_slug(slugify(name, allow_unicode=True)[:90] or "organisation"),
                type=next((kind for words, kind in TYPES if words.search(name)), OrganisationType.OTHER),
            )
        return self.organisations[key]

    def _free_slug(self, slug):
        taken = {o.slug for o in self.organisations.values()}
        n, free = 1, slug
        while free in taken:
            n += 1
            free = f"{slug}-{n}"
        return free

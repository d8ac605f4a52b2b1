"""How often a known item is found first: what a reader remembers of it is asked, and its place among the hits counted.

200 published works, drawn with a fixed seed, are each asked for

- by the three words of the title that fewest titles have;
- by the title with one typo (two neighbouring letters changed over in its longest word);
- by a synonym or acronym of one of its topics, which its title does not hold, with the title's two rarest words;
- by the title in another language, where the work has one.

Texts are asked in the language of the version. A topic's synonym alone names hundreds of works, so for it alone
what is counted is whether the work is among the hits at all.

Some works share their title with others ("Social Security"), and no word tells them apart. The shares are told of all
works, and of those alone that have their title for themselves.
"""

import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from random import Random

from django.conf import settings

from kit.text import fold
from resources.models import CountryProfile, Resource
from search.find import find
from vocabularies.models import NAME_LANGUAGES, TopicLabel

SAMPLE = 200
SEED = 2026
PLACES = (1, 2, 3)
DEEP = 1000
LONG_WORD = 5
MODELS = ("resources.resource",)


@dataclass
class Question:
    """One way to ask: the places at which the works were found, None for a work that was not.

    `alone` tells of each whether no other work has its title.
    """

    name: str
    places: list[int | None] = field(default_factory=list)
    alone: list[bool] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def within(self, place, *, alone=False):
        """Share of the works found at this place or before; `alone`, of those whose title no other has."""
        counted = [
            found is not None and found <= place
            for found, is_alone in zip(self.places, self.alone, strict=True)
            if is_alone or not alone
        ]
        return sum(counted) / len(counted) if counted else None


def measure(say=print):
    """Ask for every work in every way; returns the questions as JSON values and prints the table."""
    sample = draw()
    works = Works()
    questions = [
        ask_all("three rarest words of the title", sample, works, works.rarest_words),
        ask_all("title with one typo", sample, works, with_typo),
        ask_all("synonym or acronym of its topic + two words", sample, works, works.synonym_with_words),
        ask_all("synonym or acronym alone: among the hits", sample, works, works.synonym, within=DEEP),
        ask_all("title in another language", works.translated(), works, lambda resource: resource.title),
        country_names(works),
    ]
    twins = sum(1 for resource in sample if works.titles[fold(resource.title)] > 1)
    say(table(questions, len(sample), len(works.of), twins))
    return [
        asdict(question)
        | {f"within_{place}": question.within(place) for place in PLACES}
        | {f"alone_within_{place}": question.within(place, alone=True) for place in PLACES}
        for question in questions
    ]


def data_beside_the_repository():
    """The folder of the whole data where it stands beside the checkout, or None: then the shipped part must do."""
    folder = settings.BASE_DIR.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def draw():
    """The leading versions of 200 published works of every source but the made-up one, always the same for the same data."""
    leads = {}
    rows = Resource.objects.published().exclude(source="volume").order_by("source", "source_ref", "pk")
    for resource in rows.only("pk", "work_id", "title", "language_id").iterator():
        leads.setdefault(resource.work_id, resource)
    leads = list(leads.values())
    return Random(SEED).sample(leads, min(SAMPLE, len(leads)))  # noqa: S311


class Works:
    """What is known of all works: how rare their words are, their topics' other names, their language versions."""

    def __init__(self):
        self.of, self.rarity, self.titles, versions = {}, Counter(), Counter(), defaultdict(list)
        for resource in Resource.objects.published().only("pk", "work_id", "title", "language_id"):
            self.of[resource.pk] = resource.work_id
            self.rarity.update(set(words(resource.title)))
            versions[resource.work_id].append(resource)
        self.titles.update(
            title for texts in versions.values() for title in {fold(text.title) for text in texts}
        )
        self.versions = versions
        self.topics = defaultdict(list)
        for resource, topic in Resource.topics.through.objects.order_by("topic__code").values_list(
            "resource", "topic"
        ):
            self.topics[resource].append(topic)
        self.labels = defaultdict(list)
        # A narrower term does not mean the topic, so search does not take one for the other.
        same = TopicLabel.objects.exclude(kind=TopicLabel.Kind.NARROWER)
        for label in same.order_by("topic__code", "language", "text"):
            self.labels[label.topic_id, label.language].append(label.text)

    def rarest(self, resource, count):
        known = list(dict.fromkeys(words(resource.title)))
        rare = sorted(known, key=lambda word: (self.rarity[word], word))[:count]
        return [word for word in known if word in rare]

    def rarest_words(self, resource):
        return " ".join(self.rarest(resource, 3))

    def synonym(self, resource):
        """A label of one of its topics that its title does not hold; "" where there is none."""
        title = f" {fold(resource.title)} "
        labels = [
            text
            for topic in self.topics[resource.pk]
            for text in self.labels[topic, resource.language_id]
            if f" {fold(text)} " not in title
        ]
        return Random(f"{SEED}:{fold(resource.title)}").choice(labels) if labels else ""  # noqa: S311

    def synonym_with_words(self, resource):
        synonym = self.synonym(resource)
        return f"{synonym} {' '.join(self.rarest(resource, 2))}" if synonym else ""

    def translated(self):
        """The other language versions of works that have some, at most as many as the sample."""
        others = [
            version
            for found in self.versions.values()
            for version in found[1:]
            if version.language_id != found[0].language_id and fold(version.title) != fold(found[0].title)
        ]
        others.sort(key=lambda version: fold(version.title))
        return Random(SEED).sample(others, min(SAMPLE, len(others)))  # noqa: S311


def words(title):
    """The words of a title; a law's number is one, too."""
    return [word for word in fold(title).split() if len(word) > 1]


def with_typo(resource):
    """The title with two neighbouring letters of its longest word changed over; "" where no word is long enough."""
    long = max(re.findall(r"[^\W\d_]+", resource.title), key=len, default="")
    if len(long) < LONG_WORD:
        return ""
    random = Random(f"{SEED}:{resource.title}")  # noqa: S311
    places = [n for n in range(1, len(long) - 1) if long[n] != long[n + 1]]
    place = random.choice(places)
    wrong = long[:place] + long[place + 1] + long[place] + long[place + 2 :]
    return resource.title.replace(long, wrong, 1)


def ask_all(name, resources, works, text_of, *, within=PLACES[-1]):
    """Ask for each resource by the text made of it; one that gives no text is left out."""
    question = Question(name)
    for resource in resources:
        if text := text_of(resource):
            place = place_of(resource, text, works, within)
            question.places.append(place)
            question.alone.append(works.titles[fold(resource.title)] == 1)
            if place is None:
                question.missed.append(f"{resource.title} ← {text}")
    return question


def place_of(resource, text, works, within):
    """The place of the resource's work among the hits, from 1; None where it is not within so many."""
    language = resource.language_id if resource.language_id in NAME_LANGUAGES else "en"
    results = find(text, language=language, per_page=within, models=MODELS, highlight=False)
    for place, hit in enumerate(results.hits, 1):
        if works.of.get(int(hit.pk)) == resource.work_id:
            return place
    return None


def country_names(works):
    """Each name of each country with a published profile, asked in its language: is the profile the first hit?"""
    question = Question("name of a country → its profile")
    profiles = CountryProfile.objects.filter(resource__status="published").select_related(
        "country", "resource"
    )
    for profile in profiles.order_by("country_id"):
        for code in NAME_LANGUAGES:
            name = getattr(profile.country, f"name_{code}")
            if not name:
                continue
            hits = find(name, language=code, per_page=3, models=MODELS, highlight=False).hits
            found = [works.of.get(int(hit.pk)) for hit in hits]
            place = found.index(profile.resource.work_id) + 1 if profile.resource.work_id in found else None
            question.places.append(place)
            question.alone.append(True)
            if place != 1:
                question.missed.append(f"{profile.country_id} {code} ← {name}")
    return question


def table(questions, sample, resources, twins):
    lines = [
        f"{sample} works of {resources:,} published resources, seed {SEED}; {twins} of them have a title that others have, too",
    ]
    for alone, heading in ((False, "asked by"), (True, "… for works whose title no other has")):
        lines.append(f"{heading:<46}{'asked':>6}  {'first':>7}  {'first 2':>7}  {'first 3':>7}  {'found':>7}")
        for question in questions:
            shares = [question.within(place, alone=alone) for place in (*PLACES, DEEP)]
            asked = sum(question.alone) if alone else len(question.places)
            told = "  ".join(f"{'–' if share is None else format(share, '.1%'):>7}" for share in shares)
            lines.append(f"{question.name:<46}{asked:>6}  {told}")
    return "\n".join(lines)

"""One made-up resource after another, each with the rows of all its tables. Same seed, same resources."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from resources.models import (
    BlogPost,
    CountryProfile,
    Database,
    Event,
    Job,
    Kind,
    LegalFramework,
    Multimedia,
    News,
    ProgrammeProfile,
    Publication,
    ResourceOrganisation,
    Status,
)
from resources.volume.words import LANGUAGE_WEIGHTS, LANGUAGES

BATCH = 1000
# Made-up rows count their days from here, so that the same seed gives the same dates on any day.
TODAY = date(2026, 6, 30)
KINDS = {
    Kind.PUBLICATION: 46,
    Kind.NEWS: 14,
    Kind.EVENT: 9,
    Kind.JOB: 4,
    Kind.PROGRAMME: 7,
    Kind.LAW: 6,
    Kind.BLOG: 6,
    Kind.MULTIMEDIA: 6,
    Kind.DATABASE: 2,
}
STATUSES = {Status.PUBLISHED: 960, Status.DRAFT: 20, Status.SUBMITTED: 10, Status.WITHDRAWN: 10}
LICENCES = ["", "", "CC BY 4.0", "CC BY-NC-SA 3.0 IGO", "CC BY-NC 4.0"]
COUNTRY_PROFILE_EVERY = 40


@dataclass(frozen=True)
class World:
    """What made-up resources refer to: keys of the vocabularies in a fixed order."""

    seed: int
    countries: list[str]
    topics: list[int]
    organisations: list[tuple[int, str]]  # key, short name
    names: list[tuple[str, str]]
    lexicons: dict
    free_profiles: list[str]  # countries without a profile of their own

    country_weights: list[float] = field(init=False)
    topic_weights: list[float] = field(init=False)
    organisation_weights: list[float] = field(init=False)

    def __post_init__(self):
        for name in ("countries", "topics", "organisations"):
            singular = {"countries": "country", "topics": "topic", "organisations": "organisation"}[name]
            weights = list(accumulate(1 / (rank + 3) for rank in range(len(getattr(self, name)))))
            object.__setattr__(self, f"{singular}_weights", weights)


@dataclass(slots=True)
class Made:
    """One resource with its parts, before it has a key. `sibling` is the number of the work's first resource."""

    number: int
    sibling: int
    kind: str
    status: str
    language: str
    version: int
    title: str
    summary: str
    body: str
    file_text: str
    licence: str
    published_on: date
    precision: str
    stamp: datetime
    detail: object
    countries: list
    topics: list
    organisations: list  # (key, short name, role)
    contributors: list
    doi: str


def make_batch(world, batch):
    """The resources `batch * 1000 … + 999`; the versions of one work never straddle two batches."""
    random = Random(f"{world.seed}:{batch}")  # noqa: S311
    made, number, end = [], batch * BATCH, (batch + 1) * BATCH
    while number < end:
        first = make_resource(world, random, number)
        made.append(first)
        number += 1
        for language, version in further_versions(random, first)[: end - number]:
            made.append(make_version(world, random, first, number, language, version))
            number += 1
    return made


def make_resource(world, random, number):
    """The first version of a work."""
    kind = random.choices(list(KINDS), weights=KINDS.values())[0]
    place, rest = divmod(number, COUNTRY_PROFILE_EVERY)
    countries = some_countries(world, random, kind)
    if rest == 0 and place < len(world.free_profiles):
        kind, countries = Kind.COUNTRY, [world.free_profiles[place]]
    language = random.choices(LANGUAGES, weights=LANGUAGE_WEIGHTS)[0]
    lexicon = world.lexicons[language]
    published_on = TODAY - timedelta(days=int(9000 * random.random() ** 2))
    persons = random.randint(1, 5) if kind in (Kind.PUBLICATION, Kind.BLOG, Kind.MULTIMEDIA) else 0
    return Made(
        number=number,
        sibling=number,
        kind=kind,
        status=random.choices(list(STATUSES), weights=STATUSES.values())[0],
        language=language,
        version=1,
        title=lexicon.title(random, random.randint(5, 13)),
        summary=lexicon.sentences(random, random.randint(40, 120)),
        body=make_body(lexicon, random, kind),
        file_text=lexicon.sentences(random, 600)
        if kind == Kind.PUBLICATION and random.random() < 0.1
        else "",
        licence=random.choice(LICENCES),
        published_on=published_on,
        precision=random.choice(("day", "month", "year")) if kind == Kind.PUBLICATION else "day",
        stamp=datetime.combine(published_on, time(9, random.randrange(60)), UTC),
        detail=make_detail(random, lexicon, kind, countries, published_on),
        countries=countries,
        topics=some(random, world.topics, world.topic_weights, random.randint(1, 3)),
        organisations=[
            (key, name, ResourceOrganisation.Role.PUBLISHER)
            for key, name in some(
                random, world.organisations, world.organisation_weights, random.randint(0, 2)
            )
        ],
        contributors=random.choices(world.names, k=persons),
        doi=f"10.5555/volume.{world.seed}.{number}"
        if kind == Kind.PUBLICATION and random.random() < 0.5
        else "",
    )


def further_versions(random, first):
    """(language, version) of a work's other texts: one work in twelve is translated, one in forty has an edition."""
    if first.kind == Kind.COUNTRY:
        return []
    chance = random.random()
    if chance < 0.08:
        others = [language for language in LANGUAGES if language != first.language]
        return [(language, 1) for language in random.sample(others, random.choices((1, 2, 4), (6, 2, 1))[0])]
    return [(first.language, 2)] if chance < 0.105 else []


def make_version(world, random, first, number, language, version):
    """Another text of the same work: everything as in the first but its words and its number."""
    lexicon = world.lexicons[language]
    values = {name: getattr(first, name) for name in Made.__slots__}
    same = language == first.language
    return Made(
        **values
        | {
            "number": number,
            "language": language,
            "version": version,
            "title": first.title if same else lexicon.title(random, random.randint(5, 13)),
            "summary": lexicon.sentences(random, random.randint(40, 120)),
            "body": make_body(lexicon, random, first.kind),
            "file_text": "",
            "doi": "",
        }
    )


def make_body(lexicon, random, kind):
    if kind in (Kind.PUBLICATION, Kind.JOB, Kind.DATABASE, Kind.EVENT):
        return ""
    return "\n\n".join(lexicon.sentences(random, random.randint(40, 90)) for _ in range(random.randint(2, 4)))


def some_countries(world, random, kind):
    if kind in (Kind.PROGRAMME, Kind.LAW):
        count = 1
    else:
        count = random.choices((0, 1, 2, 4), weights=(20, 65, 10, 5))[0]
    return some(random, world.countries, world.country_weights, count)


def some(random, values, weights, count):
    """Up to `count` different values, the first ones likelier."""
    if not values or not count:
        return []
    return list(dict.fromkeys(random.choices(values, cum_weights=weights, k=count)))


def make_detail(random, lexicon, kind, countries, day):
    """The row of the kind's own table, unsaved and without its resource."""
    return DETAILS[kind](random, lexicon, countries, day)


def publication(random, lexicon, _countries, _day):
    journal = random.random() < 0.3
    return Publication(
        type="journal_article" if journal else random.choice(Publication.Type.values),
        container=lexicon.title(random, 4) if journal else "",
        volume=str(random.randint(1, 60)) if journal else "",
        number=str(random.randint(1, 12)) if journal else "",
        pages=f"{random.randint(1, 200)}-{random.randint(201, 400)}" if journal else "",
        is_peer_reviewed=True if journal else None,
    )


def news(_random, lexicon, _countries, _day):
    return News(place=lexicon.title(_random, 1))


def event(random, lexicon, _countries, day):
    starts_on = day + timedelta(days=random.randint(0, 200))
    return Event(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=random.randint(0, 4)),
        time_zone="UTC",
        mode=random.choice(Event.Mode.values),
        place=lexicon.title(random, 1),
    )


def job(random, lexicon, _countries, day):
    return Job(
        employer=lexicon.title(random, 2),
        place=lexicon.title(random, 1),
        is_remote=random.random() < 0.2,
        contract="Fixed term",
        closes_on=day + timedelta(days=random.randint(7, 400)),
    )


def programme(random, lexicon, _countries, day):
    started = day.year - random.randint(0, 40)
    return ProgrammeProfile(
        type=random.choice(ProgrammeProfile.Type.values),
        local_name=lexicon.title(random, 4),
        sub_type=lexicon.title(random, 2),
        target_group=lexicon.title(random, 6),
        targeting=lexicon.title(random, 4),
        benefit=lexicon.title(random, 6),
        benefit_amount=Decimal(random.randint(500, 900_000)) / 100,
        benefit_currency="USD",
        payment_frequency="Monthly",
        coverage=Decimal(random.randint(100, 9_000_000)),
        coverage_unit="households",
        coverage_year=day.year,
        coverage_source="Made up",
        agency=lexicon.title(random, 4),
        started_year=started,
        ended_year=started + random.randint(0, 30) if random.random() < 0.2 else None,
    )


def country(_random, _lexicon, countries, day):
    return CountryProfile(country_id=countries[0], reviewed_on=day)


def law(random, lexicon, _countries, day):
    return LegalFramework(
        instrument=random.choice(LegalFramework.Instrument.values),
        number=f"{random.randint(1, 400)}/{day.year}",
        force=random.choice(LegalFramework.Force.values),
        adopted_year=day.year,
        branch=lexicon.title(random, 2),
        scheme_type=lexicon.title(random, 2),
    )


def blog(random, lexicon, _countries, _day):
    return BlogPost(series=lexicon.title(random, 2) if random.random() < 0.3 else "")


def multimedia(random, lexicon, _countries, _day):
    return Multimedia(
        type=random.choice(Multimedia.Type.values),
        duration_seconds=random.randint(60, 7200),
        transcript=lexicon.sentences(random, 200) if random.random() < 0.3 else "",
    )


def database(random, lexicon, _countries, day):
    return Database(
        owner=lexicon.title(random, 3),
        coverage=lexicon.title(random, 3),
        access=random.choice(Database.Access.values),
        formats="CSV, XLSX",
        period=f"1990-{day.year}",
    )


DETAILS = {
    Kind.PUBLICATION: publication,
    Kind.NEWS: news,
    Kind.EVENT: event,
    Kind.JOB: job,
    Kind.PROGRAMME: programme,
    Kind.COUNTRY: country,
    Kind.LAW: law,
    Kind.BLOG: blog,
    Kind.MULTIMEDIA: multimedia,
    Kind.DATABASE: database,
}

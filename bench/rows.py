"""What is measured: each row's name, its addresses and its target as a multiple of the floor."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlencode

from django.core.files.base import ContentFile

from resources.actions import add_file
from resources.models import Kind, Resource, ResourceFile
from vocabularies.models import Topic

REQUESTS = 300
PER_PAGE = 20
FILE_BYTES = 4 * 1024 * 1024
PDF_MARK = b"%PDF-1.4\n"
A_PART = {"Range": f"bytes={FILE_BYTES // 2}-{FILE_BYTES // 2 + 65535}"}


@dataclass(frozen=True)
class Row:
    """One line of the table. `target` is the highest ratio to `beside` (the floor, or another row)."""

    name: str
    label: str
    addresses: Callable[[Random, int], list[str]]
    target: float | None = None
    beside: str = "floor"
    server: str = "uncached"
    share: float = 1.0  # of the requests of a row: fewer where one is long
    headers: dict[str, str] = field(default_factory=dict)


def published():
    return Resource.objects.published().filter(source="volume")


def library(**values):
    return "/library/?" + urlencode(values, doseq=True)


def some_filters(random, count):
    """Library addresses with one or two facets chosen, none twice in a row."""
    countries = list(published().exclude(countries=None).values_list("countries", flat=True)[:4000])
    topics = list(Topic.objects.filter(resources__isnull=False).distinct().values_list("slug", flat=True))
    chosen = []
    for n in range(count):
        filters = {
            0: {"kind": random.choice(["publication", "news", "event", "blog"])},
            1: {"country": random.choice(countries)},
            2: {"topic": random.choice(topics)},
            3: {"year": str(random.randint(2010, 2026)), "language": random.choice(["en", "fr", "es"])},
            4: {"kind": "publication", "region": random.choice(["SSF", "LCN", "EAS"])},
        }[n % 5]
        chosen.append(library(**filters, page=1 + n // 5 % 3) if n % 5 == 0 else library(**filters))
    return chosen


def front_of_library(_random, count):
    return ["/library/"] * count


def page(number):
    """Pages around one number, so that no two requests in a row are the same."""
    return lambda _random, count: [library(page=number + n % 10) for n in range(count)]


def details(random, count):
    """Pages of resources, each kind as often as it is there; a country profile only leads to its country page."""
    keys = list(published().exclude(kind=Kind.COUNTRY).order_by("pk").values_list("kind", "slug"))
    return [quote(f"/library/{kind}/{slug}/") for kind, slug in random.sample(keys, min(count, len(keys)))]


def a_detail():
    """The page of a publication that has what pages have: authors, organisations, topics, a country."""
    found = published().filter(
        kind="publication", countries__isnull=False, contributors__isnull=False, language="en"
    )
    return found.order_by("pk").first().get_absolute_url()


def two_words(random, count):
    """Two words that stand together in some title."""
    titles = list(published().filter(language="en").order_by("pk").values_list("title", flat=True)[:20000])
    for title in random.sample(titles, min(count, len(titles))):
        words = [word for word in re.findall(r"\w+", title) if len(word) > 2]
        yield " ".join(random.sample(words, min(2, len(words))))


def searches(random, count):
    return [library(q=words) for words in two_words(random, count)]


def global_searches(random, count):
    return ["/search/?" + urlencode({"q": words}) for words in two_words(random, count)]


def feeds(random, count):
    return ["/library/feed/?" + urlencode({"q": words}) for words in two_words(random, count)]


def country_pages(random, count):
    countries = sorted(set(published().exclude(countries=None).values_list("countries", flat=True)))
    return [f"/countries/{random.choice(countries).lower()}/" for _ in range(count)]


def topic_pages(random, count):
    topics = list(Topic.objects.order_by("code").values_list("slug", flat=True))
    return [f"/topics/{random.choice(topics)}/" for _ in range(count)]


def exports(form):
    """A thousand hits as a file, no two in a row of the same search."""
    kinds = ["publication", "news", "event"]
    return lambda _random, count: [f"/library/export/{form}/?kind={kinds[n % 3]}" for n in range(count)]


def big_file(_random, count):
    """A file of some megabytes with a publication; its content is noise behind the mark of a PDF."""
    file = ResourceFile.objects.filter(size=FILE_BYTES).select_related("resource").first()
    if file is None:
        noise = Random("bench:file").randbytes(FILE_BYTES - len(PDF_MARK))  # noqa: S311
        resource = published().filter(kind="publication").order_by("pk").first()
        file = add_file(resource, ContentFile(PDF_MARK + noise, name="report.pdf"))
    return [f"{file.resource.get_absolute_url()}files/{file.pk}/"] * count


def one(address):
    return lambda _random, count: [address] * count


ROWS = [
    Row("floor", "Floor: 20 rows of 18,000, bare Django", one("/"), server="floor"),
    Row(
        "floor_connecting", "The same, a new connection for each request", one("/"), server="floor_connecting"
    ),
    Row("list", "List with facets, uncached", some_filters, 2.0),
    Row("detail", "Detail page, uncached", details, 1.5),
    Row("search", "Two-word search with facets and highlights", searches, 3.0),
    Row("page_1", "List, pages 1 to 10", page(1)),
    Row("page_500", "List, pages 500 to 509", page(500), 1.3, beside="page_1"),
    Row("cached", "List for anonymous visitors, from the cache", front_of_library, 0.2, server="cached"),
    Row("home", "Home, uncached", one("/")),
    Row("country", "Country page, uncached", country_pages),
    Row("topic", "Topic page, uncached", topic_pages),
    Row("global_search", "Search over everything, two words", global_searches),
    Row("feed", "Atom feed of a two-word search", feeds),
    Row("static", "A style sheet", one("stylesheet")),
    Row("export_bibtex", "1,000 hits as BibTeX", exports("bibtex"), share=0.08),
    Row("export_ris", "1,000 hits as RIS", exports("ris"), share=0.08),
    Row("export_csv", "1,000 hits as CSV", exports("csv"), share=0.08),
    Row("file", "A file of 4 MB, from the portal", big_file, share=0.2),
    Row("file_part", "64 KB of it", big_file, headers=A_PART),
    Row("nginx_file", "The file, sent by nginx", big_file, server="nginx", share=0.2),
    Row("nginx_part", "64 KB of it, sent by nginx", big_file, server="nginx", headers=A_PART),
    Row("nginx_list", "List for anonymous visitors, from nginx", front_of_library, server="nginx"),
    Row("nginx_static", "A style sheet, sent by nginx", one("stylesheet"), server="nginx"),
]

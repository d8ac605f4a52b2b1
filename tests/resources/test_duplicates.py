"""Which records are of the same thing."""

import pytest

from resources.duplicates import Keys, find_duplicates, why_same
from resources.keys import title_key, url_key
from resources.models import Kind
from tests import make


def keys(
    title="Cash transfers and child health", kind=Kind.PUBLICATION, *, url="", dois=(), countries=(), **values
):
    return Keys(
        kind,
        title_key(title),
        url=url_key(url),
        dois=frozenset(dois),
        countries=frozenset(countries),
        **values,
    )


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (keys("A", dois=["10.1/x"]), keys("B", dois=["10.1/x"]), "doi"),
        (keys(year=2020), keys("CASH TRANSFERS, and child health.", year=2020), "title"),
        (keys(year=2020), keys(year=2021), ""),
        (keys(year=2020), keys(), "title"),
        (keys("Liberia", year=2020), keys("Liberia"), ""),
        (keys(year=2020, dois=["10.1/x"]), keys(year=2020, dois=["10.1/y"]), ""),
        (keys(year=2020, dois=["10.1371/j.0189"]), keys(year=2020, dois=["10.1371/j.0189533"]), "title"),
        (keys("One title", dois=["10.1371/j.0189"]), keys("Another", dois=["10.1371/j.0189533"]), ""),
        (keys(year=2020, distinct="w1"), keys(year=2020, distinct="w2"), ""),
        (
            keys("Do graduation programmes help?", url="https://x.org/a/?utm_source=y"),
            keys("Do graduation programs help?", url="http://www.x.org/a"),
            "address",
        ),
        (
            keys("Cash in Delhi", url="https://x.org/loi/1"),
            keys("Pensions in Peru", url="https://x.org/loi/1"),
            "",
        ),
        (keys("Same words here", url="https://x.org/"), keys("Same words there", url="https://x.org"), ""),
        (keys(year=2020), keys(kind=Kind.BLOG, year=2020), ""),
        (
            keys("Social Insurance", Kind.LAW, year=1946, countries=["HRV"]),
            keys("Social Insurance", Kind.LAW, year=1946, countries=["SVN"]),
            "",
        ),
        (
            keys("Boost", Kind.PROGRAMME, countries=["BLZ"], year=2011),
            keys("Boost", Kind.PROGRAMME, countries=["BLZ"]),
            "title",
        ),
        (
            keys("Boost", Kind.PROGRAMME, countries=["BLZ"]),
            keys("Boost", Kind.PROGRAMME, countries=["BLZ"], measure="emergency Cash transfer"),
            "",
        ),
    ],
)
def test_two_records_are_the_same_for_a_reason(one, other, reason):
    assert (why_same(one, other), why_same(other, one)) == (reason, reason)


def test_duplicates_of_a_new_record_are_found_in_the_library(db):
    by_doi = make.resource(title="Quite another title", identifiers=[("doi", "10.1596/978-1-4648-0543-1")])
    by_title = make.resource(title="The State of Social Safety Nets 2015")
    make.resource(title="The State of Social Safety Nets 2014")

    found = find_duplicates(
        kind=Kind.PUBLICATION,
        title="The state of social safety nets, 2015",
        doi="https://doi.org/10.1596/978-1-4648-0543-1",
        year=by_title.year,
    )

    assert sorted((resource.pk, reason) for resource, reason in found) == [
        (by_doi.pk, "doi"),
        (by_title.pk, "title"),
    ]

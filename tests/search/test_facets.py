"""What every engine promises about facets and filters."""

from datetime import date

import pytest

from search.documents import FACETS
from search.find import find
from tests import make


def pks(results):
    return [int(hit.pk) for hit in results.hits]


@pytest.fixture
def shelf(db):
    """Four resources: two of Malawi and Zambia on cash, one of Brazil on pensions in Portuguese, one of nowhere."""
    parent = make.topic("Social assistance")
    cash = make.topic("Cash transfers", parent=parent)
    pensions = make.topic("Pensions")
    ilo = make.organisation("ILO", slug="ilo")
    shelf = {
        "both": make.resource(title="Alpha", topics=[cash], countries=["MWI", "ZMB"], organisations=[ilo]),
        "event": make.resource(kind="event", title="Beta", topics=[cash, pensions], countries=["MWI"]),
        "brazil": make.resource(title="Gama", topics=[pensions], countries=["BRA"], language_code="pt"),
        "bare": make.resource(title="Delta", published_on=date(1999, 1, 1)),
    }
    type(shelf["bare"]).objects.filter(pk=shelf["bare"].pk).update(year=1999)
    type(shelf["both"]).objects.exclude(pk=shelf["bare"].pk).update(year=2024)
    return shelf


def test_every_facet_is_counted(index, shelf):
    index.sync()

    facets = find("", facets=FACETS).facets

    assert {name: dict(counts) for name, counts in facets.items()} == {
        "kind": {"publication": 3, "event": 1},
        "country": {"MWI": 2, "ZMB": 1, "BRA": 1},
        "region": {"SSF": 2, "LCN": 1},
        "income": {"LIC": 2, "LMC": 1, "UMC": 1},
        "topic": {"social-assistance": 2, "cash-transfers": 2, "pensions": 2},
        "language": {"en": 3, "pt": 1},
        "year": {"2024": 3, "1999": 1},
        "organisation": {"ilo": 1},
    }
    assert [count for _value, count in facets["country"]] == [2, 1, 1]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"kind": ["event"]}, {"event"}),
        ({"kind": "event"}, {"event"}),
        ({"country": ["MWI"]}, {"both", "event"}),
        ({"country": ["ZMB", "BRA"]}, {"both", "brazil"}),
        ({"region": ["SSF"], "income": ["LMC"]}, {"both"}),
        ({"topic": ["social-assistance"]}, {"both", "event"}),
        ({"topic": ["cash-transfers"], "kind": ["publication"]}, {"both"}),
        ({"language": ["pt"]}, {"brazil"}),
        ({"organisation": ["ilo"]}, {"both"}),
        ({"year": ["1999"]}, {"bare"}),
        ({"year": [1999, 2024]}, {"both", "event", "brazil", "bare"}),
        ({"year": (2000, 2030)}, {"both", "event", "brazil"}),
        ({"year": (None, 2000)}, {"bare"}),
        ({"year": (2030, 2000)}, set()),
        ({"country": ["XXX"]}, set()),
        ({"year": ["soon", "²"]}, set()),
        ({"kind": []}, {"both", "event", "brazil", "bare"}),
        ({"colour": ["red"]}, {"both", "event", "brazil", "bare"}),
    ],
)
def test_values_of_a_facet_widen_and_facets_narrow(index, shelf, filters, names):
    index.sync()

    results = find("", filters=filters)

    assert set(pks(results)) == {shelf[name].pk for name in names}
    assert results.total == len(names)


def test_a_facet_is_counted_without_its_own_filter_and_with_all_others(index, shelf):
    index.sync()

    facets = find(
        "", filters={"country": ["ZMB"], "kind": ["publication"]}, facets=("country", "kind", "topic")
    ).facets

    assert {name: dict(counts) for name, counts in facets.items()} == {
        "country": {"MWI": 1, "ZMB": 1, "BRA": 1},
        "kind": {"publication": 1},
        "topic": {"social-assistance": 1, "cash-transfers": 1},
    }


def test_counts_follow_the_words(index, shelf):
    index.sync()

    assert [find(text, facets=("kind",)).facets for text in ("beta", "nothing at all")] == [
        {"kind": [("event", 1)]},
        {"kind": []},
    ]

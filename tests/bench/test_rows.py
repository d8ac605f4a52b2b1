"""Every address that is measured is a page: a benchmark of errors would be a fast one."""

from random import Random

import pytest

from bench import rows
from bench.speed import Measured, line
from resources.volume import make_volume
from search import upkeep
from tests import make

OF_THE_PORTAL = [
    row for row in rows.ROWS if row.server == "uncached" and row.name not in ("static", "page_500")
]


@pytest.fixture
def volume(db):
    """A hundred made-up resources, indexed."""
    make.vocabulary()
    make_volume(100, seed=5)
    upkeep.rebuild()


@pytest.mark.parametrize("row", OF_THE_PORTAL, ids=lambda row: row.name)
def test_what_is_measured_is_a_page(volume, client, monkeypatch, row):
    if row.name == "page_1":
        row = rows.Row("page_1", row.label, lambda _random, count: [rows.library(page=1)] * count)

    addresses = row.addresses(Random(1), 4)

    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_the_same_seed_asks_for_the_same_pages(volume):
    for row in OF_THE_PORTAL:
        assert row.addresses(Random(7), 10) == row.addresses(Random(7), 10)


def test_searches_are_two_words_of_one_title(volume):
    for words in rows.two_words(Random(1), 10):
        assert len(words.split()) == 2


def test_a_row_says_whether_its_target_was_missed():
    met = Measured(
        name="list", label="List", cpu_ms=6.0, ratio=1.9, target=2.0, queries=1, wire_bytes=9, raw_bytes=40
    )
    missed = Measured(name="list", label="List", cpu_ms=6.0, ratio=2.1, target=2.0)

    assert (met.is_met, missed.is_met) == (True, False)
    assert "missed" not in line(met)
    assert line(missed).endswith("missed")


def test_every_target_of_the_speed_table_is_there():
    targets = {row.name: (row.target, row.beside) for row in rows.ROWS if row.target}

    assert targets == {
        "list": (2.0, "floor"),
        "detail": (1.5, "floor"),
        "search": (3.0, "floor"),
        "page_500": (1.3, "page_1"),
        "cached": (0.2, "floor"),
    }

"""The real vocabularies, and folders of a few literal rows."""

import csv

import pytest
from django.db import transaction

from resources.load.folder import Folder
from resources.load.report import Report
from resources.load.vocabulary import Vocabulary
from resources.load.writer import Writer
from vocabularies import actions

PUBLICATION = dict.fromkeys(
    [
        "id",
        "source",
        "title",
        "title_ar",
        "authors",
        "year",
        "month",
        "type",
        "container",
        "number",
        "publisher",
        "doi",
        "url",
        "language",
        "tags",
        "programme",
        "given_country",
        "derived_doi",
        "derived_url",
        "derived_countries",
        "derived_core_topic",
        "derived_duplicate_of",
    ],
    "",
)
PROGRAMME = dict.fromkeys(
    [
        "source",
        "source_ref",
        "iso3",
        "country_as_given",
        "name",
        "name_local",
        "kind",
        "category",
        "sub_category",
        "start",
        "end",
        "coverage",
        "coverage_unit",
        "coverage_year",
        "agency",
        "urls",
    ],
    "",
)
LAW = dict.fromkeys(
    [
        "source_ref",
        "iso3",
        "country_as_given",
        "year",
        "title",
        "title_specified",
        "scheme_type",
        "branch",
        "coverage_pct_labour_force",
        "sources",
    ],
    "",
)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The vocabularies as the shipped files say them, taken back after the file's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_vocabularies()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def vocabulary(loaded, db):
    return Vocabulary()


@pytest.fixture
def folder(tmp_path):
    """A function that writes rows to a CSV file of a data folder and gives the folder."""

    def write(path, *rows):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return Folder(tmp_path)

    return write


@pytest.fixture
def written(vocabulary):
    """A function that writes records as one set and gives the report."""

    def write(*records):
        report = Report()
        Writer(vocabulary, report).write("set", list(records))
        return report

    return write


def publication(ref="p1", title="Cash transfers in practice", source="grad_ftr", **values):
    return PUBLICATION | {"id": ref, "source": source, "title": title} | values


def programme(ref="r1", name="Bono Vida", source="lac_covid", **values):
    return PROGRAMME | {"source": source, "source_ref": ref, "name": name, "iso3": "HND"} | values


def law(ref="l1", title="Social Security Act", **values):
    return (
        LAW
        | {"source_ref": ref, "iso3": "AGO", "year": "1960", "title": title, "title_specified": "1"}
        | {"branch": "employment injury", "scheme_type": "social insurance"}
        | values
    )

"""Where `load_demo` reads from."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from resources.load.folder import SHIPPED
from resources.models import Resource


@pytest.mark.parametrize("content", [None, "empty"])
def test_a_path_without_data_is_refused_with_what_was_expected(db, tmp_path, content):
    path = tmp_path / "nowhere"
    if content:
        path.mkdir()

    with pytest.raises(CommandError) as refusal:
        call_command("load_demo", "--from", str(path))

    assert str(refusal.value).splitlines()[0] == (
        f"{path} holds none of the files to load. Expected some of:"
        if content
        else f"There is no folder {path}."
    )


def test_vocabularies_are_loaded_first_where_there_are_none(db):
    out = StringIO()

    call_command("load_demo", "--only", "samples", "--no-index", stdout=out)

    assert "Loading countries …" in out.getvalue().splitlines()
    assert Resource.objects.get(slug="ما-هي-أرضية-الحماية-الاجتماعية").language_id == "ar"


def test_the_shipped_lists_are_only_those_that_may_be_shipped():
    sources = {}
    for path in ("publications/publications.csv", "programmes/programmes.csv"):
        with (SHIPPED / path).open(encoding="utf-8") as file:
            sources[path] = {row["source"] for row in csv.DictReader(file)}

    assert sources == {
        "publications/publications.csv": {"nberwp", "idb"},
        "programmes/programmes.csv": {"lac_covid", "lac_precovid", "pcap_ctp"},
    }

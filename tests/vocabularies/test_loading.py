"""Loading the vocabularies from their files."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kit import generation
from tests import make
from vocabularies import actions, queries, snapshot
from vocabularies.load.files import DATA
from vocabularies.models import (
    Country,
    CountryAlias,
    IncomeClass,
    Language,
    Organisation,
    Region,
    Topic,
    TopicLabel,
)

pytestmark = pytest.mark.django_db
TABLES = [
    Region,
    Language,
    Country,
    Country.languages.through,
    CountryAlias,
    IncomeClass,
    Topic,
    TopicLabel,
    Organisation,
]


@pytest.fixture
def folder(tmp_path):
    """A copy of the files that a test may damage."""
    return shutil.copytree(DATA, tmp_path / "data")


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


def change_of(changes, name):
    found = next(change for change in changes if change.name == name)
    return found.created, found.updated, found.unchanged, found.removed


def replace(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_loading_again_changes_nothing():
    actions.load_vocabularies()
    before = rows()

    changes = actions.load_vocabularies()

    assert [(c.created, c.updated, c.removed) for c in changes] == [(0, 0, 0)] * 9
    assert [c.unchanged for c in changes] == [len(before[model]) for model in TABLES]
    assert rows() == before


def test_loading_again_asks_the_same_few_queries(django_assert_num_queries):
    actions.load_vocabularies()

    with django_assert_num_queries(16):
        actions.load_vocabularies()


def test_a_changed_row_is_updated_and_a_gone_one_removed(folder):
    actions.load_vocabularies(folder)
    replace(folder, "country_aliases.csv", "COD,Zaire\n", "")
    replace(folder, "regions.csv", "South Asia,Asie du Sud", "Southern Asia (World Bank),Asie du Sud")

    changes = actions.load_vocabularies(folder)

    assert change_of(changes, "country aliases")[3] == 1
    assert change_of(changes, "regions")[:2] == (0, 1)
    assert Region.objects.get(pk="SAS").name_en == "Southern Asia (World Bank)"
    assert queries.resolve_country("Zaire") is None


def test_a_topic_in_use_stays_when_its_file_drops_it(folder):
    actions.load_vocabularies(folder)
    make.resource(topics=[Topic.objects.get(slug="cash-plus")])
    areas = json.loads((folder / "topics.json").read_text())
    areas[0]["topics"] = [t for t in areas[0]["topics"] if t["slug"] not in ("cash-plus", "school-feeding")]
    (folder / "topics.json").write_text(json.dumps(areas))

    changes = actions.load_vocabularies(folder)

    topics = next(change for change in changes if change.name == "topics")
    assert (topics.removed, topics.kept) == (1, ["Cash plus"])
    assert Topic.objects.filter(slug="cash-plus").exists()


def test_organisations_of_other_origin_stay():
    make.organisation("Ministry of Gender, Malawi")

    actions.load_vocabularies()

    assert Organisation.objects.filter(name="Ministry of Gender, Malawi").exists()


def test_a_second_year_of_income_classes_is_kept_beside_the_first(folder):
    with (folder / "income_classes.csv").open("a") as file:
        file.write("ZMB,2021,LIC\n")

    actions.load_vocabularies(folder)

    classes = IncomeClass.objects.filter(country="ZMB").order_by("year")
    assert list(classes.values_list("year", "group")) == [(2021, "LIC"), (2026, "LMC")]


def test_the_command_shows_its_progress_and_what_it_did():
    out = StringIO()

    call_command("load_vocabularies", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line for line in lines if line.startswith("Loading")][:3] == [
        "Loading regions …",
        "Loading languages …",
        "Loading countries …",
    ]
    assert next(line for line in lines if line.startswith("countries")).split() == [
        "countries",
        "249",
        "0",
        "0",
        "0",
    ]


def test_the_command_can_check_without_loading():
    out = StringIO()

    call_command("load_vocabularies", "--check", stdout=out)

    assert out.getvalue() == "The files are in order: 9 tables.\n"
    assert Country.objects.count() == 0


HOSTILE = [
    ("countries.csv", "AFG", "AF", "countries.csv, row 4: “iso3” is 'AF', not a code of 3 capitals or digits."),
    ("countries.csv", ",AFG,", ",ARE,", "countries.csv, row 4: repeats row 3 (ARE)."),
    ("countries.csv", "Asia/Kabul", "Asia/Kabool", "countries.csv, row 4: “Asia/Kabool” is not a time zone."),
    ("countries.csv", ",IDA,0,1,1,0,Yes,Y", ",IDA,no,1,1,0,Yes,Y", "countries.csv, row 4: “g20” is 'no'; it must be 0 or 1."),
    ("countries.csv", ",LIC,IDA", ",POOR,IDA", "countries.csv, row 4: “income_code” is 'POOR', which is not known."),
    ("countries.csv", "33.83147477", "933.8", "countries.csv, row 4: “lat” is '933.8', out of range."),
    ("countries.csv", "42647492", "many", "countries.csv, row 4: “population” is 'many', not a number."),
    ("countries.csv", "42647492", "nan", "countries.csv, row 4: “population” is 'nan', not a number."),
    ("countries.csv", "iso2,iso3", "iso2,isoX", "countries.csv, row 1: has no column iso3."),
    ("countries.csv", "AF,AFG,004", "AF,AFG,004,", "countries.csv, row 4: has 37 cells; the header has 36."),
    ("countries.csv", "AF,AFG,004", 'AF,"AFG"x,004', "countries.csv, row 4: ',' expected after '\"'"),
    ("regions.csv", "015,m49,002", "015,m49,999", "regions.csv, row 14: “parent” is '999', which is not known."),
    ("regions.csv", "015,m49,002", "015,mars,002", "regions.csv, row 14: “scheme” is 'mars', which is not known."),
    ("languages.csv", "ady,Adyghe", "ady,", "languages.csv, row 3: “name_en” is empty."),
    ("languages.csv", "\nady,", "\nAdy,", "languages.csv, row 3: “Ady” is not a language code of two or three small letters."),
    ("country_aliases.csv", "ATG,Antigua", "ATG,Malawi", "country_aliases.csv, row 3: “Malawi” already stands for MWI."),
    ("country_aliases.csv", "ATG,Antigua", "ATG,…", "country_aliases.csv, row 3: “…” has no letter."),
    ("country_aliases.csv", "ATG,Antigua", "XKX,Kosovo", "country_aliases.csv, row 3: “iso3” is 'XKX', which is not known."),
    ("income_classes.csv", "AFG,2026,LIC", "AFG,2026,HIC", "income_classes.csv, row 3: AFG is 'HIC' in 2026, but countries.csv says 'LIC'."),
    ("income_classes.csv", "AFG,2026", "AFG,", "income_classes.csv, row 3: “year” is empty."),
    ("title_exceptions.csv", "Georgia,with others", "Georgia,sometimes", "title_exceptions.csv, row 2: “rule” is 'sometimes', which is not known."),
    ("organisations.csv", "https://www.ilo.org", "javascript:alert(1)", "organisations.csv, row 2: “javascript:alert(1)” is not a web address."),
    ("organisations.csv", "ILO,international", "ILO,planet", "organisations.csv, row 2: “type” is 'planet', which is not known."),
    ("topics.json", '"code": "1.2"', '"code": "1.1"', "topics.json, 1.1: stands twice."),
    ("topics.json", '"code": "1.2"', '"code": "2.9"', "topics.json, 2.9: does not belong below 1."),
    ("topics.json", '"code": "1.2"', '"code": "1.2.3"', "topics.json, 1.2.3: “code” must be a number such as 1 or 1.2."),
    ("topics.json", '"slug": "school-feeding"', '"slug": "cash-plus"', "topics.json, 1.11: has the slug of 1.5."),
    ("topics.json", '"slug": "school-feeding"', '"slug": "<script>"', "topics.json, 1.5: “slug” must be small letters, digits and hyphens."),
    ("topics.json", '"CCT"', '"UCT"', "topics.json, 1.2: “UCT” already stands for 1.1."),
    ("topics.json", '"CCT"', "12", "topics.json, 1.2: “acronyms” in en must be a list of short texts."),
    ("topics.json", '"categories": ["1.2"]', '"categories": ["9.9"]', "topics.json, 1.2: “categories” names a category that spj_categories.csv does not have."),
    ("topics.json", '"pt": "Alimentação escolar"', '"pt": ""', "topics.json, 1.5: needs a name in each of en, fr, es, pt, ar."),
    ("topics.json", '"pt": "Benefícios em dinheiro ou em espécie', '"xx": "Benefícios', "topics.json, 1: “description” needs a text in each of en, fr, es, pt, ar."),
    ("topics.json", '"narrower": {"es"', '"wider": {"es"', "topics.json, 1.3: has unknown keys: wider."),
    ("topics.json", '"code": "1",', '"code": "1"', "topics.json, row 3: Expecting ',' delimiter"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), HOSTILE)
def test_a_wrong_file_loads_nothing_and_is_named_with_its_row(folder, file, old, new, message):
    replace(folder, file, old, new)

    with pytest.raises(CommandError) as told:
        call_command("load_vocabularies", "--from", str(folder), verbosity=0)

    assert str(told.value) == f"Nothing was loaded. {message}"
    assert Country.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "regions.csv: is empty."),
        (b"code,scheme\n\xff\xfe", "regions.csv, row 2: is not UTF-8."),
        (b"code,scheme\n\n\0", "regions.csv, row 3: holds a null character."),
        (None, "regions.csv: cannot be read (No such file or directory)."),
    ],
)
def test_a_file_that_is_no_table_is_named(folder, content, message):
    (folder / "regions.csv").unlink()
    if content is not None:
        (folder / "regions.csv").write_bytes(content)

    with pytest.raises(CommandError) as told:
        call_command("load_vocabularies", "--from", str(folder), verbosity=0)

    assert str(told.value) == f"Nothing was loaded. {message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "topics.json: must be a list of areas."),
        ("{}", "topics.json: must be a list of areas."),
        ("[1]", "topics.json: every topic must be an object."),
        ("[" * 100_000, "topics.json: is nested too deeply."),
        (
            '[{"code": "1", "slug": "a", "name": []}]',
            "topics.json, 1: needs a name in each of en, fr, es, pt, ar.",
        ),
    ],
)
def test_topics_that_are_no_tree_are_refused(folder, content, message):
    (folder / "topics.json").write_text(content)

    with pytest.raises(CommandError) as told:
        call_command("load_vocabularies", "--from", str(folder), verbosity=0)

    assert str(told.value) == f"Nothing was loaded. {message}"


def test_a_table_saved_by_a_spreadsheet_loads_as_well(folder):
    text = (folder / "regions.csv").read_text(encoding="utf-8")
    (folder / "regions.csv").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))

    actions.load_vocabularies(folder)

    assert Region.objects.get(pk="SSF").name_fr == "Afrique subsaharienne"


def test_loading_tells_pages_kept_in_memory_that_they_are_old():
    before = generation.current()[0]

    snapshot.announce()

    assert generation.current()[0] != before

"""Tables: any dialect and encoding, columns by their names, spreadsheets that are not what they seem."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from resources import actions
from resources.intake import tables
from resources.intake.columns import guess
from resources.intake.entries import NotReadable
from resources.intake.texts import decode
from resources.models import Publication, Resource
from tests import make
from tests.resources.intake.bringing import bring, check, plan, titles, work

pytestmark = pytest.mark.django_db


def sheet(*rows, more=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in more:
        second = book.create_sheet(name)
        for row in others:
            second.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(encoding, name):
    text = "Titre;Année\nProtection sociale à l’école;2019\n"

    found = decode(text.encode(encoding))

    assert found == (text, name)


def test_an_encoding_that_cannot_be_guessed_can_be_chosen():
    text = "العنوان\nالحماية الاجتماعية"

    assert decode(text.encode("cp1256"), "cp1256")[0] == text
    with pytest.raises(NotReadable, match="byte 1 cannot be read"):
        decode(text.encode("cp1256"), "utf-8-sig")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_blank_lines_are_passed_over(delimiter):
    lines = [["Title", "Year"], [], ["Cash transfers", "2019"], ["", ""], ["Pensions", "2020"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    header, entries, _encoding = tables.read_csv(text.encode())

    assert header == ["Title", "Year"]
    assert [entry.data["cells"] for entry in entries] == [["Cash transfers", "2019"], ["Pensions", "2020"]]


def test_excels_own_first_line_is_no_header():
    header, entries, _encoding = tables.read_csv(b"sep=|\nTitle|Year\nPensions, old and new|2020\n")

    assert header == ["Title", "Year"]
    assert [entry.data["cells"] for entry in entries] == [["Pensions, old and new", "2020"]]


def test_columns_are_known_by_their_names_in_five_languages():
    header = [
        "Titre",
        "AUTHOR_1",
        "Author 2",
        "Année",
        "País",
        "الملخص",
        "Palavras-chave",
        "DOI",
        "Column 9",
        "Year",
    ]

    assert guess(header) == [
        "title",
        "authors",
        "authors",
        "year",
        "countries",
        "summary",
        "topics",
        "doi",
        "",
        "",
    ]


def test_a_row_becomes_a_record_with_all_its_parts(vocabulary):
    text = (
        "ID;Title;Authors;Date published;Country;Language;DOI;Link;Type;Publisher;Keywords;Abstract\n"
        "R-1;Cash in Malawi;Chirwa, Ephraim; Mwale, T.;2019-03-04;Malawi, Zambia;English;"
        "https://doi.org/10.1000/ABC;https://example.org/r1;Working paper;UNICEF;cash transfers;What it costs.\n"
    ).replace("Chirwa, Ephraim; Mwale, T.", '"Chirwa, Ephraim; Mwale, T."')

    job = bring(text)

    resource = Resource.objects.get()
    assert (resource.title, resource.status, resource.language_id, resource.published_on) == (
        "Cash in Malawi",
        "published",
        "en",
        date(2019, 3, 4),
    )
    assert [c.inverted for c in resource.contributors.all()] == ["Chirwa, Ephraim", "Mwale, T."]
    assert sorted(resource.countries.values_list("pk", flat=True)) == ["MWI", "ZMB"]
    assert [(i.scheme, i.value) for i in resource.identifiers.all()] == [("doi", "10.1000/abc")]
    assert resource.publication.type == Publication.Type.WORKING_PAPER
    assert [str(o.organisation_id and o.organisation) for o in resource.organisation_roles.all()] == [
        "UNICEF"
    ]
    assert [link.topic.slug for link in resource.topic_links.all()] == ["cash-transfers"]
    assert (resource.source, resource.source_ref, resource.summary) == ("list", "R-1", "What it costs.")
    assert job.rows.get().resource == resource


@pytest.fixture
def vocabulary():
    make.country("MWI")
    make.country("ZMB")
    make.topic("Cash transfers")


def test_what_was_not_understood_is_noted_beside_the_row(vocabulary):
    text = "Title,Date,Country,Link,DOI,Language,ISBN\nPensions for all,last summer,Atlantis,not here,11.1000,Klingon,123\n"

    job = check(text)

    assert plan(job) == [("created", "")]
    assert job.rows.get().notes == [
        ["date", "last summer"],
        ["language", "Klingon"],
        ["url", "not here"],
        ["country", "Atlantis"],
        ["doi", "11.1000"],
        ["isbn", "123"],
    ]


def test_a_row_without_a_usable_title_is_refused_with_the_reason():
    text = "Title,Year\n,2019\nreport_final_v2.pdf,2019\nPensions for all,2019\n"

    job = check(text)

    assert plan(job) == [("refused", "no_title"), ("refused", "bad_title"), ("created", "")]


def test_a_line_with_too_many_cells_is_named_and_the_next_is_read():
    text = "Title,Year\nPensions, old and new,2019,x\nCash for all,2020\n"

    job = check(text)

    assert [(row.outcome, row.reason, row.detail) for row in job.rows.all()] == [
        ("refused", "unreadable", "Line 2 has 4 cells, the table 2 columns."),
        ("created", "", ""),
    ]


def test_a_cell_without_an_end_is_named(settings):
    text = 'Title,Year\nCash for all,2020\n"Pensions' + "x" * 120_000

    job = check(text)

    assert plan(job) == [("created", ""), ("refused", "unreadable")]


def test_columns_are_corrected_and_the_rows_checked_anew(carla):
    job = check("What it says,When\nPensions for all,2019\n", by=carla)
    before = plan(job)

    actions.map_columns(job, ["title", "year"], by=carla)
    job = work(job)

    assert before == [("refused", "no_title")]
    assert (plan(job), titles(job), job.status) == ([("created", "")], ["Pensions for all"], "ready")


def test_zero_bytes_and_half_characters_do_not_reach_the_database():
    job = bring(
        'Title,Abstract\nPensions for all,"a\x00b\x07c\ud800\u202ed"\n'.encode("utf-8", "surrogatepass")
    )

    assert job.status == "done"
    assert Resource.objects.get().title == "Pensions for all"


def test_a_spreadsheet_is_read_as_people_see_it():
    content = sheet(
        ["Title", "Date", "Number", "Pages"],
        ["Pensions for all", date(2019, 3, 4), 7.0, "3–9"],
        [],
        ["Cash for all", datetime(2020, 5, 6, 7, 8), None, None],
    )

    header, entries, _encoding = tables.read_xlsx(io.BytesIO(content))

    assert header == ["Title", "Date", "Number", "Pages"]
    assert [entry.data["cells"] for entry in entries] == [
        ["Pensions for all", "2019-03-04", "7", "3–9"],
        ["Cash for all", "2020-05-06 07:08:00", "", ""],
    ]


def test_an_empty_first_sheet_is_passed_over_and_further_sheets_are_named():
    content = sheet(more=[("Records", [["Title"], ["Pensions for all"]]), ("Notes", [["to do"]])])

    job = check(content, "list.xlsx")

    assert [(row.title, row.outcome, row.detail) for row in job.rows.all()] == [
        ("Pensions for all", "created", ""),
        ("Notes", "refused", "Only the first sheet is read."),
    ]


def test_a_sheet_with_one_cell_a_million_rows_down_is_read_quickly():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "Title", "Pensions for all", "far away"
    content = io.BytesIO()
    book.save(content)

    job = check(content.getvalue(), "list.xlsx")

    assert titles(job) == ["Pensions for all"]


def test_a_spreadsheet_that_would_unpack_to_gigabytes_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _megabyte in range(120):
                part.write(b" " * 1024 * 1024)

    job = check(content.getvalue(), "list.xlsx")

    assert (job.status, job.problem) == (
        "failed",
        "Unpacked, this file would be far too large; it was refused.",
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", sheet(["Title"])[:400]])
def test_a_damaged_spreadsheet_fails_with_words(content):
    job = check(content, "list.xlsx")

    assert (job.status, job.rows.count()) == ("failed", 0)
    assert "damaged" in job.problem

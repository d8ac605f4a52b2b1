"""Citations: what we export, the libraries that read these formats read back equal."""

import csv
import json
from datetime import date
from html import unescape
from io import StringIO

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from resources.citations import files, styles
from resources.citations.csl import csl_item
from resources.models import Kind
from tests import make

PAPER = {
    "id": "publication-7",
    "type": "report",
    "title": "Shock-responsive cash transfers: 50% more & faster — la protección",
    "author": [
        {"family": "Chirwa", "given": "Esnart"},
        {"family": "dos Santos", "given": "Rui"},
        {"literal": "World Bank"},
    ],
    "issued": {"date-parts": [[2026, 11]]},
    "collection-title": "Working Papers",
    "number": "214",
    "genre": "Working paper",
    "publisher": "UNICEF and World Food Programme",
    "DOI": "10.3386/w0107",
    "URL": "https://example.org/papers?id=7&lang=en",
    "language": "en",
}
ARABIC = {
    "id": "publication-8",
    "type": "article-journal",
    "title": "الحماية الاجتماعية في الدول العربية",
    "author": [{"literal": "الإسكوا"}],
    "issued": {"date-parts": [[2017]]},
    "container-title": "مجلة",
    "language": "ar",
}


HOSTILE = [
    "Braces {in} a title",
    "Unbalanced } brace {",
    "100 % & more _ # $5",
    "مرحبا بالعالم: الحماية الاجتماعية 2024",
    "Math $x_2$ and \\alpha \\textbf{x}",
    "Quotes \"double\" 'single' `tick` ''two'' ``two``",
    "Tilde ~ and backslash \\",
    "a -- b --- c – d — e",
    "@article{x, title = {y}}",
    "Ünïcödé ñ ß ø Ł, 日本語タイトル, e\u0301",
    "<b>HTML</b> & &amp; <",
    "%",
    "ER - TY - BOOK",
    "A, B and C: and",
]


def read_bibtex(text):
    """The entries as a library reads them that knows TeX, by their keys."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return {entry.key: entry for entry in library.entries}


def test_bibtex_is_read_back_equal():
    read = read_bibtex(files.bibtex([PAPER, ARABIC]))

    assert {key: [entry[name] for name in ("title", "year", "author")] for key, entry in read.items()} == {
        "publication-7": [PAPER["title"], "2026", "Chirwa, Esnart and dos Santos, Rui and World Bank"],
        "publication-8": [ARABIC["title"], "2017", "الإسكوا"],
    }


@pytest.mark.parametrize("title", HOSTILE)
def test_any_title_is_read_back_equal_from_each_format(title):
    items = [{**PAPER, "title": title, "publisher": title}, {**ARABIC, "title": title}]

    tex = read_bibtex(files.bibtex(items))
    ris = rispy.loads(files.ris(items))
    rows = list(csv.DictReader(StringIO(files.table(items))))

    assert [entry["title"] for entry in tex.values()] == [title, title]
    assert tex["publication-7"]["institution"] == title
    assert [entry["title"] for entry in ris] == [title, title]
    assert [row["title"].removeprefix("'") for row in rows] == [title, title]
    assert json.loads(files.csl_json(items)) == items


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("style", styles.STYLES)
def test_any_title_stands_in_a_citation_as_it_is_written(style, title):
    cited = unescape(strip_tags(styles.cited({**PAPER, "title": title}, style)))

    letters = [c for c in title if c.isalnum()]
    assert "".join(letters).casefold() in "".join(c for c in cited if c.isalnum()).casefold()


def test_names_that_look_like_several_stay_one():
    people = [
        {"family": "O'Neil, Jr", "given": "A. {B}"},
        {"family": "Rock and Roll", "given": "Z"},
        {"literal": "Ministry of Health, Women and Children"},
    ]

    entry = parse_string(files.bibtex([{**PAPER, "author": people}]), "bibtex").entries["publication-7"]
    ris = rispy.loads(files.ris([{**PAPER, "author": people}]))[0]

    assert [" ".join(person.last_names) for person in entry.persons["author"]] == [
        "{O'Neil, Jr}",
        "{Rock and Roll}",
        "{Ministry of Health, Women and Children}",
    ]
    assert ris["authors"] == [
        "O'Neil Jr, A. {B}",
        "Rock and Roll, Z",
        "Ministry of Health, Women and Children",
    ]


def test_addresses_are_written_without_escapes_and_cannot_end_their_field():
    item = {**PAPER, "URL": 'https://example.org/a_b%20c?x=1&y={2}"#z~q', "DOI": "10.1000/a_b<c>(1)"}

    fields = parse_string(files.bibtex([item]), "bibtex").entries["publication-7"].fields

    assert fields["url"] == "https://example.org/a_b%20c?x=1&y=%7B2%7D%22#z~q"
    assert fields["doi"] == "10.1000/a_b<c>(1)"


def test_ris_is_read_back_equal():
    read = rispy.loads(files.ris([PAPER, ARABIC]))

    assert [(r["id"], r["type_of_reference"], r["title"], r["authors"], r["year"]) for r in read] == [
        (
            "publication-7",
            "RPRT",
            PAPER["title"],
            ["Chirwa, Esnart", "dos Santos, Rui", "World Bank"],
            "2026",
        ),
        ("publication-8", "JOUR", ARABIC["title"], ["الإسكوا"], "2017"),
    ]
    assert (read[0]["doi"], read[0]["urls"], read[0]["number"]) == ("10.3386/w0107", [PAPER["URL"]], "214")


def test_csl_json_is_read_back_equal():
    assert json.loads(files.csl_json([PAPER, ARABIC])) == [PAPER, ARABIC]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"])
def test_no_sign_begins_a_formula(sign):
    row = next(csv.DictReader(StringIO(files.table([{**PAPER, "title": f"{sign}1+1"}]), newline="")))

    assert row["title"] == f"'{sign}1+1"


def test_a_cell_is_never_a_formula():
    rows = list(
        csv.reader(
            StringIO(
                files.table(
                    [{**PAPER, "title": '=HYPERLINK("http://evil.example")', "publisher": "@SUM(A1)"}]
                )
            )
        )
    )

    assert (rows[1][2], rows[1][5]) == ('\'=HYPERLINK("http://evil.example")', "'@SUM(A1)")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "Chirwa, E., dos Santos, R., &amp; World Bank. (2026). <i>Shock-responsive cash transfers</i> (Working Paper No. 214; Working Papers)."
            " UNICEF and World Food Programme. https://doi.org/10.3386/w0107",
        ),
        (
            "harvard",
            "Chirwa, E., dos Santos, R. and World Bank (2026) <i>Shock-responsive cash transfers</i>.",
        ),
        (
            "chicago",
            "Chirwa, E., R. dos Santos, and World Bank. 2026. <i>Shock-responsive Cash Transfers</i>.",
        ),
        ("vancouver", "Chirwa E, dos Santos R, World Bank. Shock-responsive cash transfers"),
    ],
)
def test_a_citation_in_each_style(style, text):
    cited = styles.cited({**PAPER, "title": "Shock-responsive cash transfers"}, style)

    assert cited[: len(text)] == text


def test_markup_in_a_title_stays_text():
    cited = styles.cited({**PAPER, "title": "<script>alert(1)</script> <b>bold</b>"})

    assert "<script" not in cited
    assert "<b>" not in cited


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("style", styles.STYLES)
def test_every_kind_can_be_cited(kind, style):
    resource = make.resource(kind, title="Pensions for all", published_on=date(2021, 3, 4))

    cited = styles.cited(csl_item(resource, detail=None), style)

    assert "pensions for all" in cited.lower()
    assert "2021" in cited


@pytest.mark.django_db
def test_a_field_the_source_does_not_give_is_absent():
    resource = make.resource(title="Bare", published_on=date(1999, 1, 1), published_precision="year")

    item = csl_item(resource)

    assert item == {
        "id": f"publication-{resource.pk}",
        "type": "report",
        "title": "Bare",
        "language": "en",
        "issued": {"date-parts": [[1999]]},
        "URL": f"http://localhost:8000/library/publication/{resource.slug}/",
    }


@given(
    title=st.text(min_size=1, max_size=80).filter(str.strip),
    family=st.text(max_size=20),
    given_name=st.text(max_size=20),
)
def test_no_text_breaks_a_file(title, family, given_name):
    item = {
        **PAPER,
        "id": "publication-9",
        "title": title,
        "author": [{"family": family or "X", "given": given_name}],
    }

    tex = read_bibtex(files.bibtex([item, PAPER]))
    ris = rispy.loads(files.ris([item, PAPER]))
    rows = list(csv.reader(StringIO(files.table([item, PAPER]), newline="")))

    assert (len(tex), len(ris), len(rows)) == (2, 2, 3)

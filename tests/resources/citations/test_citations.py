"""Citations: what we export, the libraries that read these formats read back equal."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
import rispy
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


def read_bibtex(text):
    entries = parse_string(text, "bibtex").entries
    return {
        key: {
            "title": entry.fields["title"].replace("\\", ""),
            "year": entry.fields["year"],
            "authors": [
                " ".join([*p.first_names, *p.prelast_names, *p.last_names]).strip("{}")
                for p in entry.persons.get("author", [])
            ],
            "url": entry.fields.get("url", "").replace("\\", ""),
        }
        for key, entry in entries.items()
    }


def test_bibtex_is_read_back_equal():
    read = read_bibtex(files.bibtex([PAPER, ARABIC]))

    assert read == {
        "publication-7": {
            "title": PAPER["title"],
            "year": "2026",
            "authors": ["Esnart Chirwa", "Rui dos Santos", "World Bank"],
            "url": PAPER["URL"],
        },
        "publication-8": {"title": ARABIC["title"], "year": "2017", "authors": ["الإسكوا"], "url": ""},
    }


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
    item = {**PAPER, "title": title, "author": [{"family": family or "X", "given": given_name}]}

    parse_string(files.bibtex([item, PAPER]), "bibtex")
    ris = rispy.loads(files.ris([item, PAPER]))
    rows = list(csv.reader(StringIO(files.table([item, PAPER]), newline="")))

    assert len(ris) == 2
    assert len(rows) == 3

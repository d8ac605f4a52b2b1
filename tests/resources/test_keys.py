"""Keys by which records of one thing are recognised."""

import pytest

from resources.keys import normalise_doi, slug_for, title_key, url_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cash Transfers: A Review", "CASH TRANSFERS – a review."),
        ("Protección social en América", "Proteccion Social en America"),
        ("الحِماية الإجتماعية", "الحماية الاجتماعية"),
    ],
)
def test_titles_a_reader_calls_the_same_have_the_same_key(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1596/978-1-4648-0543-1", "10.1596/978-1-4648-0543-1"),
        ("DOI: 10.3386/W0107.", "10.3386/w0107"),
        ("No DOI", ""),
        ("", ""),
        ("doi:10.1/short", ""),
        ("(see 10.1000/xyz(2020)3;2-4)", "10.1000/xyz(2020)3;2-4"),
    ],
)
def test_a_doi_is_read_out_of_what_people_type(text, doi):
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.ilo.org/report/?utm_source=mail&b=2&a=1#top", "ilo.org/report?a=1&b=2"),
        ("http://ILO.org/report", "ilo.org/report"),
        ("ftp://ilo.org/file", ""),
        ("javascript:alert(1)", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_addresses_of_one_page_have_the_same_key(url, key):
    assert url_key(url) == key


def test_a_slug_is_cut_at_a_word():
    slug = slug_for("word " * 60, fallback="x")

    assert slug == "-".join(["word"] * 18)

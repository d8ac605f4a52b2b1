"""The formats of libraries: each entry by itself, and what cannot be read is named."""

from collections import Counter

import pytest

from resources.intake.bibtex import read_bibtex
from resources.intake.entries import NotReadable
from resources.intake.feeds import read_feed
from resources.intake.making import read_date
from resources.intake.marcxml import read_marcxml
from resources.intake.oai import read_oai
from resources.intake.reading import form_of
from resources.intake.ris import read_ris
from resources.models import Import, Resource
from tests import make
from tests.resources.intake.bringing import bring, check, plan, titles

pytestmark = pytest.mark.django_db
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def one(entries):
    [entry] = list(entries)
    return entry


def bibtex(text):
    return list(read_bibtex(text.encode())[0])


def ris(text):
    return list(read_ris(text.encode())[0])


def test_a_bibtex_entry_loses_its_tex():
    entry = one(
        bibtex(
            r"""@techreport{chirwa2019, author = {Chirwa, E. and {World Bank} and de la Fuente, Jos{\'e} and others},
            title = "The {PSNP} at 10\% \& more: caf{\'e}s", institution = {UNICEF}, year = 2019, month = mar,
            pages = {3--9}, url = {\url{https://example.org/a\_b}}, keywords = {cash, pensions}}"""
        )
    )

    assert (entry.ref, entry.unreadable) == ("chirwa2019", "")
    assert entry.data == {
        "title": "The PSNP at 10% & more: cafés",
        "type": ["techreport"],
        "people": [["Chirwa", "E.", ""], ["World Bank", "", "body"], ["de la Fuente", "José", ""]],
        "date": "March 2019",
        "publisher": ["UNICEF"],
        "url": ["https://example.org/a_b"],
        "topics": ["cash", "pensions"],
        "pages": "3–9",
    }


def test_a_broken_bibtex_entry_does_not_take_the_others_with_it():
    entries = bibtex(
        "@book{a, title={Pensions}}\n@book{b, author = , x\n@book{c, title={Cash}}\n@article{d, title = {Open"
    )

    assert [(e.ref, e.title, bool(e.unreadable)) for e in entries] == [
        ("a", "Pensions", False),
        ("b", "", True),
        ("c", "Cash", False),
        ("d", "", True),
    ]


def test_two_bibtex_entries_with_one_key_are_both_read():
    job = check("@book{x, title={Pensions for all}}\n@book{x, title={Cash for all}}", "list.bib")

    assert list(job.rows.values_list("ref", "title")) == [("x", "Pensions for all"), ("x#2", "Cash for all")]


def test_parts_take_over_what_their_book_says():
    entries = bibtex(
        "@incollection{part, crossref={whole}, title={Part}}\n@book{whole, title={Whole}, year={2001}, publisher={ILO}}"
    )

    assert entries[0].data["container"] == "Whole"
    assert (entries[0].data["date"], entries[0].data["publisher"]) == ("2001", ["ILO"])


def test_a_ris_reference_without_its_end_or_its_blanks_is_read():
    entries = ris(
        "TY  - RPRT\nTI  - Pensions\nER  - \n\nTY-JOUR\nTI-Cash\nAU-Chirwa, E\nER-\nTY  - BOOK\nTI  - Floors\n"
    )

    assert [(e.title, e.unreadable) for e in entries] == [("Pensions", ""), ("Cash", ""), ("Floors", "")]
    assert entries[1].data["authors"] == "Chirwa, E"


def test_a_ris_file_in_which_no_reference_begins_is_refused():
    with pytest.raises(NotReadable, match="no line starts with TY"):
        read_ris(b"TI  - Pensions\n")


@pytest.mark.parametrize("read", [read_marcxml, read_oai, read_feed])
def test_entities_of_strangers_are_not_expanded(read):
    content = f'<?xml version="1.0"?>{BOMB}<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'

    with pytest.raises(NotReadable, match="entities of its own"):
        read(content.encode())


MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>short</leader>
<controlfield tag="001">R1</controlfield><controlfield tag="008">190322s2017||||||||||||||||||||||||eng|d</controlfield>
<datafield tag="245" ind1=" " ind2=" "><subfield code="a">Pensions :</subfield><subfield code="b">for all /</subfield></datafield>
<datafield tag="246" ind1=" " ind2=" "><subfield code="a">المعاشات للجميع</subfield></datafield>
<datafield tag="100" ind1=" " ind2=" "><subfield code="a">Chirwa, Ephraim,</subfield></datafield>
<datafield tag="710" ind1=" " ind2=" "><subfield code="a">UNICEF.</subfield></datafield>
<datafield tag="856" ind1=" " ind2=" "><subfield code="u">https://example.org/r1</subfield></datafield>
</record></collection>"""


def test_a_marc_record_with_an_arabic_title_is_one_work_in_two_languages():
    make.language("ar")

    bring(MARC, "list.xml")

    assert sorted(Resource.objects.values_list("title", "language", "year")) == [
        ("Pensions: for all", "en", 2017),
        ("المعاشات للجميع", "ar", 2017),
    ]
    assert Resource.objects.values("work").distinct().count() == 1
    card = Resource.objects.get(language="en").card
    assert [language for language, _slug in card["versions"]] == ["ar"]
    assert card["by"] == "Chirwa, E.; UNICEF"


def test_a_record_its_provider_deleted_is_named_and_not_taken():
    content = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted">
    <identifier>oai:x:1</identifier></header></record></ListRecords></OAI-PMH>"""

    job = check(content, "answer.xml")

    assert plan(job) == [("refused", "deleted")]
    assert titles(job) == ["oai:x:1"]


def test_a_podcast_feed_becomes_multimedia_with_its_sound():
    content = """<rss version="2.0"><channel><language>en</language><item><title>Pensions &amp;amp; &lt;b&gt;cash&lt;/b&gt;</title>
    <link>https://example.org/1</link><guid>g1</guid><pubDate>Mon, 04 Mar 2019 10:00:00 GMT</pubDate>
    <description>&lt;p&gt;Words&lt;script&gt;bad()&lt;/script&gt;&lt;/p&gt;</description>
    <enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="1200"/></item></channel></rss>"""

    bring(content, "feed.xml", kind="multimedia")

    resource = Resource.objects.get()
    assert (resource.title, resource.summary, str(resource.published_on)) == (
        "Pensions & cash",
        "Words",
        "2019-03-04",
    )
    assert (resource.multimedia.enclosure_url, resource.multimedia.enclosure_size) == (
        "https://example.org/1.mp3",
        1200,
    )


@pytest.mark.parametrize(
    ("name", "start", "form"),
    [
        ("x", b"PK\x03\x04", "xlsx"),
        ("x.txt", b"% note\n@article{a,", "bibtex"),
        ("x.txt", b"\xef\xbb\xbf\r\nTY  - JOUR", "ris"),
        ("x", b"<?xml version='1.0'?><!-- c --><marc:collection", "marcxml"),
        ("x", b"<rdf:RDF>", "feed"),
        ("x", "Title;Year".encode("utf-16"), "csv"),
    ],
)
def test_the_format_is_known_by_the_content(name, start, form):
    assert form_of(name, start) == form


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"<html>", b"\xd0\xcf\x11\xe0old excel"])
def test_what_cannot_be_imported_is_refused_with_what_can(start):
    with pytest.raises(NotReadable, match=r"CSV|MARCXML"):
        form_of("x", start)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2019-03-04", "2019-03-04", "day"),
        ("1948/07//", "1948-07-01", "month"),
        ("05 Dec. 2017", "2017-12-05", "day"),
        ("04.03.2019", "2019-03-04", "day"),
        ("Mar 2019", "2019-03-01", "month"),
        ("c2017.", "2017-01-01", "year"),
        ("2019-03-04T10:00:00Z", "2019-03-04", "day"),
        ("2019-13-45", "2019-01-01", "year"),
        ("2017-2019", "None", "day"),
        ("31 February 2019", "2019-01-01", "year"),
        ("soon", "None", "day"),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(text, day, precision):
    assert tuple(map(str, read_date(text))) == (day, precision)


def outcomes_of(folder, pattern):
    """{file: outcomes of its rows, or the problem}."""
    found = {}
    for path in sorted(folder.glob(pattern)):
        try:
            job = check(path.read_bytes(), path.name, source=path.name)
        except NotReadable as error:
            found[path.name] = str(error)
            continue
        found[path.name] = Counter(o for o, _reason in plan(job)) if job.status == "ready" else job.problem
    return found


def sums(found):
    counts = Counter()
    for one_file in found.values():
        counts.update(one_file if isinstance(one_file, Counter) else {"unreadable": 1})
    return dict(counts)


@pytest.mark.parametrize(
    ("pattern", "files", "expected"),
    [
        ("bibtex/*.bib", 45, {"created": 77, "merged": 5, "refused": 22, "unreadable": 4}),
        ("ris/*.ris", 10, {"created": 11, "merged": 3, "refused": 4}),
        ("marcxml/*.xml", 1, {"created": 238, "refused": 8}),
        ("oai_pmh/*.xml", 15, {"created": 4, "refused": 3, "unreadable": 11}),
        ("feeds/**/*.xml", 45, {"created": 5, "refused": 22, "unreadable": 18}),
        ("wb_documents/*.csv", 1, {"created": 410, "refused": 39}),
        ("zoom/*.csv", 3, {"refused": 268}),
    ],
)
def test_every_file_of_the_collections_is_read_or_named(shared_data, pattern, files, expected):
    for code in ("ar", "fr", "es", "pt"):
        make.language(code)

    found = outcomes_of(shared_data / "testcorpora", pattern)

    assert (len(found), sums(found)) == (files, expected)
    assert Resource.objects.count() == 0
    assert Import.objects.filter(status__in=["reading", "checking"]).count() == 0

"""What a registry and a file say of a document, and what is made of answers that are wrong, slow, large or hostile."""

import json
import time
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from resources.metadata import registry
from resources.metadata.found import Found, person
from resources.metadata.front import authors_of, read_front, title_of
from resources.metadata.gather import gather
from resources.metadata.registry import Crossref, Unavailable
from tests.resources.contribution.registry import drip, serving, works
from tests.resources.files.test_files import pdf_with


def find(answers, doi="10.1000/cash"):
    with serving(answers) as (address, asked):
        return Crossref(address, "editors@example.org").find(doi), asked


def test_a_registry_tells_title_authors_date_and_place():
    found, _asked = find(works())

    assert found == Found(
        title="Cash & care in Malawi",
        summary="What was paid.",
        url="https://doi.org/10.1000/cash",
        doi="10.1000/cash",
        language="en",
        published_on=date(2021, 5, 1),
        published_precision="month",
        type="journal_article",
        container="Journal of Transfers",
        volume="12",
        number="3",
        pages="1-20",
        contributors=[
            {"family_name": "Banda", "given_name": "Chikondi", "is_body": False, "role": "author"},
            {"family_name": "Cash Working Group", "given_name": "", "is_body": True, "role": "author"},
        ],
        publisher="United Nations Children's Fund",
    )


def test_an_unknown_doi_is_unknown():
    assert find({})[0] is None


@pytest.mark.parametrize("doi", ["10.1000/../../admin", "10.1000/x?a=b#c", "10.1000/é @evil.example/"])
def test_whatever_a_doi_holds_stays_one_part_of_the_path(doi):
    _found, asked = find({}, doi)

    assert [path.count("/") for path in asked] == [2]
    assert asked[0].startswith("/works/10.1000%2F")
    assert "?" not in asked[0]


@pytest.mark.parametrize(
    "message",
    [
        [],
        "text",
        None,
    ],
)
def test_an_answer_of_another_shape_is_no_answer(message):
    body = json.dumps({"message": message}).encode()

    with pytest.raises(Unavailable):
        find({"/works/10.1000%2Fcash": (200, {}, body)})


@pytest.mark.parametrize(
    "changes",
    [
        {"title": []},
        {"title": "text", "author": "text", "published": "text", "abstract": 3},
        {"title": [None], "author": [[]], "published": {"date-parts": [[None]]}, "page": {}},
        {"title": ["\x00"], "published": {"date-parts": [[99999]]}, "author": [{"family": ["x"]}]},
    ],
)
def test_parts_that_are_not_what_they_should_be_are_left_out(changes):
    found, _asked = find(works(**changes))

    assert (found.title, found.doi) in [("", "10.1000/cash")]
    assert found.container == "Journal of Transfers"


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>"),
        (200, {}, b"[" * 100_000),
        (500, {}, b"{}"),
        (302, {"Location": "http://127.0.0.1:1/latest/meta-data/"}, b""),
        (200, {}, b" " * (registry.MOST_BYTES + 1)),
    ],
    ids=["no JSON", "nested", "broken", "redirect", "too long"],
)
def test_an_answer_that_cannot_be_used_is_told(answer):
    with pytest.raises(Unavailable):
        find({"/works/10.1000%2Fcash": answer})


def test_a_redirect_to_a_private_address_is_not_followed():
    with serving({"/secret": (200, {}, b"{}")}) as (inner, asked_inside):
        moved = (302, {"Location": f"{inner.replace('127.0.0.1', 'localhost')}/secret"}, b"")
        with pytest.raises(Unavailable, match="private"):
            find({"/works/10.1000%2Fcash": moved})

    assert asked_inside == []


def test_a_registry_that_drips_is_left_in_time(monkeypatch):
    monkeypatch.setattr(registry, "SECONDS", 0.4)
    begun = time.monotonic()

    with pytest.raises(Unavailable):
        find({"/works/10.1000%2Fcash": drip})

    assert time.monotonic() - begun < 3


def test_a_registry_that_is_away_is_told():
    with pytest.raises(Unavailable), override_settings(FETCH_INSIDE=["127.0.0.1"]):
        Crossref("http://127.0.0.1:9999").find("10.1000/cash")


def test_a_registry_at_a_private_address_is_asked_only_where_the_site_says_so():
    with (
        serving(works()) as (address, asked),
        override_settings(FETCH_INSIDE=[]),
        pytest.raises(Unavailable, match="private"),
    ):
        Crossref(address).find("10.1000/cash")

    assert asked == []


def test_a_pdf_tells_its_largest_words_and_its_doi(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_with("Cash transfers in Malawi 10.1000/CASH"))

    found = read_front(path)

    assert (found.title, found.doi) == ("Cash transfers in Malawi 10.1000/CASH", "10.1000/cash")


@pytest.mark.parametrize("content", [b"%PDF-1.4\nrubbish", pdf_with("x")[:200], b"%PDF-"])
def test_a_broken_pdf_tells_nothing(tmp_path, content):
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)

    assert read_front(path) == Found(published_precision="year")


@pytest.mark.parametrize(
    ("given", "lines", "title"),
    [
        ("A fair deal for all", [[20, "Large words here"]], "A fair deal for all"),
        ("Microsoft Word - draft3.doc", [[20, "Large words here"], [9, "small"]], "Large words here"),
        (
            "report_final.indd",
            [[20.0, "Two lines"], [19.5, "of one title"], [9, "x"]],
            "Two lines of one title",
        ),
        ("", [], ""),
        ("", [[12, "x"]], ""),
    ],
)
def test_what_a_program_wrote_is_no_title(given, lines, title):
    assert title_of(given, lines) == title


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("Chikondi Banda; Tiyamike Mwale", ["Banda", "Mwale"]),
        ("Banda, Chikondi", ["Banda"]),
        ("C. Banda, T. Mwale, A. Phiri", ["Banda", "Mwale", "Phiri"]),
        ("user", []),
        ("HP", []),
        ("someone@example.org", []),
    ],
)
def test_authors_are_people_and_not_log_in_names(given, names):
    assert [row["family_name"] for row in authors_of(given)] == names


def test_a_name_is_read_either_way_round():
    assert person("Maria da Silva") == {"family_name": "Silva", "given_name": "Maria da"}
    assert person("da Silva, Maria") == {"family_name": "da Silva", "given_name": "Maria"}


def test_the_doi_of_a_file_is_asked_for_and_the_registry_goes_before_the_file(settings):
    file = SimpleUploadedFile("report.pdf", pdf_with("Draft words 10.1000/cash"))

    with serving(works()) as (address, asked):
        settings.CROSSREF_URL = address
        found, came_to = gather(file=file)

    assert (came_to, found.title, asked) == ("found", "Cash & care in Malawi", ["/works/10.1000%2Fcash"])


def test_without_the_registry_the_file_still_tells(settings):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    file = SimpleUploadedFile("report.pdf", pdf_with("Draft words of a report"))

    found, came_to = gather(doi="10.1000/cash", file=file)

    assert (came_to, found.title, found.doi) == ("away", "Draft words of a report", "10.1000/cash")


def test_a_site_that_asks_no_registry_asks_none(settings):
    settings.CROSSREF_URL = ""

    assert gather(doi="10.1000/cash") == (Found(), "")

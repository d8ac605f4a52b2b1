"""The references of the brief, the samples, and a list of project documents."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from kit.text import fold
from resources.load import brief, documents, samples
from resources.load.folder import Folder
from resources.load.records import Skipped

DOCUMENT = dict.fromkeys(
    [
        "id",
        "title",
        "docdt",
        "docty",
        "majdocty",
        "volnb",
        "totvolnb",
        "url",
        "lang",
        "country",
        "author",
        "publisher",
    ],
    "",
)


def document(title, **values):
    return DOCUMENT | {"id": "1", "title": title, "docdt": "2025-09-24", "lang": "English"} | values


@pytest.fixture
def read_documents(folder, vocabulary):
    return lambda *rows: documents.read(folder(documents.FILE, *rows), vocabulary)


def test_a_reference_to_an_article_is_taken_apart(vocabulary):
    records = {r.title: r for r in brief.read(Folder(), vocabulary)}

    article = records["Matching Knowledge Brokering Strategies to Environmental Policy Problems and Settings"]
    assert article.detail == {
        "type": "journal_article",
        "container": "Environmental Science & Policy",
        "volume": "12",
        "number": "7",
        "pages": "994-1011",
    }
    assert article.contributors == [{"family_name": "Michaels", "given_name": "S.", "is_body": False}]
    ozone = records["Ozone Discourses: Science and Politics in Global Environmental Cooperation"]
    assert ozone.contributors == [{"family_name": "Litfin", "given_name": "K. T.", "is_body": False}]
    nets = records["The State of Social Safety Nets 2015"]
    assert (nets.organisations, nets.identifiers) == (
        [("World Bank", "author")],
        [("doi", "10.1596/978-1-4648-0543-1")],
    )


def test_samples_are_marked_and_their_versions_point_at_the_english_one(vocabulary):
    records = {r.ref: r for r in samples.read(Folder(), vocabulary)}

    assert {r.is_sample for r in records.values()} == {True}
    floor = [r for ref, r in records.items() if ref.startswith("what-is-a-social-protection-floor")]
    assert sorted((r.language, r.translation_of) for r in floor) == [
        ("ar", "what-is-a-social-protection-floor.en"),
        ("en", ""),
        ("es", "what-is-a-social-protection-floor.en"),
        ("fr", "what-is-a-social-protection-floor.en"),
        ("pt", "what-is-a-social-protection-floor.en"),
    ]
    webinar = records["sample-webinar-reading-household-surveys.en"]
    assert webinar.detail["starts_at"] == datetime(2027, 2, 16, 13, tzinfo=UTC)


def test_every_topic_country_and_organisation_of_a_sample_is_known(vocabulary):
    for record in samples.read(Folder(), vocabulary):
        assert all(topic in vocabulary.topic_slugs for topic in record.topics), record.ref
        assert set(record.countries) <= vocabulary.countries.keys(), record.ref
        assert [
            name for name, _role in record.organisations if fold(name) not in vocabulary.organisations
        ] == []


def test_country_region_and_number_before_the_title_of_a_document_are_dropped(read_documents):
    (record,) = read_documents(
        document(
            "Ecuador - LATIN AMERICA AND CARIBBEAN- P180688- Strengthening Schools Project - Procurement Plan",
            country="Ecuador",
        )
    )

    assert (record.title, record.countries, record.published_on) == (
        "Strengthening Schools Project - Procurement Plan",
        ["ECU"],
        date(2025, 9, 24),
    )


def test_a_document_of_the_future_keeps_its_year_and_a_file_name_is_no_title(read_documents, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 23))

    future, file, twice = read_documents(
        document("Agreement for Ghana", docdt="2026-12-31"),
        document("Loan Agreement for Loan 9619-BR.pdf", id="2"),
        document("Agreement for Ghana", id="2"),
    )

    assert (future.published_on, future.precision, future.notes) == (
        date(2026, 1, 1),
        "year",
        ["date 2026-12-31 lies in the future: only its year kept"],
    )
    assert file == Skipped(
        "wb_documents", "2", "Loan Agreement for Loan 9619-BR.pdf", "the title is a file name"
    )
    assert twice.why == "stands twice in the list"


def test_a_byte_order_mark_does_not_hide_the_first_column(tmp_path):
    (tmp_path / "list.csv").write_bytes(b"\xef\xbb\xbfid,title\r\n1, A title \r\n2\r\n")

    assert Folder(tmp_path).rows("list.csv") == [{"id": "1", "title": "A title"}, {"id": "2", "title": ""}]

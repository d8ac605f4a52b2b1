"""What a list shows of a resource."""

from datetime import date

import pytest
from django.utils import translation

from resources import queries
from resources.models import Kind, Status
from resources.templatetags.library import resource_list, short_list
from search.results import Hit
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_of_rows_costs_one_query(count, django_assert_num_queries):
    made = [make.resource(countries=["MWI"], organisations=[make.organisation()]) for _ in range(count)]
    queries.rows(made)

    with django_assert_num_queries(1):
        rows = queries.rows(made)

    assert len(rows) == count


def test_rows_keep_the_order_of_what_was_found_and_leave_out_what_is_hidden():
    first, hidden, last = make.resource(), make.resource(status=Status.WITHDRAWN), make.resource()

    rows = queries.rows([last, hidden, first])

    assert [row.pk for row in rows] == [last.pk, first.pk]


def test_a_hit_shows_its_marked_words_and_a_resource_its_own():
    resource = make.resource(title="Cash & <b>care</b>", summary="A & B")
    hit = Hit("resources.resource", str(resource.pk), title="<mark>Cash</mark> &amp; care", snippet="")

    assert [(row.title, row.text) for row in queries.rows([hit])] == [
        ("<mark>Cash</mark> &amp; care", "A &amp; B")
    ]
    assert [row.title for row in queries.rows([resource])] == ["Cash &amp; &lt;b&gt;care&lt;/b&gt;"]


@pytest.mark.parametrize(
    ("precision", "language", "shown"),
    [
        ("day", "en", "7 Nov 2026"),
        ("month", "en", "Nov 2026"),
        ("year", "en", "2026"),
        ("month", "fr", "nov 2026"),
        ("day", "es", "7 nov 2026"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision, language, shown):
    with translation.override(language):
        assert queries.date_in_brief(date(2026, 11, 7), precision, language) == shown


def test_a_programme_names_its_country_and_agency_and_tells_its_facts():
    made = make.resource(
        Kind.PROGRAMME,
        countries=["MWI"],
        detail={
            "sub_type": "Cash transfer",
            "started_year": 2006,
            "agency": "Ministry of Gender",
            "coverage": 1234567,
            "coverage_unit": "people",
            "coverage_year": 2022,
        },
    )

    (row,) = queries.rows([made])

    assert (row.type, row.by) == ("Programme profile", "Malawi · Ministry of Gender")
    assert row.facts == ["Cash transfer", "Since 2006", "1,234,567 people covered in 2022", "English"]


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("% of population", "27.2% of the population"),
        ("households", "27.2 households"),
        ("goats", "27.2 goats"),
    ],
)
def test_coverage_is_told_with_its_unit(unit, words):
    made = make.resource(
        Kind.PROGRAMME, detail={"coverage": "27.2", "coverage_unit": unit, "coverage_year": 2019}
    )

    (row,) = queries.rows([made])

    assert row.facts == [f"{words} covered in 2019", "English"]


@pytest.mark.parametrize(
    ("kind", "detail", "type_name", "facts"),
    [
        (
            Kind.LAW,
            {"instrument": "act", "force": "in_force", "branch": "Old age"},
            "Act or law",
            ["In force", "Old age"],
        ),
        (
            Kind.PUBLICATION,
            {"type": "working_paper", "container": "Series", "is_peer_reviewed": True},
            "Working paper",
            ["Series", "Peer reviewed"],
        ),
        (
            Kind.JOB,
            {"employer": "UNICEF", "closes_on": date(2026, 12, 4)},
            "Job",
            ["UNICEF", "Closes 4 December 2026"],
        ),
        (
            Kind.EVENT,
            {"starts_on": date(2022, 3, 16), "ends_on": date(2022, 3, 17), "place": "Lilongwe"},
            "Event",
            ["16 to 17 March 2022", "Online", "Lilongwe"],
        ),
        (
            Kind.MULTIMEDIA,
            {"type": "podcast", "duration_seconds": 5040, "transcript": "Hello"},
            "Podcast",
            ["1 h 24 min", "Transcript"],
        ),
        (
            Kind.DATABASE,
            {"owner": "ILO", "period": "2000 to 2024"},
            "Database",
            ["Open", "ILO", "2000 to 2024"],
        ),
    ],
)
def test_each_kind_tells_its_own_facts(kind, detail, type_name, facts):
    (row,) = queries.rows([make.resource(kind, detail=detail)])

    assert (row.type, row.facts) == (type_name, [*facts, "English"])


def test_a_title_in_another_language_says_so_and_keeps_its_direction():
    arabic = make.resource(title="الحماية الاجتماعية", language_code="ar", summary="نص")
    english = make.resource(title="Social protection", summary="Text")

    with translation.override("en"):
        html = resource_list(queries.rows([arabic, english], "en"))

    assert html.count(' lang="ar" dir="rtl"') == 2
    assert html.count('lang="en"') == 0


def test_a_row_links_the_other_languages_of_the_work():
    portuguese = make.resource(title="Proteção", language_code="pt")
    english = make.resource(title="Protection", work=portuguese.work)

    html = resource_list(queries.rows([english], "en"))

    assert f'<a href="{portuguese.get_absolute_url()}" hreflang="pt">Portuguese</a>' in html


def test_nothing_a_resource_says_becomes_markup():
    evil = "<script>alert(1)</script>"
    made = make.resource(
        Kind.PROGRAMME,
        title=evil,
        summary=evil,
        organisations=[make.organisation(evil)],
        detail={"agency": evil, "sub_type": evil},
    )

    html = resource_list(queries.rows([made])) + short_list(queries.rows([made]), with_type=True)

    assert html.count("&lt;script&gt;") >= 6
    assert "<script" not in html


def test_names_in_another_script_keep_their_direction_from_right_to_left():
    made = make.resource(Kind.PROGRAMME, countries=["MWI"], detail={"agency": "Ministry of Gender."})

    with translation.override("ar"):
        html = resource_list(queries.rows([made], "ar"))

    assert '<p class="resource__by"><bdi>Malawi</bdi> · <bdi>Ministry of Gender.</bdi></p>' in html

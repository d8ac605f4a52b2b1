"""Writing records: duplicates, versions, what a second load leaves alone."""

from datetime import date

import pytest

from resources import actions
from resources.cards import make_card
from resources.load.records import Record
from resources.load.report import Report
from resources.load.writer import Writer
from resources.models import Kind, Resource, SourceRecord, Status, Work
from search.models import IndexRequest
from vocabularies.models import Organisation


def paper(ref="1", title="Cash transfers and child health in Malawi", **values):
    return Record(kind=Kind.PUBLICATION, source="first", ref=ref, title=title, **values)


def in_year(year):
    return {"published_on": date(year, 1, 1), "precision": "year", "year": year}


def outcomes(report):
    return {outcome: number for outcome, number in report.counts["set"].items() if number}


def test_a_record_becomes_a_published_resource_with_all_its_parts(written):
    report = written(
        paper(
            **in_year(2020),
            url="https://example.org/paper",
            contributors=[{"family_name": "Chirwa", "given_name": "Ellen", "is_body": False}],
            organisations=[("UNICEF", "publisher"), ("Example Research Institute of Zomba", "author")],
            countries=["MWI"],
            topics=["1.2"],
            identifiers=[("doi", "10.1000/x")],
            other_languages=["pt"],
            detail={"type": "report", "number": "7"},
        )
    )

    resource = Resource.objects.get()
    assert outcomes(report) == {"created": 1}
    assert (resource.status, resource.slug, resource.language_id, resource.sort_on) == (
        Status.PUBLISHED,
        "cash-transfers-and-child-health-in-malawi",
        "en",
        date(2020, 1, 1),
    )
    assert [str(c) for c in resource.contributors.all()] == ["Ellen Chirwa"]
    assert [(o.organisation.name, o.role) for o in resource.organisation_roles.all()] == [
        ("United Nations Children's Fund", "publisher"),
        ("Example Research Institute of Zomba", "author"),
    ]
    assert [c.pk for c in resource.countries.all()] == ["MWI"]
    assert sorted((t.topic.slug, t.is_derived) for t in resource.topic_links.all()) == [
        ("cash-transfers", True),
        ("children", True),
        ("conditional-cash-transfers", False),
    ]
    assert [(i.scheme, i.value) for i in resource.identifiers.all()] == [("doi", "10.1000/x")]
    assert [language.pk for language in resource.other_languages.all()] == ["pt"]
    assert (resource.publication.type, resource.publication.number) == ("report", "7")
    assert resource.card == make_card(resource)


def test_an_organisation_nobody_knows_is_made_with_a_type(written):
    written(paper(organisations=[("Example Research Institute of Zomba", "publisher")]))

    made = Organisation.objects.get(name="Example Research Institute of Zomba")
    assert (made.type, made.slug) == ("research", "example-research-institute-of-zomba")


def test_the_same_doi_in_two_sources_is_one_resource_with_what_either_knows(written):
    report = written(
        paper("a", identifiers=[("doi", "10.1000/x")], countries=["MWI"]),
        paper(
            "b",
            "Cash and health",
            **in_year(2021),
            identifiers=[("doi", "10.1000/x"), ("isbn", "978-1")],
            countries=["ZMB"],
            organisations=[("UNICEF", "publisher")],
            url="https://example.org/b",
            contributors=[{"family_name": "Mwale", "given_name": "T", "is_body": False}],
            detail={"type": "report"},
        ),
    )

    resource = Resource.objects.get()
    assert outcomes(report) == {"created": 1, "merged": 1}
    assert (resource.title, resource.url, resource.year) == (
        "Cash transfers and child health in Malawi",
        "https://example.org/b",
        2021,
    )
    assert sorted(c.pk for c in resource.countries.all()) == ["MWI", "ZMB"]
    assert sorted(i.value for i in resource.identifiers.all()) == ["10.1000/x", "978-1"]
    assert [str(c) for c in resource.contributors.all()] == ["T Mwale"]
    assert resource.publication.type == "report"
    assert [(line.ref, line.outcome, line.why, line.into) for line in report.lines] == [
        ("b", "merged", "same DOI", "publication/cash-transfers-and-child-health-in-malawi")
    ]
    assert sorted(SourceRecord.objects.values_list("ref", "is_merged")) == [("a", False), ("b", True)]


def test_a_merge_changes_nothing_that_is_there_already(written):
    written(paper("a", **in_year(2020), url="https://example.org/a", detail={"type": "report"}))

    written(
        paper("b", **in_year(2020), url="https://example.org/b", detail={"type": "thesis", "number": "3"})
    )

    resource = Resource.objects.get()
    assert (resource.url, resource.publication.type, resource.publication.number) == (
        "https://example.org/a",
        "report",
        "3",
    )
    assert resource.card == make_card(resource)


def test_a_duplicate_the_source_names_is_merged_when_the_years_fit(written):
    report = written(
        paper("a", "Graduation in Ethiopia", **in_year(2019)),
        paper("b", "Graduating in Ethiopia", **in_year(2020), duplicate_of="a"),
        paper("c", "Graduated in Ethiopia", **in_year(2013), duplicate_of="a"),
    )

    assert outcomes(report) == {"created": 2, "merged": 1}


def test_papers_with_the_same_title_and_other_numbers_stay_apart(written):
    written(
        paper("a", "Medicaid", **in_year(2019), distinct="w1", detail={"number": "w1"}),
        paper("b", "Medicaid", **in_year(2019), distinct="w2", detail={"number": "w2"}),
    )

    assert sorted(Resource.objects.values_list("slug", flat=True)) == ["medicaid", "medicaid-2"]


def test_language_versions_share_a_work_and_name_each_other(written):
    written(
        paper("a", "Rethinking fiscal policy", **in_year(2017)),
        paper("a#ar", "إعادة النظر في السياسة المالية", language="ar", translation_of="a", **in_year(2017)),
    )

    english, arabic = Resource.objects.order_by("-language")
    assert english.work_id == arabic.work_id
    assert Work.objects.count() == 1
    assert english.card["versions"] == [["ar", arabic.slug]]
    assert arabic.card["versions"] == [["en", "rethinking-fiscal-policy"]]
    assert [r.card for r in (english, arabic)] == [make_card(english), make_card(arabic)]


def test_a_version_that_comes_in_a_later_load_joins_the_work_and_its_card(written):
    written(paper("a", "Rethinking fiscal policy"))

    written(paper("a#fr", "Repenser la politique fiscale", language="fr", translation_of="a"))

    english = Resource.objects.get(language="en")
    assert english.card["versions"] == [["fr", "repenser-la-politique-fiscale"]]
    assert english.card == make_card(english)


def test_an_amendment_points_at_its_law(written):
    law = {"kind": Kind.LAW, "source": "gwip", "countries": ["AGO"]}
    written(
        Record(ref="1", title="Labor Code", **law, **in_year(1950), detail={"force": "amended"}),
        Record(ref="2", title="Labor Code Amendment", **law, **in_year(1958), amends="1"),
    )

    amendment = Resource.objects.get(title="Labor Code Amendment")
    assert (amendment.slug, amendment.legalframework.amends.title) == (
        "labor-code-amendment-angola-1958",
        "Labor Code",
    )


def test_a_second_load_of_the_same_rows_writes_nothing(written, django_assert_num_queries):
    rows = [paper(str(n), f"Pension reform number {n} in Chile") for n in range(5)]
    written(*rows)
    before = list(Resource.objects.order_by("pk").values())

    with django_assert_num_queries(3):  # savepoint, what was loaded, release
        report = written(*rows)

    assert outcomes(report) == {"unchanged": 5}
    assert list(Resource.objects.order_by("pk").values()) == before


def test_a_row_that_changed_updates_its_resource_but_not_its_address(written):
    written(paper(**in_year(2020)))

    report = written(
        paper(title="Cash transfers and child health in Zambia", **in_year(2021), countries=["ZMB"])
    )

    resource = Resource.objects.get()
    assert outcomes(report) == {"updated": 1}
    assert (resource.title, resource.year, resource.slug) == (
        "Cash transfers and child health in Zambia",
        2021,
        "cash-transfers-and-child-health-in-malawi",
    )
    assert resource.card == make_card(resource)


def test_what_an_editor_changed_or_withdrew_stays_so_after_another_load(written):
    written(paper("a"), paper("b", "Social pensions in Lesotho and Nepal"))
    first, second = Resource.objects.order_by("pk")
    actions.edit_resource(first, title="A better title")
    actions.withdraw_resource(second, reason="Published twice")

    report = written(paper("a"), paper("b", "Social pensions in Lesotho and Nepal"))

    assert outcomes(report) == {"unchanged": 2}
    assert list(Resource.objects.order_by("pk").values_list("title", "status")) == [
        ("A better title", "published"),
        ("Social pensions in Lesotho and Nepal", "withdrawn"),
    ]


def test_a_load_stopped_between_batches_keeps_whole_batches_and_is_completed_by_the_next(
    vocabulary, monkeypatch
):
    monkeypatch.setattr("resources.load.writer.BATCH", 2)
    rows = [paper(str(n), f"Pension reform number {n} in Chile") for n in range(5)]

    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Writer(vocabulary, Report()).write("set", rows, stop)

    assert Resource.objects.count() == SourceRecord.objects.count() == IndexRequest.objects.count() == 2
    report = Report()
    Writer(vocabulary, report).write("set", rows)
    assert outcomes(report) == {"unchanged": 2, "created": 3}


def test_a_load_stopped_inside_a_batch_leaves_nothing_of_it(vocabulary, monkeypatch):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("resources.load.store.write_parts", stop)

    with pytest.raises(KeyboardInterrupt):
        Writer(vocabulary, Report()).write("set", [paper()])

    assert (Resource.objects.count(), Work.objects.count(), SourceRecord.objects.count()) == (0, 0, 0)


def test_a_country_profile_is_given_no_topic_by_its_name(written):
    written(
        Record(
            kind=Kind.COUNTRY,
            source="countries",
            ref="LAO",
            title="Lao People's Democratic Republic",
            countries=["LAO"],
            detail={"country_id": "LAO"},
        )
    )

    assert Resource.objects.get().topics.count() == 0

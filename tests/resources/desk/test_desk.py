"""The desk: who comes in, what the list shows, and what may be written."""

from datetime import date

import pytest
from django.urls import reverse

from resources import actions
from resources.models import Kind, Resource, Status
from resources.snapshots import digest, snapshot
from tests import make

pytestmark = pytest.mark.django_db

ROW_COUNTS = {
    f"{name}-{key}": "0"
    for name in ("contributors", "organisations", "identifiers")
    for key in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def staff(client, carla):
    client.force_login(carla)
    return client


def addresses(resource):
    resource = resource or make.resource()
    pk = resource.pk
    return [
        ("get", reverse("desk"), 200),
        ("get", reverse("desk_guidance"), 200),
        *(("get", reverse("desk_new", args=[kind]), 200) for kind in Kind.values),
        ("get", reverse("desk_edit", args=[pk]), 200),
        ("get", reverse("desk_withdrawal", args=[pk]), 200),
        ("get", reverse("desk_history", args=[pk]), 200),
        ("get", reverse("desk_revision", args=[pk, 1]), 200),
        ("get", reverse("desk_files", args=[pk]), 200),
        ("post", reverse("desk_publication", args=[pk]), 302),
        ("post", reverse("desk_autosave"), 400),
        ("post", reverse("desk_new_unsaved", args=["news"]), 302),
        ("post", reverse("desk_unsaved", args=[pk, resource.kind]), 302),
    ]


def test_a_stranger_is_sent_to_sign_in_from_every_page_of_the_desk(client):
    make.language()
    for method, address, _status in addresses(None):
        answer = getattr(client, method)(address)

        assert (address, answer.status_code, answer["Location"]) == (
            address,
            302,
            f"{reverse('sign_in')}?next={address}",
        )


@pytest.mark.parametrize("who", ["amina", "bao", "dawit"])
def test_a_member_may_not_see_or_do_anything_at_the_desk(client, request, who):
    client.force_login(request.getfixturevalue(who))
    for method, address, _status in addresses(None):
        assert (address, getattr(client, method)(address).status_code) == (address, 403)


def test_staff_come_in_everywhere(staff):
    for method, address, status in addresses(None):
        assert (address, getattr(staff, method)(address).status_code) == (address, status)


def test_staff_find_the_desk_in_their_menu_and_members_do_not(client, carla, dawit):
    client.force_login(carla)
    assert f'href="{reverse("desk")}"' in client.get("/library/").content.decode()

    client.force_login(dawit)
    assert f'href="{reverse("desk")}"' not in client.get("/library/").content.decode()


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────
def shown(answer):
    return [row["resource"].title for row in answer.context["rows"]]


def test_the_list_shows_what_was_changed_last_first(staff):
    first, second = make.resource(title="First"), make.resource(title="Second")
    actions.edit_resource(first, summary="A new summary")

    assert shown(staff.get(reverse("desk"))) == ["First", "Second"]
    assert second.title == "Second"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"status": "draft"}, ["A draft law"]),
        ({"kind": "publication"}, ["Pensión universal"]),
        ({"q": "pension"}, ["Pensión universal"]),
        ({"q": "https://doi.org/10.1000/ABC."}, ["Pensión universal"]),
        ({"q": "x" * 5000 + "\x00"}, []),
        (
            {"status": "nonsense", "kind": "nonsense", "page": "nonsense"},
            ["Pensión universal", "A draft law"],
        ),
    ],
)
def test_the_list_is_narrowed_by_status_kind_and_words(staff, query, titles):
    make.resource(Kind.LAW, title="A draft law", status=Status.DRAFT)
    make.resource(title="Pensión universal", identifiers=[("doi", "10.1000/abc")])

    assert shown(staff.get(reverse("desk"), query)) == titles


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_number_of_queries(staff, django_assert_num_queries, count):
    for _n in range(count):
        make.resource()
    staff.get(reverse("desk"))

    with django_assert_num_queries(5):
        staff.get(reverse("desk"))


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────
def form_of(page):
    """What a browser sends when the form of a page is sent as it stands."""
    editor = page.context["editor"]
    data = {"stamp": page.context["stamp"]}
    for form in (
        editor.form,
        *(f for rows in editor.rows.values() for f in (rows.management_form, *rows.forms)),
    ):
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def typed(**values):
    make.language()
    return {"title": "A paper", "language": "en", **ROW_COUNTS, **values}


OWN = {
    Kind.PUBLICATION: {"type": "report", "container": "Studies", "is_peer_reviewed": "no"},
    Kind.NEWS: {"place": "Lilongwe"},
    Kind.EVENT: {
        "starts_at": "2026-03-01T09:00",
        "ends_at": "2026-03-01T10:30",
        "time_zone": "Africa/Blantyre",
        "mode": "online",
    },
    Kind.JOB: {"employer": "UNICEF", "closes_on": "2026-05-01"},
    Kind.PROGRAMME: {
        "type": "social_assistance",
        "coverage": "12.50",
        "sources": "https://example.org/a\nhttps://example.org/b",
    },
    Kind.COUNTRY: {"country": "MWI"},
    Kind.LAW: {"instrument": "act", "force": "in_force", "coverage_share": "12.5"},
    Kind.BLOG: {"series": "Notes"},
    Kind.MULTIMEDIA: {"type": "podcast", "duration_seconds": "90"},
    Kind.DATABASE: {"access": "open"},
}


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_can_be_written_and_opens_again_as_it_was_written(staff, carla, kind):
    make.country("MWI")
    make.country("ZMB")
    make.organisation("United Nations Children's Fund", acronym="UNICEF", slug="unicef")
    make.topic("Cash transfers", slug="cash-transfers")
    make.language("fr")
    values = typed(
        published_on="2024-05",
        url="example.org/paper",
        topics=["cash-transfers"],
        countries="Malawi\nZMB",
        other_languages="French",
        body="Some **words**.",
        **OWN[kind],
    ) | {
        "contributors-TOTAL_FORMS": "3",
        "contributors-0-family_name": "Mwale",
        "contributors-0-role": "author",
        "contributors-0-position": "2",
        "contributors-1-role": "author",
        "contributors-2-family_name": "Chirwa",
        "contributors-2-given_name": "Esnart",
        "contributors-2-orcid": "https://orcid.org/0000-0002-1825-0097",
        "contributors-2-role": "editor",
        "contributors-2-position": "1",
        "organisations-TOTAL_FORMS": "1",
        "organisations-0-organisation": "UNICEF",
        "organisations-0-role": "publisher",
        "identifiers-TOTAL_FORMS": "1",
        "identifiers-0-scheme": "doi",
        "identifiers-0-value": "see: https://doi.org/10.1000/ABC. (accessed)",
    }

    answer = staff.post(reverse("desk_new", args=[kind]), values)

    resource = Resource.objects.get()
    assert answer["Location"] == reverse("desk_edit", args=[resource.pk])
    written = snapshot(resource)
    assert written | {"detail": {}} == {
        "title": "A paper",
        "language": "en",
        "summary": "",
        "body": "Some **words**.",
        "url": "https://example.org/paper",
        "licence": "",
        "published_on": "2024-05-01",
        "published_precision": "month",
        "year": 2024,
        "version": 1,
        "version_note": "",
        "source": "",
        "source_ref": "",
        "is_sample": False,
        "detail": {},
        "contributors": [
            {
                "role": "editor",
                "family_name": "Chirwa",
                "given_name": "Esnart",
                "is_body": False,
                "orcid": "0000-0002-1825-0097",
            },
            {"role": "author", "family_name": "Mwale", "given_name": "", "is_body": False, "orcid": ""},
        ],
        "organisations": [["unicef", "publisher"]],
        "identifiers": [["doi", "10.1000/abc"]],
        "topics": ["cash-transfers"],
        "countries": ["MWI", "ZMB"],
        "other_languages": ["fr"],
        "status": "draft",
        "withdrawal_reason": "",
        "files": [],
    }
    assert (resource.submitted_by, resource.revisions.count()) == (carla, 1)

    page = staff.get(answer["Location"])
    staff.post(answer["Location"], form_of(page))

    assert snapshot(resource) == written
    assert resource.revisions.count() == 1


def test_a_month_keeps_the_day_that_its_source_gave(staff):
    resource = make.resource(Kind.NEWS, published_on=date(2020, 10, 5), published_precision="month")
    address = reverse("desk_edit", args=[resource.pk])

    staff.post(address, form_of(staff.get(address)) | {"summary": "New"})
    resource.refresh_from_db()
    assert (resource.published_on, resource.summary) == (date(2020, 10, 5), "New")

    staff.post(address, form_of(staff.get(address)) | {"published_on": "2020-11"})
    resource.refresh_from_db()
    assert (resource.published_on, resource.published_precision) == (date(2020, 11, 1), "month")


def test_the_hours_of_an_event_are_those_of_its_place(staff):
    staff.post(reverse("desk_new", args=["event"]), typed(**OWN[Kind.EVENT]))

    event = Resource.objects.get().event
    assert event.starts_at.isoformat() == "2026-03-01T07:00:00+00:00"
    assert event.starts_on.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("event", {"mode": "online", "starts_on": "2026-03-02", "ends_on": "2026-03-01"}, "ends_on"),
        ("event", {"mode": "online", "ends_on": "2026-03-01"}, "starts_on"),
        ("event", {"mode": "online", "time_zone": "Middle/Earth"}, "time_zone"),
        ("programme", {"type": "other", "started_year": "2020", "ended_year": "2010"}, "ended_year"),
        ("programme", {"type": "other", "coverage": "-1"}, "coverage"),
        ("programme", {"type": "other", "coverage": "NaN"}, "coverage"),
        ("programme", {"type": "other", "benefit_currency": "dollars"}, "benefit_currency"),
        ("programme", {"type": "other", "legal_basis": "/library/law/none/"}, "legal_basis"),
        ("programme", {"type": "other", "legal_basis": "9" * 400}, "legal_basis"),
        ("law", {"instrument": "act", "force": "unknown", "coverage_share": "100.5"}, "coverage_share"),
        ("law", {"instrument": "act", "force": "unknown", "adopted_year": "99999"}, "adopted_year"),
        ("multimedia", {"type": "video", "duration_seconds": "9" * 30}, "duration_seconds"),
        ("publication", {"type": "nonsense"}, "type"),
        ("publication", {"type": "other", "title": ""}, "title"),
        ("publication", {"type": "other", "title": "\x00\u202e\x07"}, "title"),
        ("publication", {"type": "other", "title": "x" * 10_000}, "title"),
        ("publication", {"type": "other", "language": "xx"}, "language"),
        ("publication", {"type": "other", "topics": ["no-such-topic"]}, "topics"),
        ("publication", {"type": "other", "countries": "Atlantis"}, "countries"),
        ("publication", {"type": "other", "published_on": "2024-02-31"}, "published_on"),
        ("publication", {"type": "other", "published_on": "0000"}, "published_on"),
        ("publication", {"type": "other", "url": "javascript:alert(1)"}, "url"),
        ("publication", {"type": "other", "url": "http://["}, "url"),
        ("country", {"country": "XXX"}, "country"),
    ],
)
def test_what_cannot_be_kept_is_named_at_its_field_and_stays_typed(staff, kind, values, field):
    answer = staff.post(reverse("desk_new", args=[kind]), typed(**{"summary": "Kept words", **values}))

    assert (answer.status_code, list(answer.context["editor"].form.errors)) == (200, [field])
    assert f'href="#id_{field}"' in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert Resource.objects.count() == 0


@pytest.mark.parametrize(
    ("prefix", "row"),
    [
        ("contributors", {"given_name": "No family", "role": "author"}),
        ("contributors", {"family_name": "X", "role": "author", "orcid": "0000-0002-1825-0098"}),
        ("contributors", {"family_name": "X", "role": "emperor"}),
        ("organisations", {"organisation": "Nobody knows it", "role": "publisher"}),
        ("identifiers", {"scheme": "doi", "value": "n/a (see cover)"}),
        ("identifiers", {"scheme": "isbn", "value": "12"}),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_and_stays_typed(staff, prefix, row):
    values = typed(type="other") | {f"{prefix}-TOTAL_FORMS": "1"}

    answer = staff.post(
        reverse("desk_new", args=["publication"]), values | {f"{prefix}-0-{k}": v for k, v in row.items()}
    )

    assert len(answer.context["errors"]) == 1
    assert Resource.objects.count() == 0


@pytest.mark.parametrize("count", ["-1", "x", "99999999", "", "301"])
def test_a_forged_number_of_rows_is_an_error_and_not_a_crash(staff, count):
    values = typed(type="other") | {"contributors-TOTAL_FORMS": count}

    answer = staff.post(reverse("desk_new", args=["publication"]), values)

    assert answer.status_code in (200, 302)


def test_marks_that_turn_the_text_are_taken_out_of_a_title(staff):
    staff.post(reverse("desk_new", args=["news"]), typed(title="Re\u202eport\x08 \u2066one"))

    assert Resource.objects.get().title == "Report one"


def test_more_rows_are_added_without_judging_what_is_typed(staff):
    values = typed(title="", summary="Kept words", do="rows-contributors") | {"contributors-TOTAL_FORMS": "2"}

    answer = staff.post(reverse("desk_new", args=["publication"]), values)

    assert len(answer.context["editor"].rows["contributors"].forms) == 5
    assert answer.context["errors"] == []
    assert "Kept words" in answer.content.decode()


def test_what_is_typed_can_be_saved_submitted_or_published(staff):
    for step, status in (("save", "draft"), ("submit", "submitted"), ("publish", "published")):
        staff.post(reverse("desk_new", args=["news"]), typed(title=f"To {step}", do=step))

        assert Resource.objects.get(title=f"To {step}").status == status


def test_submitting_what_is_published_says_why_it_cannot_be(staff):
    resource = make.resource(Kind.NEWS)
    page = staff.get(reverse("desk_edit", args=[resource.pk]))

    answer = staff.post(reverse("desk_edit", args=[resource.pk]), form_of(page) | {"do": "submit"})

    assert "that step needs it to be" in answer.context["errors"][0][1]


def test_one_work_has_one_record_a_language(staff):
    english = make.resource(Kind.NEWS)
    french = make.resource(Kind.NEWS, language_code="fr", work=english.work)
    page = staff.get(reverse("desk_edit", args=[french.pk]))

    answer = staff.post(reverse("desk_edit", args=[french.pk]), form_of(page) | {"language": "en"})

    assert list(answer.context["editor"].form.errors) == ["language"]


def test_a_country_has_one_profile(staff):
    make.resource(Kind.COUNTRY)

    answer = staff.post(reverse("desk_new", args=["country"]), typed(country="MWI"))

    assert list(answer.context["editor"].form.errors) == ["country"]


@pytest.mark.parametrize("kind", Kind.values)
def test_a_preview_shows_the_page_and_saves_nothing(staff, kind):
    make.country("MWI")

    answer = staff.post(
        reverse("desk_new", args=[kind]),
        typed(title="Seen before", body="A **bold** word", do="preview", **OWN[kind]),
    )

    assert "<strong>bold</strong>" in answer.content.decode()
    assert 'name="title" value="Seen before"' in answer.content.decode()
    assert Resource.objects.count() == 0


def test_a_preview_of_what_is_published_leaves_it_as_it_is(staff):
    resource = make.resource(Kind.NEWS, title="Stands")
    page = staff.get(reverse("desk_edit", args=[resource.pk]))

    answer = staff.post(
        reverse("desk_edit", args=[resource.pk]), form_of(page) | {"title": "Only seen", "do": "preview"}
    )

    assert "Only seen</h1>" in answer.content.decode()
    assert (Resource.objects.get().title, resource.revisions.count()) == ("Stands", 2)


# ── Two people ───────────────────────────────────────────────────────────────────────────────────────
def test_the_second_of_two_is_told_sees_what_changed_and_loses_nothing(staff, dawit):
    resource = make.resource(Kind.NEWS, title="Old title", summary="Old summary")
    address = reverse("desk_edit", args=[resource.pk])
    mine = form_of(staff.get(address)) | {"title": "My title"}
    actions.edit_resource(resource, by=dawit, title="Their title", summary="Their summary")

    told = staff.post(address, mine)

    assert told.status_code == 409
    assert "Dawit changed this record" in told.content.decode()
    assert [
        (r["label"], r["before"], r["after"], r["is_kept"]) for r in told.context["conflict"]["rows"]
    ] == [
        ("Title", "Their title", "My title", True),
        ("Summary", "Their summary", "Old summary", False),
    ]
    assert Resource.objects.get().title == "Their title"

    staff.post(address, form_of(told))

    resource.refresh_from_db()
    assert (resource.title, resource.summary) == ("My title", "Their summary")


def test_an_edit_without_its_stamp_is_taken_for_one_begun_long_ago(staff):
    resource = make.resource(Kind.NEWS, title="Stands")
    address = reverse("desk_edit", args=[resource.pk])
    sent = form_of(staff.get(address)) | {"title": "Mine", "stamp": ""}

    answer = staff.post(address, sent)

    assert (answer.status_code, answer.context["stamp"]) == (409, digest(snapshot(resource)))


# ── Unsaved changes ──────────────────────────────────────────────────────────────────────────────────
def test_what_was_typed_and_not_saved_is_offered_and_can_be_taken(staff):
    resource = make.resource(Kind.NEWS, title="Stands")
    address = reverse("desk_edit", args=[resource.pk])
    sent = form_of(staff.get(address)) | {
        "title": "Typed\x00",
        "autosave-kind": "news",
        "autosave-resource": resource.pk,
    }

    assert staff.post(reverse("desk_autosave"), sent).status_code == 200
    offered, taken = staff.get(address), staff.get(address, {"unsaved": 1})

    assert "You have unsaved changes of" in offered.content.decode()
    assert 'value="Stands"' in offered.content.decode()
    assert 'value="Typed"' in taken.content.decode()

    staff.post(address, form_of(taken))

    assert Resource.objects.get().title == "Typed"
    assert staff.get(address).context["kept"] is None


def test_unsaved_changes_belong_to_one_member_and_can_be_dropped(staff, client):
    make.language()
    staff.post(reverse("desk_autosave"), {"title": "Typed", "autosave-kind": "news"})
    staff.post(reverse("desk_autosave"), {"title": "Typed more", "autosave-kind": "news"})
    address = reverse("desk_new", args=["news"])

    assert staff.get(address).context["kept"].data == {"title": ["Typed more"]}
    assert staff.get(reverse("desk_new", args=["blog"])).context["kept"] is None
    staff.post(reverse("desk_new_unsaved", args=["news"]))
    assert staff.get(address).context["kept"] is None


def test_an_autosave_of_nothing_that_exists_is_refused(staff):
    for sent, status in (
        ({"autosave-kind": "x"}, 400),
        ({"autosave-resource": "9" * 40}, 404),
        ({"autosave-resource": "٣"}, 404),
    ):
        assert staff.post(reverse("desk_autosave"), sent).status_code == status

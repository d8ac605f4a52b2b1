"""What can be done to a resource."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from activity.models import Activity
from resources import actions
from resources.models import Kind, Resource, ResourceIdentifier, Status, Work
from resources.verbs import ResourceVerb
from tests import make

pytestmark = pytest.mark.django_db


def verbs():
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_goes_from_draft_to_published(kind):
    resource = make.resource(kind, status=Status.DRAFT)

    actions.submit_resource(resource)
    actions.publish_resource(resource)

    resource.refresh_from_db()
    assert resource.status == Status.PUBLISHED
    assert resource.published_at is not None
    assert verbs() == [ResourceVerb.DRAFTED, ResourceVerb.SUBMITTED, ResourceVerb.PUBLISHED]


def test_publishing_twice_changes_nothing():
    resource = make.resource()
    first = resource.published_at

    again = actions.publish_resource(resource)

    assert again.published_at == first
    assert verbs().count(ResourceVerb.PUBLISHED) == 1


def test_a_withdrawn_resource_keeps_its_reason_and_can_come_back():
    resource = make.resource()

    withdrawn = actions.withdraw_resource(resource, reason="  Superseded by the second edition. ")

    assert (withdrawn.status, withdrawn.withdrawal_reason) == (
        Status.WITHDRAWN,
        "Superseded by the second edition.",
    )
    back = actions.publish_resource(withdrawn)
    assert (back.status, back.withdrawn_at, back.withdrawal_reason) == (Status.PUBLISHED, None, "")


def test_a_resource_is_not_withdrawn_without_a_reason():
    resource = make.resource()

    with pytest.raises(ValidationError, match="Say why"):
        actions.withdraw_resource(resource, reason="   ")

    resource.refresh_from_db()
    assert resource.status == Status.PUBLISHED


def test_a_draft_cannot_be_withdrawn():
    draft = make.resource(status=Status.DRAFT)

    with pytest.raises(actions.IllegalTransition, match="needs it to be “Published”"):
        actions.withdraw_resource(draft, reason="No longer wanted")


def test_a_published_resource_cannot_be_submitted():
    resource = make.resource()

    with pytest.raises(actions.IllegalTransition):
        actions.submit_resource(resource)


@pytest.mark.parametrize(
    "values",
    [
        {"status": Status.PUBLISHED},
        {"status": Status.SUBMITTED},
        {"status": Status.WITHDRAWN},
        {"status": Status.WITHDRAWN, "withdrawn_at": timezone.now(), "withdrawal_reason": "x"},
        {"status": Status.DRAFT, "published_at": timezone.now()},
        {"status": "secret"},
        {"kind": "poem"},
        {"title": ""},
        {"slug": ""},
        {"version": 0},
    ],
)
def test_the_database_refuses_a_state_that_no_action_makes(values):
    draft = make.resource(status=Status.DRAFT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=draft.pk).update(**values)


def test_two_resources_of_one_title_get_two_addresses():
    first = make.resource(title="Cash transfers: a review")

    second = make.resource(title="Cash transfers – a review")

    assert (first.slug, second.slug) == ("cash-transfers-a-review", "cash-transfers-a-review-2")


def test_a_title_in_arabic_gives_an_address_in_arabic():
    resource = make.resource(title="الحماية الاجتماعية", language_code="ar")

    assert resource.slug == "الحماية-الاجتماعية"


def test_a_title_of_signs_still_gets_an_address():
    resource = make.resource(title="???")

    assert resource.slug == f"publication-{resource.work_id}"


def test_a_work_has_one_text_a_language_and_version():
    english = make.resource(title="Pensions")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.resource(title="Pensions again", work=english.work)


def test_the_card_of_a_resource_names_its_other_language_versions():
    english = make.resource(title="Old-age pensions")

    portuguese = make.resource(title="Pensões de velhice", language_code="pt", work=english.work)

    english.refresh_from_db()
    assert english.card["versions"] == [["pt", "pensões-de-velhice"]]
    assert portuguese.card["versions"] == [["en", "old-age-pensions"]]
    actions.withdraw_resource(portuguese, reason="Wrong file")
    english.refresh_from_db()
    assert english.card["versions"] == []


def test_a_card_holds_what_a_list_shows():
    unicef = make.organisation("United Nations Children's Fund", acronym="UNICEF")

    resource = make.resource(
        title="Shock-responsive cash transfers",
        organisations=[unicef],
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esnart Mary"},
            {"family_name": "Mwale", "given_name": "Thokozani"},
            {"family_name": "Nhampossa", "given_name": "Rui"},
            {"family_name": "Banda", "given_name": "Thandiwe"},
        ],
        countries=["ZMB", "MWI"],
        detail={"type": "working_paper", "container": "Working Papers", "number": "214"},
    )

    assert resource.card == {
        "by": "UNICEF · Chirwa, E. M.; Mwale, T.; Nhampossa, R.; et al.",
        "type": "working_paper",
        "countries": ["MWI", "ZMB"],
        "languages": ["en"],
        "facts": [["in", "Working Papers 214"]],
        "versions": [],
    }


def test_editing_changes_what_is_named_and_keeps_the_rest():
    resource = make.resource(
        title="Old title",
        summary="Kept",
        countries=["MWI"],
        identifiers=[("doi", "https://doi.org/10.1000/ABC.")],
    )

    edited = actions.edit_resource(resource, title="  New   title ", published_on=date(2021, 3, 1))

    assert (edited.title, edited.summary, edited.year, edited.slug) == (
        "New title",
        "Kept",
        2021,
        "old-title",
    )
    assert [c.pk for c in edited.countries.all()] == ["MWI"]
    assert list(edited.identifiers.values_list("scheme", "value")) == [
        (ResourceIdentifier.Scheme.DOI, "10.1000/abc")
    ]


def test_a_failed_action_leaves_nothing_behind():
    works = Work.objects.count()

    with pytest.raises(ValidationError), transaction.atomic():
        actions.draft_resource(
            Kind.PROGRAMME, title="Half", language=make.language(), detail={"coverage": "a few"}
        )

    assert (Work.objects.count(), Resource.objects.count(), Activity.objects.count()) == (works, 0, 0)


def test_visible_to_shows_each_visitor_what_exists_for_them(stranger, dawit, carla):
    published = make.resource()
    own_draft = make.resource(status=Status.DRAFT, by=dawit)
    other_draft = make.resource(status=Status.DRAFT)
    withdrawn = make.resource(status=Status.WITHDRAWN)

    seen = {
        who: set(Resource.objects.visible_to(member).values_list("pk", flat=True))
        for who, member in [("stranger", stranger), ("dawit", dawit), ("carla", carla)]
    }

    assert seen == {
        "stranger": {published.pk},
        "dawit": {published.pk, own_draft.pk},
        "carla": {published.pk, own_draft.pk, other_draft.pk, withdrawn.pk},
    }


def test_an_event_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.resource(Kind.EVENT, detail={"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)})


def test_constraints_hold_on_the_database_in_use():
    assert connection.vendor in {"sqlite", "postgresql"}
    names = {c.name for c in Resource._meta.constraints}

    with connection.cursor() as cursor:
        in_database = set(connection.introspection.get_constraints(cursor, Resource._meta.db_table))

    assert names <= in_database

"""The back office: what staff change there reaches the ledger, and nothing skips the actions."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from activity.models import Activity
from resources import actions
from resources.models import Kind, Status
from resources.verbs import ResourceVerb
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make.member("Root", is_staff=True, is_superuser=True))
    return client


def test_the_back_office_is_closed_to_members(client, dawit):
    client.force_login(dawit)

    answer = client.get(reverse("admin:resources_resource_changelist"))

    assert answer.status_code == 302


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_opens_in_the_back_office(staff, kind):
    resource = make.resource(kind)

    answer = staff.get(reverse("admin:resources_resource_change", args=[resource.pk]))

    assert answer.status_code == 200


def test_publishing_from_the_list_goes_through_the_action(staff):
    draft = make.resource(status=Status.DRAFT)

    staff.post(
        reverse("admin:resources_resource_changelist"), {"action": "publish", "_selected_action": [draft.pk]}
    )

    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED
    assert Activity.objects.filter(verb=ResourceVerb.PUBLISHED, subject_id=draft.pk).count() == 1


def test_withdrawing_a_draft_from_the_list_says_why_it_cannot(staff):
    draft = make.resource(status=Status.DRAFT, title="Only a draft")

    answer = staff.post(
        reverse("admin:resources_resource_changelist"),
        {"action": "withdraw", "_selected_action": [draft.pk]},
        follow=True,
    )

    assert "Only a draft: This resource is" in answer.content.decode()


def test_what_was_published_cannot_be_deleted(staff):
    published, draft = make.resource(), make.resource(status=Status.DRAFT)

    codes = [
        staff.get(reverse("admin:resources_resource_delete", args=[r.pk])).status_code
        for r in (published, draft)
    ]

    assert codes == [403, 200]


def test_saving_a_change_refreshes_the_card_and_is_recorded(staff):
    resource = make.resource(title="Before")
    address = reverse("admin:resources_resource_change", args=[resource.pk])
    form = staff.get(address).context["adminform"].form
    data = {
        name: "" if (value := form.get_initial_for_field(field, name)) is None else value
        for name, field in form.fields.items()
    }
    data |= {"title": "After", "countries": [make.country("MWI").pk], "other_languages": [], "card": "{}"}
    for prefix in (
        "publication",
        "contributors",
        "organisation_roles",
        "topic_links",
        "identifiers",
        "files",
        "transitions",
    ):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data |= {
        "publication-TOTAL_FORMS": 1,
        "publication-INITIAL_FORMS": 1,
        "publication-0-resource": resource.pk,
        "publication-0-type": "report",
    }

    answer = staff.post(address, data)

    assert answer.status_code == 302, answer.context["errors"]
    resource.refresh_from_db()
    assert (resource.title, resource.title_key) == ("After", "after")
    assert (resource.card["countries"], resource.card["type"]) == (["MWI"], "report")
    assert Activity.objects.filter(verb=ResourceVerb.EDITED, subject_id=resource.pk).count() == 1


def test_the_back_office_leads_to_a_file_through_the_portal_and_not_to_where_it_is_stored(
    staff, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    resource = make.resource(Kind.PUBLICATION)
    file = actions.add_file(resource, ContentFile(b"plain words", name="words.txt"))

    page = staff.get(reverse("admin:resources_resource_change", args=[resource.pk])).content.decode()

    assert f'<a href="{resource.get_absolute_url()}files/{file.pk}/">words.txt</a>' in page
    assert file.file.url not in page

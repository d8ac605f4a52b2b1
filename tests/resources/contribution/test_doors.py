"""No door leads past the steps: not the desk's form, not the back office, not an import, not a task."""

import pytest
from django.urls import reverse

from resources import actions, tasks
from resources.models import Kind, Status
from resources.snapshots import digest, snapshot
from tests import make
from tests.resources.contribution.test_pages import ROW_COUNTS

pytestmark = pytest.mark.django_db
NOT_TO_PUBLISHED = [Status.REFUSED, Status.APPEALED]


@pytest.fixture
def root(client):
    member = make.member("Root", is_staff=True, is_superuser=True)
    client.force_login(member)
    return client


def brought(status):
    by = make.member("Dawit")
    return make.brought_to(make.resource(title="Doors", by=by, status=Status.DRAFT), status)


@pytest.mark.parametrize("status", NOT_TO_PUBLISHED)
def test_the_desk_saves_but_does_not_publish_what_is_refused(root, status):
    resource = brought(status)
    data = {**ROW_COUNTS, "title": "Doors", "language": "en", "type": "other", "published_on": "2024-05-17"}
    data |= {"stamp": digest(snapshot(resource)), "do": "publish", "summary": "New words"}

    answer = root.post(reverse("desk_edit", args=[resource.pk]), data)
    button = root.post(reverse("desk_publication", args=[resource.pk]), follow=True)

    resource.refresh_from_db()
    assert (answer.status_code, resource.status, resource.summary) == (200, status, "")
    assert "that step needs it to be" in answer.content.decode()
    assert "that step needs it to be" in button.content.decode()


@pytest.mark.parametrize("status", NOT_TO_PUBLISHED)
def test_the_back_office_does_not_publish_what_is_refused_and_says_why(root, status):
    resource = brought(status)

    answer = root.post(
        reverse("admin:resources_resource_changelist"),
        {"action": "publish", "_selected_action": [resource.pk]},
        follow=True,
    )

    resource.refresh_from_db()
    assert resource.status == status
    assert "Doors: This resource is" in answer.content.decode()


def test_the_back_office_offers_no_field_for_a_status_or_its_dates(root):
    resource = brought(Status.SUBMITTED)

    page = root.get(reverse("admin:resources_resource_change", args=[resource.pk]))

    names = {"status", "submitted_at", "publish_at", "published_at", "embargoed_until", "expired_at"}
    assert names & set(page.context["adminform"].form.fields) == set()
    assert "Submitted" in page.content.decode()


def test_the_clock_leaves_alone_what_was_taken_from_the_schedule():
    resource = brought(Status.SCHEDULED)
    actions.resume_resource(resource)

    assert tasks.publish_scheduled() == 0

    resource.refresh_from_db()
    assert (resource.status, resource.publish_at) == (Status.SUBMITTED, None)


def test_a_refused_resource_can_be_deleted_in_the_back_office_and_one_in_review_cannot(root):
    codes = {
        status: root.get(reverse("admin:resources_resource_delete", args=[brought(status).pk])).status_code
        for status in Status
    }

    assert {status for status, code in codes.items() if code == 200} == {Status.DRAFT, Status.REFUSED}


def test_the_kind_of_a_resource_stays():
    resource = make.resource(Kind.NEWS, status=Status.DRAFT)

    actions.edit_resource(resource, title="Other words", kind=Kind.JOB)

    resource.refresh_from_db()
    assert resource.kind == Kind.NEWS

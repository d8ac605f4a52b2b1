"""Accounts in the back office."""

import pytest

from members.models import Erasure, Institution, InstitutionDomain, Member
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def back_office(client):
    client.force_login(make.member("Root", is_staff=True, is_superuser=True))
    return client


def changed(member, **values):
    """The form of a member as it is sent."""
    return {"email": member.email, "name": member.name, "is_active": "on", **values}


def test_an_address_that_staff_write_down_can_sign_in_at_once(back_office, dawit):
    Member.objects.vouch_for_address(dawit)

    answer = back_office.post(
        f"/admin/members/member/{dawit.pk}/change/", changed(dawit, email="new@example.org")
    )

    assert answer.status_code == 302
    assert list(dawit.emailaddress_set.values_list("email", "verified")) == [("new@example.org", True)]


def test_a_blocked_account_leaves_the_directory(back_office, amina):
    make.profile(amina)

    back_office.post(f"/admin/members/member/{amina.pk}/change/", changed(amina) | {"is_active": ""})

    assert back_office.get(f"/members/{amina.pk}/").status_code == 404


def test_accounts_are_closed_and_not_deleted(back_office, amina):
    page = back_office.get(f"/admin/members/member/{amina.pk}/change/").content.decode()
    refused = back_office.post(f"/admin/members/member/{amina.pk}/delete/", {"post": "yes"})

    back_office.post(
        "/admin/members/member/", {"action": "close_accounts", "_selected_action": [amina.pk]}, follow=True
    )

    assert ("deletelink" in page, refused.status_code) == (False, 403)
    assert Erasure.objects.pending().get().member == amina


def test_staff_keep_the_registry_of_institutions(back_office):
    make.country("MWI")
    domains = {"domains-TOTAL_FORMS": 1, "domains-INITIAL_FORMS": 0, "domains-0-domain": "gender.gov.mw"}

    wrong = back_office.post(
        "/admin/members/institution/add/",
        {"name": "Ministry", "country": "MWI", "is_active": "on", **domains, "domains-0-domain": "@Gender"},
    )
    back_office.post(
        "/admin/members/institution/add/",
        {"name": "Ministry", "country": "MWI", "is_active": "on", **domains},
    )

    assert "as in gender.gov.mw" in wrong.content.decode()
    assert (Institution.objects.get().name, InstitutionDomain.objects.get().domain) == (
        "Ministry",
        "gender.gov.mw",
    )

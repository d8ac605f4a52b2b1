"""API tokens: made and revoked on a page of the member, shown once, kept as a digest."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from members import actions, tasks
from members.models import ApiAnswer, ApiToken
from tests import make
from tests.api import call

pytestmark = pytest.mark.django_db
TYPED = {"name": "Catalogue", "scope": "write", "days": "30"}


@pytest.fixture
def signed_in(client, dawit):
    client.force_login(dawit)
    return client


def test_a_token_is_shown_once_and_kept_as_a_digest(signed_in, dawit):
    answer = signed_in.post(reverse("token_list"), TYPED)
    token = answer.context["token"]
    again = signed_in.get(reverse("token_list"))

    row = dawit.api_tokens.get()
    assert (row.name, row.scope, row.start) == ("Catalogue", "write", token[:10])
    assert token not in str(ApiToken.objects.values())
    assert (token in answer.content.decode(), token in again.content.decode()) == (True, False)
    assert timedelta(days=29) < row.expires_at - timezone.now() < timedelta(days=31)
    assert "no-store" in answer["Cache-Control"]
    assert (
        call(signed_in, "get", "api_resources", headers={"Authorization": f"Bearer {token}"}).status_code
        == 200
    )


def test_making_and_revoking_is_written_into_the_ledger(dawit):
    row, _token = actions.create_token(dawit, name="A", scope="read", days=30)
    actions.revoke_token(row, by=dawit)
    actions.revoke_token(row, by=dawit)

    assert list(Activity.objects.order_by("pk").values_list("verb", "actor")) == [
        ("members.token_created", dawit.pk),
        ("members.token_revoked", dawit.pk),
    ]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scope": "king"}, "scope"),
        ({"days": "9999"}, "days"),
    ],
)
def test_what_cannot_be_used_is_named_and_what_was_typed_is_kept(signed_in, dawit, change, wrong):
    answer = signed_in.post(reverse("token_list"), {**TYPED, **change})

    assert list(answer.context["form"].errors) == [wrong]
    assert wrong == "name" or 'value="Catalogue"' in answer.content.decode()
    assert dawit.api_tokens.count() == 0


def test_two_tokens_of_a_member_have_two_names(signed_in, dawit):
    row, _token = actions.create_token(dawit, name="Catalogue", scope="read", days=30)

    refused = signed_in.post(reverse("token_list"), TYPED)
    actions.revoke_token(row, by=dawit)
    made = signed_in.post(reverse("token_list"), TYPED)

    assert (list(refused.context["form"].errors), bool(made.context["token"])) == (["name"], True)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.create_token(dawit, name="Catalogue", scope="read", days=30)


def test_nobody_heaps_up_tokens(signed_in, dawit):
    for n in range(20):
        actions.create_token(dawit, name=str(n), scope="read", days=30)

    answer = signed_in.post(reverse("token_list"), TYPED)

    assert list(answer.context["form"].errors) == ["__all__"]


def test_a_revoked_and_an_expired_token_open_nothing(signed_in, dawit):
    revoked, first = actions.create_token(dawit, name="A", scope="read", days=30)
    expired, second = actions.create_token(dawit, name="B", scope="read", days=30)
    address = reverse("token_revocation", args=[revoked.pk])

    asked = signed_in.get(address)
    still_opens = call(
        signed_in, "get", "api_resources", headers={"Authorization": f"Bearer {first}"}
    ).status_code
    done = signed_in.post(address)
    ApiToken.objects.filter(pk=expired.pk).update(
        created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )

    opened = [
        call(signed_in, "get", "api_resources", headers={"Authorization": f"Bearer {token}"}).status_code
        for token in (first, second)
    ]
    assert (asked.status_code, still_opens, done.status_code, opened) == (200, 200, 302, [401, 401])
    assert "Expired" in signed_in.get(reverse("token_list")).content.decode()
    assert signed_in.get(address).status_code == 404


def test_a_member_sees_and_revokes_only_their_own(signed_in, amina):
    row, _token = actions.create_token(amina, name="Aminas", scope="read", days=30)

    assert "Aminas" not in signed_in.get(reverse("token_list")).content.decode()
    assert signed_in.post(reverse("token_revocation", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_who_is_not_signed_in_is_asked_to(client):
    answer = client.get(reverse("token_list"))

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{reverse('sign_in')}?next={reverse('token_list')}",
    )


def test_the_last_use_is_noted_but_not_with_every_request(client, dawit, django_assert_num_queries):
    row, token = actions.create_token(dawit, name="A", scope="read", days=30)
    headers = {"Authorization": f"Bearer {token}"}

    call(client, "get", "api_countries", headers=headers)
    row.refresh_from_db()
    with django_assert_num_queries(1):
        call(client, "get", "api_countries", headers=headers)

    assert timezone.now() - row.last_used_at < timedelta(minutes=1)


def test_old_answers_are_forgotten(dawit):
    for days in (0, 2):
        made = timezone.now() - timedelta(days=days)
        ApiAnswer.objects.create(member=dawit, key=str(days), fingerprint="x", created_at=made)

    assert (tasks.forget_answers(), ApiAnswer.objects.get().key) == (1, "0")


def test_a_key_is_free_again_after_a_day(dawit):
    ApiAnswer.objects.create(
        member=dawit, key="k", fingerprint="old", status=200, created_at=timezone.now() - timedelta(days=2)
    )

    answer, is_old = actions.answer_once(dawit, "k", fingerprint="new", act=lambda: (201, {}, {}))

    assert (answer[0], is_old) == (201, False)


def test_the_menu_of_a_member_leads_to_the_tokens(signed_in):
    assert f'href="{reverse("token_list")}"' in signed_in.get(reverse("home")).content.decode()


def test_the_page_costs_the_same_for_one_token_and_for_ten(signed_in, dawit, django_assert_num_queries):
    actions.create_token(dawit, name="first", scope="read", days=30)
    with django_assert_num_queries(4):
        signed_in.get(reverse("token_list"))
    for n in range(9):
        actions.create_token(dawit, name=str(n), scope="read", days=30)

    with django_assert_num_queries(4):
        signed_in.get(reverse("token_list"))


def test_staff_revoke_a_token_that_fell_into_wrong_hands(client, dawit):
    row, _token = actions.create_token(dawit, name="A", scope="read", days=30)
    client.force_login(make.member("Chipo", is_staff=True, is_superuser=True))
    page = client.get(reverse("admin:members_apitoken_change", args=[row.pk]))

    client.post(
        reverse("admin:members_apitoken_changelist"), {"action": "revoke", "_selected_action": [row.pk]}
    )

    row.refresh_from_db()
    assert (page.status_code, row.digest in page.content.decode(), bool(row.revoked_at)) == (200, False, True)

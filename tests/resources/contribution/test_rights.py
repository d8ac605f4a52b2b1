"""Posting rights: the most specific row holds, of several organisations the least; a block has a reason and an appeal."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from resources import actions
from resources.models import Kind, PostingRight, Right, Status
from tests import make

pytestmark = pytest.mark.django_db


def right_of(member, kind=Kind.PUBLICATION, *organisations):
    return PostingRight.objects.governing(member, kind, organisations)[0]


def test_nobody_is_verified_before_somebody_says_so(dawit):
    assert right_of(dawit) == Right.UNVERIFIED


def test_the_more_specific_row_goes_before_the_general_one(dawit):
    ministry = make.organisation()
    for right, row in [
        (Right.ALLOWED, {"email_domain": "example.org"}),
        (Right.TRUSTED, {"email_domain": "example.org", "organisation": ministry}),
        (Right.BLOCKED, {"email_domain": "example.org", "kind": Kind.JOB, "reason": "Spam"}),
        (Right.UNVERIFIED, {"member": dawit, "kind": Kind.NEWS}),
    ]:
        actions.set_right(right, **row)

    assert [
        right_of(dawit),
        right_of(dawit, Kind.PUBLICATION, ministry),
        right_of(dawit, Kind.JOB),
        right_of(dawit, Kind.NEWS, ministry),
        right_of(make.member(email="x@elsewhere.org"), Kind.JOB),
    ] == [Right.ALLOWED, Right.TRUSTED, Right.BLOCKED, Right.UNVERIFIED, Right.UNVERIFIED]


def test_of_several_organisations_the_least_right_holds(dawit):
    known, other = make.organisation(), make.organisation()
    actions.set_right(Right.TRUSTED, member=dawit, organisation=known)

    assert (right_of(dawit, "news", known), right_of(dawit, "news", known, other)) == (
        Right.TRUSTED,
        Right.UNVERIFIED,
    )


def test_the_domain_is_compared_whole_and_without_case(db):
    actions.set_right(Right.TRUSTED, email_domain="Gov.MW")

    members = [
        make.member(email=f"a@{domain}") for domain in ("gov.mw", "sub.gov.mw", "notgov.mw", "gov.mw.org")
    ]

    assert [right_of(member) for member in members] == [
        Right.TRUSTED,
        Right.UNVERIFIED,
        Right.UNVERIFIED,
        Right.UNVERIFIED,
    ]


def test_a_right_is_set_once_for_the_same_and_changed_by_setting_it_again(dawit, carla):
    for right in (Right.ALLOWED, Right.TRUSTED, Right.TRUSTED):
        actions.set_right(right, member=dawit, by=carla)

    assert [(r.right, r.set_by) for r in PostingRight.objects.all()] == [(Right.TRUSTED, carla)]
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingRight.objects.create(member=dawit, right=Right.ALLOWED)


def test_a_right_is_about_a_member_or_a_domain(dawit):
    for wrong in ({}, {"member": dawit, "email_domain": "example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostingRight.objects.create(right=Right.ALLOWED, **wrong)

    assert PostingRight.objects.count() == 0


def test_nobody_is_blocked_without_a_reason(dawit):
    with pytest.raises(ValidationError, match="Say why"):
        actions.set_right(Right.BLOCKED, member=dawit)

    assert PostingRight.objects.count() == 0


def test_a_blocked_member_hands_nothing_in_and_keeps_the_draft(dawit):
    ministry = make.organisation()
    row = actions.set_right(Right.BLOCKED, member=dawit, organisation=ministry, reason="Not from there")
    draft = make.resource(
        status=Status.DRAFT, by=dawit, summary="Words", body="Text", organisations=[ministry]
    )

    with pytest.raises(actions.Blocked) as blocked:
        actions.submit_resource(draft, by=dawit)

    draft.refresh_from_db()
    assert (blocked.value.right, draft.status) == (row, Status.DRAFT)


def test_an_appeal_against_a_block_is_answered_once_and_one_waits_at_a_time(dawit, carla):
    row = actions.set_right(Right.BLOCKED, member=dawit, reason="Spam")

    appeal = actions.appeal_block(row, "It was not me", by=dawit)
    with pytest.raises(ValidationError, match="waits for the editors already"):
        actions.appeal_block(row, "Hello?", by=dawit)
    actions.answer_block_appeal(appeal, "We looked again.", by=carla)
    actions.answer_block_appeal(appeal, "No.", by=carla)
    actions.appeal_block(row, "And now?", by=dawit)

    assert [(a.text, a.answer) for a in row.appeals.order_by("pk")] == [
        ("It was not me", "We looked again."),
        ("And now?", ""),
    ]


def test_removing_a_right_lets_the_general_one_hold_again(dawit):
    actions.set_right(Right.ALLOWED, email_domain="example.org")
    row = actions.set_right(Right.BLOCKED, member=dawit, reason="Spam")

    for _time in range(2):
        actions.remove_right(row)

    assert right_of(dawit) == Right.ALLOWED

"""API tokens: made, used, revoked."""

from datetime import timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from activity.ledger import record
from members.models import ApiToken
from members.verbs import MemberVerb

# Recognisable in a log or a repository, for those who search them for secrets.
MARK = "cgt_"
SHOWN = len(MARK) + 6
USE_IS_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def create_token(member, *, name, scope, days):
    """(the token's row, the token itself): the second is shown to its member now and kept nowhere."""
    token = MARK + token_urlsafe(32)
    row = ApiToken.objects.create(
        member=member,
        name=name,
        scope=scope,
        start=token[:SHOWN],
        digest=ApiToken.digest_of(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(MemberVerb.TOKEN_CREATED, actor=member, subject=row, scope=scope)
    return row, token


@transaction.atomic
def revoke_token(row, *, by):
    """From now on the token opens nothing. Revoking it twice changes nothing."""
    row = ApiToken.objects.select_for_update().get(pk=row.pk)
    if row.revoked_at:
        return row
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    record(MemberVerb.TOKEN_REVOKED, actor=by, subject=row)
    return row


def mark_used(row):
    """Note that the token is in use, every few minutes at most: reading must not become a stream of writes."""
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)

"""What is kept no longer than it is needed. Each rule is a queryset and what is done with its rows."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from members.actions.erasure import ask_for_erasure
from members.actions.exports import drop_export
from members.models import Consent, DataExport, Erasure, Member, Message, Proof, Purpose, SignInDevice

INACTIVE = timedelta(days=730)


def old_rows(now=None):
    """{rule: rows} of what is over: letters, browsers not seen again, proofs that ended, accounts never verified."""
    now = now or timezone.now()
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    # Whom staff made an account for has signed nothing, and is not counted.
    signed_up = Consent.objects.filter(member=OuterRef("pk"), purpose=Purpose.RULES)
    return {
        "letters after 90 days": Message.objects.filter(sent_at__lt=now - timedelta(days=90)),
        "browsers not seen for a year": SignInDevice.objects.filter(
            last_seen_at__lt=now - timedelta(days=365)
        ),
        "proofs two years after they ended": Proof.objects.filter(
            state__in=[Proof.State.REFUSED, Proof.State.ENDED], asked_at__lt=now - timedelta(days=730)
        ),
        "accounts not verified within 30 days": Member.objects.filter(
            ~Exists(verified),
            Exists(signed_up),
            joined_at__lt=now - timedelta(days=30),
            last_login=None,
            is_staff=False,
            is_active=True,
            erasures=None,
        ),
    }


def expired_exports(now=None):
    return DataExport.objects.filter(expires_at__lte=now or timezone.now()).exclude(file="")


def clean_up():
    """Delete what is over. Returns {rule: how many}."""
    counts = {}
    for rule, rows in old_rows().items():
        counts[rule] = rows.count()
        rows.delete()
    exports = list(expired_exports())
    for export in exports:
        drop_export(export)
    return counts | {"exports after a day": len(exports)}


def inactive_members(now=None):
    """Members who have not signed in for two years and are not being closed already. Staff never are."""
    since = (now or timezone.now()) - INACTIVE
    quiet = Q(last_login__lt=since) | Q(last_login=None, joined_at__lt=since)
    return Member.objects.filter(quiet, is_active=True, is_staff=False).exclude(
        erasures__in=Erasure.objects.pending()
    )


def close_inactive():
    """Start the closing of accounts nobody uses: a mail, six weeks to sign in, then erasure. Returns how many."""
    members = list(inactive_members())
    for member in members:
        ask_for_erasure(member, cause=Erasure.Cause.INACTIVE)
    return len(members)

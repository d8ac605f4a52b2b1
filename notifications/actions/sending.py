"""The steps of a mail in the ledger. Each is one statement that names the state it starts from."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from notifications.models import Mail

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12  # some two days
State = Mail.State


def claim_mail():
    """Take the next due mail into one's hands for a few minutes; None where none is due. Two workers never get the same."""
    now = timezone.now()
    while keys := list(Mail.objects.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:10]):
        for key in keys:
            taken = Mail.objects.due(now).filter(pk=key)
            if taken.update(lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1):
                return Mail.objects.select_related("member__country").get(pk=key)
    return None


def in_hands(mail):
    """The row while it is still in the hands it was claimed with."""
    return Mail.objects.filter(pk=mail.pk, lease_until=mail.lease_until)


def begin_handing_over(mail, *, address, title):
    """Write down that the mail server gets it now; False where another worker has taken it over."""
    waiting = in_hands(mail).filter(state=State.WAITING)
    return bool(waiting.update(state=State.SENDING, address=address, title=title[:300]))


def end_mail_as(mail, state, error=""):
    """Write down how the handing over ended: sent, failed or uncertain. Late news is better than none."""
    begun = in_hands(mail).filter(state__in=[State.SENDING, State.UNCERTAIN])
    begun.update(state=state, ended_at=timezone.now(), error=one_line(error))


def put_off_mail(mail, error):
    """The server would not take it now, or it could not be written: again later; after two days it has failed."""
    now = timezone.now()
    if mail.attempts >= MOST_ATTEMPTS:
        in_hands(mail).update(state=State.FAILED, ended_at=now, error=one_line(error))
        return
    wait = min(timedelta(minutes=2**mail.attempts), LONGEST_WAIT)
    in_hands(mail).update(state=State.WAITING, lease_until=None, due_at=now + wait, error=one_line(error))


def drop_mail(mail):
    """Nothing is left to say, or nobody to say it to."""
    in_hands(mail).filter(state=State.WAITING).update(state=State.DROPPED, ended_at=timezone.now())


def release_mail(mail):
    """Lay it back untouched: there is no mail server to hand it to."""
    in_hands(mail).filter(state=State.WAITING).update(lease_until=None, attempts=F("attempts") - 1)


def settle_lost_mails():
    """Call uncertain what a worker was handing over when it was lost. Returns how many."""
    now = timezone.now()
    return Mail.objects.lost(now).update(
        state=State.UNCERTAIN, ended_at=now, error="the worker was lost while it handed the mail over"
    )


def send_again(mail):
    """Someone decided that a refused or perhaps sent mail is to be sent once more."""
    ended = Mail.objects.filter(pk=mail.pk, state__in=[State.FAILED, State.UNCERTAIN])
    return bool(
        ended.update(
            state=State.WAITING, ended_at=None, lease_until=None, attempts=0, due_at=timezone.now(), error=""
        )
    )


def one_line(text):
    return " ".join(str(text).split())[:500]

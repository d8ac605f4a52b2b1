"""Who may do what to accounts."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from members.models import Consent, Message, Proof, Purpose

LETTERS_A_DAY = 5
LETTERS_TO_ONE_A_DAY = 1


def needs_second_factor(member):
    """Whether this account must have a passkey or an authenticator app."""
    return settings.STAFF_SECOND_FACTOR and member.is_staff


def can_write_to(sender, recipient):
    """Members write to active members who agreed to it, not to themselves."""
    if not sender.is_authenticated or sender.pk == recipient.pk or not recipient.is_active:
        return False
    return Consent.objects.in_force(Purpose.CONTACT).filter(member=recipient).exists()


def has_letters_left(sender, recipient):
    """A few letters a day, one of them to the same person: enough to ask, too few to advertise."""
    today = Message.objects.filter(sender=sender, sent_at__gte=timezone.now() - timedelta(days=1))
    return today.count() < LETTERS_A_DAY and today.filter(recipient=recipient).count() < LETTERS_TO_ONE_A_DAY


def can_vouch(member, proof):
    """The colleague who was asked, while they are verified for the same institution themselves."""
    if proof.colleague_id != member.pk or proof.state != Proof.State.ASKED:
        return False
    return Proof.objects.standing().filter(member=member, institution=proof.institution).exists()


def can_read_letters(member):
    return member.is_authenticated and member.is_staff

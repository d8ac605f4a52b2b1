"""Who may do what to accounts."""

from django.conf import settings


def needs_second_factor(member):
    """Whether this account must have a passkey or an authenticator app."""
    return settings.STAFF_SECOND_FACTOR and member.is_staff

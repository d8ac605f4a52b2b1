"""Two subjects nobody else declares, and a real mail server that can be told to misbehave."""

import pytest

from notifications import subjects
from tests.notifications.smtp import MailServer


@pytest.fixture
def subject():
    """The key of a subject that is mailed at once; its teller says the title it was given, unless that is gone."""
    yield from declared("tests.news", mail="now")


@pytest.fixture
def digest():
    """The key of a subject that is mailed in the daily digest."""
    yield from declared("tests.digest", mail="daily")


@pytest.fixture
def staff_only():
    yield from declared("tests.staff", open_to=lambda member: member.is_staff)


def declared(key, **options):
    @subjects.tells(key, label=f"About {key}", **options)
    def tell(notifications):
        return {
            one.pk: subjects.Told(title=one.data["title"], url=one.data.get("url", "/library/"))
            for one in notifications
            if one.data["title"] != "gone"
        }

    yield key
    subjects._subjects.pop(key)


@pytest.fixture
def mail_server(settings):
    """A mail server on this machine that the settings point to."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        yield server

"""The ledger of mails against a real mail server: nothing is lost, and nothing is sent twice."""

import os
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connections
from django.utils import timezone

from notifications import actions, tasks
from notifications.actions import sending
from notifications.models import Choice, Mail
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def tell(member, subject, title="News", **data):
    return actions.notify(member, subject, title=title, **data).mail


def state(mail):
    mail.refresh_from_db()
    return mail.state


def make_due():
    Mail.objects.filter(state="waiting").update(due_at=timezone.now(), lease_until=None)


def test_a_due_mail_is_sent_once_with_what_a_mailbox_needs(dawit, subject, mail_server):
    mail = tell(dawit, subject, "A new pension act")

    assert [tasks.send_mails(), tasks.send_mails()] == [1, 0]

    [message] = mail_server.messages
    assert (state(mail), mail.address, mail.title) == ("sent", dawit.email, "A new pension act")
    assert (message["To"], message["Subject"]) == (dawit.email, "A new pension act")
    assert message["Message-ID"] == mail.message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<http://localhost:8000/notifications/unsubscribe/")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all("A new pension act" in part.get_content() for part in message.iter_parts())


def test_a_whole_run_uses_one_connection(dawit, subject, mail_server):
    for number in range(5):
        tell(dawit, subject, f"News {number}")

    tasks.send_mails()

    assert (len(mail_server.messages), mail_server.connections) == (5, 1)


def test_without_a_mail_server_everything_waits_untouched(dawit, subject, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mails = [tell(dawit, subject) for _ in range(2)]

    assert tasks.send_mails() == 0

    assert [(state(mail), mail.attempts, mail.lease_until) for mail in mails] == [("waiting", 0, None)] * 2


def test_a_server_that_hangs_up_at_once_is_no_server(dawit, subject, mail_server):
    mail_server.answers = {"EHLO": "cut"}
    mail = tell(dawit, subject)

    assert tasks.send_mails() == 0

    assert (state(mail), mail.attempts) == ("waiting", 0)


def test_an_address_the_server_refuses_has_failed_with_its_reason(dawit, subject, mail_server):
    mail_server.answers = {"RCPT": "550 no such mailbox"}
    mail = tell(dawit, subject)

    tasks.send_mails()

    assert (state(mail), mail.error) == ("failed", "550 no such mailbox")


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_is_busy_gets_the_mail_again_later(dawit, subject, mail_server, command):
    mail_server.answers = {command: "451 try later"}
    mail = tell(dawit, subject)

    tasks.send_mails()
    busy = (state(mail), mail.due_at > timezone.now(), "451" in mail.error)
    mail_server.answers = {}
    make_due()
    tasks.send_mails()

    assert busy == ("waiting", True, True)
    assert state(mail) == "sent"
    assert mail_server.ids == [mail.message_id]


def test_after_two_days_of_trying_a_mail_has_failed(dawit, subject, mail_server):
    mail_server.answers = {"RCPT": "451 try later"}
    mail = tell(dawit, subject)

    for _ in range(sending.MOST_ATTEMPTS):
        make_due()
        tasks.send_mails()

    assert (state(mail), mail.attempts) == ("failed", sending.MOST_ATTEMPTS)


def test_a_line_cut_after_the_text_leaves_the_mail_uncertain_and_not_sent_again(dawit, subject, mail_server):
    mail_server.hangs_up_after = {1}
    first, second = tell(dawit, subject, "One"), tell(dawit, subject, "Two")

    tasks.send_mails()
    tasks.send_mails()

    assert (state(first), state(second)) == ("uncertain", "sent")
    assert Counter(mail_server.ids) == {first.message_id: 1, second.message_id: 1}


def test_an_uncertain_mail_is_sent_again_by_choice(dawit, subject, mail_server):
    mail_server.hangs_up_after = {1}
    mail = tell(dawit, subject)
    tasks.send_mails()

    assert actions.send_again(mail)
    tasks.send_mails()

    assert state(mail) == "sent"
    assert actions.send_again(mail) is False


def test_a_line_the_server_dropped_between_two_mails_is_opened_anew(dawit, subject, mail_server):
    first = tell(dawit, subject, "One")
    connection = tasks.get_connection()
    tasks.send_one(actions.claim_mail(), connection)
    connection.connection.sock.close()

    second = tell(dawit, subject, "Two")
    tasks.send_one(actions.claim_mail(), connection)

    assert (state(first), state(second)) == ("sent", "sent")


def test_two_workers_never_hold_the_same_mail(dawit, subject):
    mail = tell(dawit, subject)

    assert [actions.claim_mail(), actions.claim_mail()] == [mail, None]


def test_a_worker_lost_before_the_handing_over_leaves_the_mail_to_another(dawit, subject, mail_server):
    mail = tell(dawit, subject)
    lost = actions.claim_mail()
    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    tasks.send_mails()

    assert state(mail) == "sent"
    assert not actions.begin_handing_over(lost, address=dawit.email, title="News")


def test_a_worker_lost_while_it_handed_the_mail_over_leaves_it_uncertain(dawit, subject, mail_server):
    mail = tell(dawit, subject)
    lost = actions.claim_mail()
    actions.begin_handing_over(lost, address=dawit.email, title="News")
    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    tasks.send_mails()

    assert (state(mail), mail_server.messages) == ("uncertain", [])


@pytest.mark.parametrize("reason", ["off", "paused", "closed", "gone"])
def test_a_mail_nobody_wants_any_more_is_dropped(dawit, subject, mail_server, reason):
    mail = tell(dawit, subject, "gone" if reason == "gone" else "News")
    if reason == "off":
        Choice.objects.create(member=dawit, subject=subject, mail="off")
    if reason == "paused":
        actions.pause_mail(dawit)
    if reason == "closed":
        type(dawit).objects.update(is_active=False)

    tasks.send_mails()

    assert (state(mail), mail_server.messages) == ("dropped", [])


def test_a_digest_leaves_out_what_may_no_longer_be_told(dawit, digest, mail_server):
    mail = tell(dawit, digest, "A new law")
    tell(dawit, digest, "gone")
    make_due()

    tasks.send_mails()

    [message] = mail_server.messages
    assert (state(mail), message["Subject"]) == ("sent", "A new law")


def test_the_subject_line_of_a_digest_counts_what_it_holds(dawit, digest, mail_server):
    for title in ("A new law", "A report", "A job"):
        tell(dawit, digest, title)
    make_due()

    tasks.send_mails()

    assert [message["Subject"] for message in mail_server.messages] == ["A new law, and 2 more"]


def test_a_mail_that_cannot_be_written_waits_and_holds_up_no_other(dawit, subject, mail_server, monkeypatch):
    broken, good = tell(dawit, subject, "Broken"), tell(dawit, subject, "Good")
    compose = tasks.compose

    def fails_for_one(mail):
        if mail == broken:
            raise KeyError("title")
        return compose(mail)

    monkeypatch.setattr(tasks, "compose", fails_for_one)
    tasks.send_mails()

    assert (state(broken), state(good)) == ("waiting", "sent")
    assert broken.error == "KeyError('title')"


@pytest.mark.parametrize(
    "title", ["Line\r\nBcc: all@example.org", "x" * 1000, "<b>&amp;</b> “ا”", "\x00\x1b"]
)
def test_no_title_breaks_out_of_its_place(dawit, subject, mail_server, title):
    if "\x00" in title:
        title = title.replace("\x00", "")  # a database holds none
    mail = tell(dawit, subject, title)

    tasks.send_mails()

    [message] = mail_server.messages
    assert state(mail) == "sent"
    assert message["Bcc"] is None
    assert message["To"] == dawit.email
    assert "<b>" not in message.get_body(("html",)).get_content().replace("<bdi>", "")


def test_a_mail_is_written_in_the_members_language(bao, subject, mailoutbox):
    actions.save_settings(bao, choices={}, language="ar", time_zone="Asia/Amman")
    tell(bao, subject, "قانون جديد")

    tasks.send_mails()

    [message] = outbox.outbox
    html = message.alternatives[0].content
    assert '<html lang="ar" dir="rtl">' in html
    assert "http://localhost:8000/ar/notifications/settings/" in html
    assert "/ar/notifications/unsubscribe/" in message.extra_headers["List-Unsubscribe"]


def test_workers_killed_at_random_lose_nothing_and_send_nothing_twice(subject, mail_server, monkeypatch):
    """Sketch 5 in small: a server that drops lines after DATA, workers that are killed all the time."""
    monkeypatch.setattr(sending, "LEASE", timedelta(seconds=0.4))
    mail_server.hangs_up_after = {5, 30}
    mails = [tell(make.member(f"m{number}"), subject) for number in range(40)]

    for round_number in range(12):
        kill_soon(start_worker(), after=0.1 + 0.03 * (round_number % 5))
        time.sleep(0.45)
    tasks.send_mails()

    states = Counter(Mail.objects.values_list("state", flat=True))
    sent = set(Mail.objects.filter(state="sent").values_list("message_id", flat=True))
    assert set(states) <= {"sent", "uncertain"}
    assert sum(states.values()) == len(mails)
    assert max(Counter(mail_server.ids).values()) == 1
    assert sent <= set(mail_server.ids)
    assert states["uncertain"] >= 1


def start_worker():
    """The process of a worker that sends what is due; it shares nothing but the database and the mail server."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            tasks.send_mails()
        finally:
            os._exit(0)
    return pid


def kill_soon(pid, *, after):
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

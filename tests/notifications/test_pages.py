"""The pages: the list, the settings, and the way out of a mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications import actions, emails, tasks
from notifications.models import Choice, Mail, Notification, Preference
from tests import make

pytestmark = pytest.mark.django_db

PAGES = ["notification_list", "notification_settings"]


def asked(function):
    with CaptureQueriesContext(connection) as queries:
        function()
    return len(queries)


def settings_of(client):
    """What the form holds, as a browser would send it back."""
    form = client.get(reverse("notification_settings")).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


# ── In the header ────────────────────────────────────────────────────────────────────────────────────


def test_a_page_for_everybody_asks_nothing_about_notifications(client, subject, dawit):
    actions.notify(dawit, subject, title="News")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/notifications/unsubscribe/x/").content.decode()

    assert [query for query in queries if "notification" in query["sql"]] == []
    assert "unread" not in page


@pytest.mark.parametrize(("told", "shown"), [(0, None), (1, "1"), (99, "99"), (120, "99+")])
def test_the_header_of_a_member_counts_what_is_unread(client, dawit, told, shown):
    Notification.objects.bulk_create(Notification(member=dawit, subject="x") for _ in range(told))
    client.force_login(dawit)

    page = client.get(reverse("notification_list")).content.decode()

    found = re.search(r'<span class="count">([^<]+)</span>', page)
    assert (found and found[1]) == shown


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_what_was_told_the_newest_first(client, dawit, subject):
    for title in ("Older", "Newer", "gone"):
        actions.notify(dawit, subject, title=title, url="/library/")
    client.force_login(dawit)

    page = client.get(reverse("notification_list"))

    assert [words.title for _one, words, _moment in page.context["told"]] == ["Newer", "Older"]


def test_nobody_sees_or_marks_what_others_were_told(client, dawit, amina, subject):
    hers = actions.notify(amina, subject, title="Hers")
    client.force_login(dawit)

    page = client.get(reverse("notification_list"))
    answer = client.post(reverse("notification_reading", args=[hers.pk]))

    hers.refresh_from_db()
    assert "Hers" not in page.content.decode()
    assert (answer.status_code, hers.read_at) == (404, None)


def test_one_and_all_are_marked_read_and_only_by_post(client, dawit, subject):
    first, second, third = (actions.notify(dawit, subject, title=str(n)) for n in range(3))
    client.force_login(dawit)

    refused = [client.get(reverse("notification_reading", args=[first.pk])).status_code]
    refused.append(client.get(reverse("notification_readings")).status_code)
    client.post(reverse("notification_reading", args=[third.pk]))
    one = set(Notification.objects.unread())
    client.post(reverse("notification_readings"), {"up_to": first.pk})

    assert refused == [405, 405]
    assert one == {first, second}
    assert list(Notification.objects.unread()) == [second]


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "٣"])
def test_a_marking_that_names_nothing_marks_nothing(client, dawit, subject, up_to):
    actions.notify(dawit, subject, title="News")
    client.force_login(dawit)

    answer = client.post(reverse("notification_readings"), {"up_to": up_to})

    assert (answer.status_code, Notification.objects.unread().count()) == (302, 1)


def test_the_list_costs_the_same_for_one_and_for_twenty(client, dawit, subject):
    client.force_login(dawit)
    actions.notify(dawit, subject, title="News")
    client.get(reverse("notification_list"))
    one = asked(lambda: client.get(reverse("notification_list")))

    for number in range(19):
        actions.notify(dawit, subject, title=f"News {number}")
    twenty = asked(lambda: client.get(reverse("notification_list")))

    assert (one, twenty) == (7, 7)


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999999999999", "%00"])
def test_any_page_number_is_a_page(client, dawit, subject, page):
    actions.notify(dawit, subject, title="News")
    client.force_login(dawit)

    assert client.get(reverse("notification_list"), {"page": page}).context["page"] == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, name):
    answer = client.get(reverse(name))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("sign_in"))


# ── The settings ─────────────────────────────────────────────────────────────────────────────────────


def test_the_settings_start_from_the_members_country_and_the_subjects_defaults(client, digest):
    member = make.member("Esnart", country=make.country("MWI", capital_time_zone="Africa/Blantyre"))
    client.force_login(member)

    form = client.get(reverse("notification_settings")).context["form"]

    assert (form["time_zone"].value(), form["language"].value()) == ("Africa/Blantyre", "en")
    assert [
        (s.key, here.value(), mail.value()) for s, here, mail in form.subject_rows() if s.key == digest
    ] == [(digest, True, "daily")]
    assert Preference.objects.count() == 0


def test_what_is_chosen_is_kept(client, dawit, subject):
    client.force_login(dawit)
    values = settings_of(client)
    number = [s.key for s in client.get(reverse("notification_settings")).context["form"].subjects].index(
        subject
    )

    answer = client.post(
        reverse("notification_settings"),
        {
            **values,
            "language": "fr",
            "time_zone": "Asia/Amman",
            "quiet_from": "22:00",
            "quiet_until": "06:00",
            f"mail_{number}": "weekly",
        },
    )

    assert answer.status_code == 302
    kept = Preference.objects.values_list("language", "time_zone", "quiet_from__hour", "quiet_until__hour")
    assert list(kept) == [("fr", "Asia/Amman", 22, 6)]
    assert Choice.objects.get(member=dawit, subject=subject).mail == "weekly"


@pytest.mark.parametrize(
    ("field", "wrong", "where"),
    [
        ("time_zone", "Mars/Phobos", "time_zone"),
        ("time_zone", "../../etc/passwd", "time_zone"),
        ("language", "tlh", "language"),
        ("digest_at", "25:00", "digest_at"),
        ("digest_weekday", "9", "digest_weekday"),
        ("quiet_from", "22:00", "quiet_until"),
        ("quiet_until", "06:00", "quiet_from"),
        ("mail_0", "hourly", "mail_0"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    client, dawit, subject, field, wrong, where
):
    client.force_login(dawit)

    page = client.post(reverse("notification_settings"), {**settings_of(client), field: wrong})

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (200, [where])
    assert form[field].value() == wrong
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "digest_at", "where"),
    [("06:00", "08:00", "07:00", "digest_at"), ("22:00", "22:00", "07:00", "quiet_until")],
)
def test_hours_that_contradict_each_other_are_refused(client, dawit, first, last, digest_at, where):
    client.force_login(dawit)
    hours = {"quiet_from": first, "quiet_until": last, "digest_at": digest_at}

    page = client.post(reverse("notification_settings"), {**settings_of(client), **hours})

    assert list(page.context["form"].errors) == [where]


def test_mail_is_paused_for_two_weeks_and_resumed(client, dawit):
    client.force_login(dawit)

    client.post(reverse("notification_pause"))
    paused = Preference.objects.get().paused_until
    client.post(reverse("notification_pause"), {"pause": "end"})

    assert timedelta(days=13, hours=23) < paused - timezone.now() <= timedelta(days=14)
    assert Preference.objects.get().paused_until is None


# ── The way out of a mail ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def address(dawit, subject):
    return emails.unsubscribe_address(dawit, [subject])


def test_looking_at_the_way_out_changes_nothing(client, address, subject):
    page = client.get(address)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert f"About {subject}" in page.content.decode()
    assert Choice.objects.count() == 0


def test_one_click_ends_the_mails_without_session_or_token(address, dawit, subject, mailoutbox):
    mailbox = Client(enforce_csrf_checks=True)

    answer = mailbox.post(address, {"List-Unsubscribe": "One-Click"})
    actions.notify(dawit, subject, title="News")
    tasks.send_mails()

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert outbox.outbox == []
    assert Notification.objects.get(member=dawit).here is True


def test_the_button_on_the_page_does_the_same(address, dawit, subject):
    answer = Client(enforce_csrf_checks=True).post(address)

    assert answer.status_code == 200
    assert Choice.objects.get(member=dawit, subject=subject).mail == "off"


def test_it_ends_a_mail_that_already_waits(address, dawit, subject, mailoutbox):
    actions.notify(dawit, subject, title="News")

    Client().post(address)
    tasks.send_mails()

    assert (outbox.outbox, Mail.objects.get().state) == ([], "dropped")


@pytest.mark.parametrize("token", ["x", "WzEsWyJ4Il1d:1abc:forged", "%00", "٣" * 50])
def test_an_address_that_is_not_ours_is_answered_alike(client, token):
    address = reverse("unsubscribe", args=["TOKEN"]).replace("TOKEN", token)

    statuses = [client.get(address).status_code, client.post(address).status_code]

    assert statuses == [200, 200]
    assert Choice.objects.count() == 0


def test_the_address_of_an_erased_member_is_answered_alike(client, address, dawit):
    dawit.delete()

    assert client.post(address).status_code == 200


# ── Staff ────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_see_the_ledger_and_send_once_more_what_is_uncertain(client, dawit, subject):
    mail = actions.notify(dawit, subject, title="News").mail
    Mail.objects.update(state="uncertain", ended_at=timezone.now())
    client.force_login(make.member("Root", is_staff=True, is_superuser=True))

    listed = client.get(reverse("admin:notifications_mail_changelist"))
    client.post(
        reverse("admin:notifications_mail_changelist"),
        {"action": "send_once_more", "_selected_action": [mail.pk]},
    )

    mail.refresh_from_db()
    assert (listed.status_code, mail.state) == (200, "waiting")

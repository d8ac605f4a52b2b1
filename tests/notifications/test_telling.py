"""Who is told what, in which way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import actions
from notifications.models import Choice, Mail, Notification
from tests import make

pytestmark = pytest.mark.django_db


def mails(member):
    return list(Mail.objects.filter(member=member).order_by("pk"))


def test_what_is_told_stands_in_the_list_and_waits_as_a_mail(dawit, subject):
    told = actions.notify(dawit, subject, title="News")

    [mail] = mails(dawit)
    assert (told.here, told.read_at, told.mail) == (True, None, mail)
    assert (mail.state, mail.lease_until, mail.attempts) == ("waiting", None, 0)


def test_a_member_who_wants_neither_is_told_nothing(dawit, subject):
    Choice.objects.create(member=dawit, subject=subject, here=False, mail="off")

    assert actions.notify(dawit, subject, title="News") is None

    assert Notification.objects.count() == Mail.objects.count() == 0


@pytest.mark.parametrize(("here", "mail", "mails_made"), [(True, "off", 0), (False, "now", 1)])
def test_each_way_can_be_chosen_alone(dawit, subject, here, mail, mails_made):
    Choice.objects.create(member=dawit, subject=subject, here=here, mail=mail)

    told = actions.notify(dawit, subject, title="News")

    assert (told.here, len(mails(dawit))) == (here, mails_made)


def test_one_digest_a_day_takes_everything(dawit, digest):
    for number in range(3):
        actions.notify(dawit, digest, title=f"News {number}")

    [mail] = mails(dawit)
    assert mail.notifications.count() == 3
    assert mail.due_at > timezone.now()


def test_what_comes_while_a_digest_is_being_sent_goes_into_the_next(dawit, digest):
    first = actions.notify(dawit, digest, title="Before")
    Mail.objects.update(due_at=timezone.now())
    claimed = actions.claim_mail()

    second = actions.notify(dawit, digest, title="After")

    assert claimed == first.mail
    assert second.mail != first.mail
    assert second.mail.state == "waiting"


def test_what_comes_in_quiet_hours_waits_in_one_mail(dawit, subject):
    now = timezone.now()
    quiet = {
        "quiet_from": (now - timedelta(hours=1)).time(),
        "quiet_until": (now + timedelta(hours=2)).time(),
    }
    actions.save_settings(dawit, choices={}, time_zone="UTC", **quiet)

    told = [actions.notify(dawit, subject, title=title) for title in ("One", "Two")]

    assert told[0].mail == told[1].mail
    assert timedelta(hours=1) < told[0].mail.due_at - now <= timedelta(hours=2)


def test_a_bundle_is_one_mail_and_other_news_another(dawit, subject):
    one = actions.notify(dawit, subject, title="One", bundle="run 1")
    two = actions.notify(dawit, subject, title="Two", bundle="run 1")
    three = actions.notify(dawit, subject, title="Three")

    assert one.mail == two.mail
    assert three.mail != one.mail


def test_a_pause_stops_mail_and_not_the_list(dawit, subject):
    actions.pause_mail(dawit)

    told = actions.notify(dawit, subject, title="News")

    assert (told.here, told.mail) == (True, None)


def test_what_was_said_once_is_not_said_again(dawit, subject):
    first = actions.notify(dawit, subject, once="activity:7", title="News")
    second = actions.notify(dawit, subject, once="activity:7", title="News")

    assert first == second
    assert len(mails(dawit)) == 1


def test_a_subject_that_is_not_open_to_a_member_is_not_told(dawit, carla, staff_only):
    assert actions.notify(dawit, staff_only, title="News") is None
    assert actions.notify(carla, staff_only, title="News") is not None


def test_an_account_that_is_closed_is_told_nothing(subject):
    gone = make.member("Gone", is_active=False)

    assert actions.notify(gone, subject, title="News") is None


def test_a_subject_nobody_declared_is_refused(dawit):
    with pytest.raises(ValueError, match=r"tests\.unknown"):
        actions.notify(dawit, "tests.unknown")


def test_what_is_taken_back_is_in_no_list_and_no_mail(dawit, amina, subject):
    actions.notify(dawit, subject, about=amina, title="News")
    actions.notify(dawit, subject, about=dawit, title="Other news")

    actions.retract(subject, about=amina)

    assert [one.data["title"] for one in Notification.objects.all()] == ["Other news"]


def test_all_is_marked_read_up_to_what_was_seen(dawit, amina, subject):
    seen = actions.notify(dawit, subject, title="Seen")
    newer = actions.notify(dawit, subject, title="Newer")
    others = actions.notify(amina, subject, title="Hers")

    marked = actions.mark_all_read(dawit, up_to=seen.pk)

    assert marked == 1
    assert set(Notification.objects.unread()) == {newer, others}


def test_the_old_is_forgotten_but_not_what_is_uncertain(dawit, subject):
    now = timezone.now()
    for title in ("read", "unread", "fresh"):
        actions.notify(dawit, subject, title=title)
    read, unread, fresh = Notification.objects.order_by("pk")
    Notification.objects.filter(pk=read.pk).update(read_at=now - timedelta(days=181))
    Notification.objects.filter(pk=unread.pk).update(created_at=now - timedelta(days=401))
    ended = {"ended_at": now - timedelta(days=91)}
    Mail.objects.filter(pk=read.mail_id).update(state="sent", **ended)
    Mail.objects.filter(pk=unread.mail_id).update(state="uncertain", **ended)

    actions.forget_old(now)

    assert list(Notification.objects.all()) == [fresh]
    assert set(Mail.objects.all()) == {unread.mail, fresh.mail}

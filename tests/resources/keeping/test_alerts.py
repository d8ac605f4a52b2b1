"""From a published resource to a mail: matched when it is published, told in the member's rhythm (sketch 6)."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity import tasks as activity_tasks
from activity.models import Activity
from notifications import tasks as mail_tasks
from notifications.actions import save_settings
from notifications.models import Choice, Mail, Notification
from resources import actions, tasks
from resources.models import Kind, SavedSearch, SearchAnchor, SearchMatch, SearchPattern, Status
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index", "mailoutbox")]


def save(member, text="", *, name="", frequency="now", **filters):
    return actions.save_search(
        member, name=name or text or "All", text=text, filters=filters, query=f"q={text}", frequency=frequency
    )


def run():
    """What the clock does once everything is due."""
    SearchMatch.objects.filter(told_at=None).update(due_at=timezone.now())
    tasks.tell_matches()
    Mail.objects.filter(state="waiting").update(due_at=timezone.now())
    mail_tasks.send_mails()
    return outbox.outbox


def texts(mails):
    return [mail.body for mail in mails]


def test_three_overlapping_alerts_and_one_new_item_are_one_mail_with_the_item_once(dawit):
    for text in ("pension", "farmers", "pension farmers"):
        save(dawit, text)

    make.resource(title="Pensions for farmers")
    [mail] = run()

    assert SearchMatch.objects.count() == 3
    assert mail.subject == "1 new result for “pension”"
    assert mail.body.count("Pensions for farmers") == 1
    assert [one.data["total"] for one in Notification.objects.all()] == [1]


def test_nothing_new_is_no_mail(dawit):
    save(dawit, "pension")

    make.resource(title="School feeding")

    assert run() == []
    assert SearchMatch.objects.count() == 0


def test_what_stood_before_the_search_was_saved_is_not_told(dawit):
    make.resource(title="Pensions for farmers")

    save(dawit, "pension")

    assert run() == []


def test_what_is_withdrawn_before_the_run_is_absent(dawit):
    save(dawit, "pension")
    stays, goes = make.resource(title="Pensions here"), make.resource(title="Pensions there")

    actions.withdraw_resource(goes, reason="Sent by mistake")
    [mail] = run()

    assert (stays.title in mail.body, goes.title in mail.body) == (True, False)
    assert mail.subject == "1 new result for “pension”"


def test_what_is_withdrawn_between_run_and_mail_is_absent(dawit):
    save(dawit, "pension")
    only = make.resource(title="Pensions here")
    SearchMatch.objects.update(due_at=timezone.now())
    tasks.tell_matches()

    actions.withdraw_resource(only, reason="Sent by mistake")
    mail_tasks.send_mails()

    assert outbox.outbox == []
    assert [mail.state for mail in Mail.objects.all()] == ["dropped"]


def test_the_mail_speaks_the_members_language_and_shows_the_version_in_it(dawit):
    save_settings(dawit, choices={}, language="fr")
    save(dawit, "pension")
    paper = make.resource(title="Social pensions")
    french = make.resource(title="Les pensions sociales", language_code="fr", work=paper.work)

    [mail] = run()

    assert '<html lang="fr" dir="ltr">' in mail.alternatives[0].content
    assert french.title in mail.body
    assert paper.title not in mail.body
    assert f"http://localhost:8000/fr/library/publication/{french.slug}/" in mail.body


def test_a_work_is_told_once_though_its_versions_are_published_one_by_one(dawit):
    save(dawit, "pension")
    paper = make.resource(title="Social pensions")
    run()

    make.resource(title="Les pensions sociales", language_code="fr", work=paper.work)

    assert len(run()) == 1


def test_a_mail_shows_ten_and_leads_to_the_rest(dawit):
    save(dawit, "pension")
    for number in range(13):
        make.resource(title=f"Pension number {number}")

    [mail] = run()

    assert mail.subject == "13 new results for “pension”"
    assert mail.body.count("* Pension number") == 10
    assert "http://localhost:8000/library/?q=pension&sort=newest" in mail.body


def test_an_item_told_today_is_not_told_again_today_under_another_alert(dawit):
    save(dawit, "pension")
    later = save(dawit, "farmers", frequency="daily")
    make.resource(title="Pensions for farmers")
    tasks.tell_matches()

    run()

    assert Notification.objects.count() == 1
    assert later.matches.get().told_at is not None


def test_an_item_told_yesterday_is_told_by_the_weekly_alert(dawit):
    save(dawit, "pension")
    save(dawit, "farmers", frequency="weekly")
    make.resource(title="Pensions for farmers")
    tasks.tell_matches()
    SearchMatch.objects.exclude(told_at=None).update(told_at=timezone.now() - timedelta(days=1, minutes=1))

    run()

    assert Notification.objects.count() == 2


@pytest.mark.parametrize(
    ("frequency", "least", "most"), [("now", 0, 0), ("daily", 0, 1), ("weekly", 0, 7), ("monthly", 0, 31)]
)
def test_a_match_is_due_in_the_rhythm_of_its_search(dawit, frequency, least, most):
    save(dawit, "pension", frequency=frequency)

    make.resource(title="Pensions for farmers")

    waits = SearchMatch.objects.get().due_at - timezone.now()
    assert timedelta(days=least) - timedelta(seconds=30) <= waits <= timedelta(days=most)


def test_a_search_that_is_only_kept_matches_nothing(dawit):
    save(dawit, "pension", frequency="off")

    make.resource(title="Pensions for farmers")

    assert SearchMatch.objects.count() == 0


def test_a_search_made_quiet_forgets_what_waited(dawit):
    search = save(dawit, "pension", frequency="weekly")
    make.resource(title="Pensions for farmers")

    actions.stop_search(search)

    assert run() == []
    assert SearchMatch.objects.count() == 0


def test_another_rhythm_holds_for_what_waits(dawit):
    search = save(dawit, "pension", frequency="monthly")
    make.resource(title="Pensions for farmers")

    actions.change_search(search, name="Pensions", frequency="now")
    tasks.tell_matches()

    assert Notification.objects.count() == 1


def test_what_is_added_in_the_first_days_counts(dawit):
    save(dawit, "pension", country=["MWI"])
    resource = make.resource(title="Pensions for farmers")
    before = SearchMatch.objects.count()

    actions.edit_resource(resource, countries=[make.country("MWI")])
    actions.edit_resource(resource, summary="Again")

    assert (before, SearchMatch.objects.count()) == (0, 1)


def test_what_is_added_later_is_no_news(dawit):
    save(dawit, "pension", country=["MWI"])
    resource = make.resource(title="Pensions for farmers")
    type(resource).objects.update(published_at=timezone.now() - timedelta(days=8))

    actions.edit_resource(resource, countries=[make.country("MWI")])

    assert SearchMatch.objects.count() == 0


def test_what_stood_before_a_search_is_not_told_for_being_edited(dawit):
    resource = make.resource(title="Pensions for farmers")
    save(dawit, "pension")

    actions.edit_resource(resource, summary="For all")

    assert SearchMatch.objects.count() == 0


def test_what_is_wrong_with_one_member_keeps_no_other_waiting(dawit, amina, monkeypatch):
    for member in (dawit, amina):
        save(member, "pension")
    make.resource(title="Pensions for farmers")
    tell = actions.tell_matches

    def fails_for_one(member):
        if member == dawit:
            raise ValueError("no")
        return tell(member)

    monkeypatch.setattr(actions, "tell_matches", fails_for_one)
    tasks.tell_matches()

    assert [one.member for one in Notification.objects.all()] == [amina]


def test_the_same_question_of_two_members_is_matched_once_and_told_to_both(dawit, amina):
    save(dawit, "pension", kind=["publication", "law"])
    save(amina, "pension", kind=["law", "publication"])

    make.resource(title="Pensions for farmers")

    assert SearchPattern.objects.count() == 1
    assert sorted(mail.to[0] for mail in run()) == sorted([dawit.email, amina.email])


def test_drafts_and_submissions_match_nothing(dawit):
    save(dawit, "pension")

    make.resource(title="Pensions", status=Status.DRAFT)
    make.resource(title="Pensions", status=Status.SUBMITTED)

    assert SearchMatch.objects.count() == 0


@pytest.mark.parametrize(
    ("filters", "matches"),
    [
        ({"kind": ["law"]}, 1),
        ({"kind": ["publication"]}, 0),
        ({"country": ["MWI"]}, 1),
        ({"region": ["SSF"], "income": ["LIC"]}, 1),
        ({"year": (2020, 2030)}, 1),
        ({"year": (1800, 2010)}, 0),
        ({"year": ["2024"]}, 1),
        ({"language": ["en"], "country": ["ZMB"]}, 0),
        ({}, 1),
    ],
)
def test_filters_count_as_they_do_in_the_search(dawit, filters, matches):
    save(dawit, "", **filters)

    make.resource(Kind.LAW, title="Pension Act", countries=["MWI"], detail={"instrument": "act"})

    assert SearchMatch.objects.count() == matches


def test_delivering_a_publication_twice_matches_and_tells_once(dawit):
    save(dawit, "pension")
    make.resource(title="Pensions for farmers")

    for activity in Activity.objects.filter(verb="resources.published"):
        actions.match_saved_searches(activity.subject_id)
        activity_tasks.deliver(activity.pk)

    assert len(run()) == 1
    assert len(run()) == 1


def test_a_resource_published_again_is_not_news(dawit):
    save(dawit, "pension")
    resource = make.resource(title="Pensions for farmers")
    run()

    actions.withdraw_resource(resource, reason="Sent by mistake")
    actions.publish_resource(resource)

    assert len(run()) == 1


def test_a_member_who_wants_no_such_mail_still_finds_it_here(dawit):
    Choice.objects.create(member=dawit, subject="resources.saved_searches", mail="off")
    save(dawit, "pension")
    make.resource(title="Pensions for farmers")

    assert run() == []
    assert Notification.objects.get().here is True


def test_one_search_in_a_mail_is_ended_by_its_own_header_and_several_by_the_subjects(dawit):
    save(dawit, "pension")
    make.resource(title="Pensions for farmers")
    run()
    save(dawit, "school")
    make.resource(title="School pensions")
    make.resource(title="School feeding")

    first, second = run()

    assert "/library/saved/stop/" in first.extra_headers["List-Unsubscribe"]
    assert "/notifications/unsubscribe/" in second.extra_headers["List-Unsubscribe"]


def test_matching_asks_as_much_of_the_database_whatever_is_stored(dawit):
    save(dawit, "pension")
    resource = make.resource(title="Pensions for farmers", countries=["MWI"])

    def queries():
        SearchMatch.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            actions.match_saved_searches(resource.pk)
        return len(asked)

    few = queries()
    for number in range(40):
        save(dawit, f"pension word{number}")
    many = queries()

    assert many == few


def test_a_search_that_is_removed_leaves_nothing_behind(dawit):
    search = save(dawit, "pension")
    make.resource(title="Pensions for farmers")
    tasks.tell_matches()

    actions.remove_search(search)
    dropped = tasks.forget_unused_patterns()

    assert dropped == 1
    left = [SavedSearch, SearchMatch, SearchPattern, SearchAnchor, Notification]
    assert [model.objects.count() for model in left] == [0] * 5


def test_a_question_that_is_still_asked_is_not_forgotten(dawit):
    save(dawit, "pension")

    assert tasks.forget_unused_patterns() == 0


def test_who_contributed_hears_what_others_decided(dawit, carla):
    resource = make.resource(title="A report", by=dawit, status=Status.DRAFT)

    actions.publish_resource(resource, by=carla)
    actions.withdraw_resource(resource, by=carla, reason="A newer edition is there.")
    mail_tasks.send_mails()

    assert [mail.subject for mail in outbox.outbox if mail.to == [dawit.email]] == [
        "“A report” is published",
        "“A report” was withdrawn",
    ]
    assert "A newer edition is there." in texts(outbox.outbox)[-1]


def test_who_decides_alone_hears_nothing_of_it(carla):
    resource = make.resource(title="A report", by=carla, status=Status.DRAFT)

    actions.publish_resource(resource, by=carla)

    assert Notification.objects.count() == 0


def test_staff_hear_of_what_waits_until_it_is_decided(dawit, carla):
    resource = make.resource(title="A report", by=dawit, status=Status.SUBMITTED)
    told = Notification.objects.filter(member=carla)
    assert [one.subject for one in told] == ["resources.submissions"]

    actions.publish_resource(resource, by=carla)
    Mail.objects.update(due_at=timezone.now())
    mail_tasks.send_mails()

    assert [mail.to[0] for mail in outbox.outbox] == [dawit.email]

"""Taking one's data away, closing the account, and keeping nothing longer than needed."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from activity.models import Activity
from kit.personal import Fate, links, personal
from members import actions
from members.models import (
    Affiliation,
    Audience,
    Consent,
    DataExport,
    Erasure,
    Member,
    Message,
    Profile,
    Proof,
    Purpose,
    SignInDevice,
)
from members.tasks import erase_due, make_exports
from resources.models import Autosave, Resource
from search.find import find
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "drought and harvest"
NAME, ADDRESS = "Zanzibarquux Phiri", "zanzibarquux@gender.example"


def points_at_a_member():
    """Every column of every table that points at an account, as "room.Model.column"."""
    return {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for column in model._meta.concrete_fields
        if column.is_relation and column.related_model is Member
    }


@pytest.fixture
def phiri(db):
    """A member about whom there is something in every table of this room, and in some of others."""
    member = make.member(NAME, email=ADDRESS, password=PASSWORD, country=make.country("MWI"))
    other = make.member("Other")
    make.profile(
        member,
        bio=f"I am {NAME}",
        topics=[make.topic()],
        experience=["ZMB"],
        affiliations=[{"position": "Head", "organisation_name": f"Office of {NAME}"}],
        shown_to=Audience.PUBLIC,
    )
    Message.objects.create(sender=member, recipient=other, subject=f"From {NAME}", text=ADDRESS)
    Message.objects.create(sender=other, recipient=member, subject=f"To {NAME}", text=ADDRESS)
    SignInDevice.objects.create(member=member, token_digest="d", ip="203.0.113.9", user_agent=NAME)
    Authenticator.objects.create(user=member, type="totp", data={"secret": "hidden-secret"})
    Proof.objects.create(member=other, method="colleague", colleague=member, email=ADDRESS, token="t1")
    letter = Proof.objects.create(
        member=member,
        method="letter",
        institution_name="Ministry",
        email=ADDRESS,
        token="t2",
        letter_type="image/png",
    )
    letter.letter.save("letter", ContentFile(b"letter"))
    LogEntry.objects.create(
        user=other,
        content_type=ContentType.objects.get_for_model(Member),
        object_id=str(member.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=NAME,
    )
    Autosave.objects.create(member=member, kind="news", data={"title": ["Draft"]})
    resource = make.resource(title="Given to the library")
    Resource.objects.filter(pk=resource.pk).update(submitted_by=member)
    return member


def everything_in_the_database():
    """All texts of all tables."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words += [str(value) for row in cursor.fetchall() for value in row if value is not None]
    return "\n".join(words)


# ── What is known ────────────────────────────────────────────────────────────────────────────────────


def test_every_column_that_points_at_a_member_is_declared():
    assert sorted(points_at_a_member() - links().keys()) == []


def test_nothing_is_declared_that_is_not_there():
    assert sorted(links().keys() - points_at_a_member()) == []


def test_what_is_cleared_can_be_empty():
    wrong = [
        link.key
        for link in links().values()
        if link.fate is Fate.CLEARED and not apps.get_model(link.model)._meta.get_field(link.column).null
    ]

    assert wrong == []


def test_rows_that_stay_need_a_reason():
    with pytest.raises(ValueError, match="say why"):
        personal("members.Nothing", "member", Fate.KEPT)


# ── Taking it away ───────────────────────────────────────────────────────────────────────────────────


def unpacked(answer):
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return json.loads(packed.read("data.json")), packed.read("index.html").decode()


def test_a_member_takes_away_all_that_is_known_about_them(client, phiri):
    client.force_login(phiri)
    Authenticator.objects.filter(user=phiri).delete()
    phiri.set_unusable_password()
    phiri.save()
    client.force_login(phiri)

    client.post("/account/data/")
    link = f"/account/data/{DataExport.objects.get().token}/"
    data, page = unpacked(client.get(link))

    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    assert link in mail.outbox[0].body
    declared = {link.model for link in links().values() if link.is_exported}
    assert declared <= {name.rsplit(".", 1)[0] if name.count(".") == 2 else name for name in data}
    assert data["members.Member"][0]["email"] == ADDRESS
    assert data["members.Profile"][0]["topics"] == ["Cash transfers"]
    assert [row["subject"] for row in data["members.Message"]] == [f"From {NAME}"]
    assert [row["subject"] for row in data["members.Message.recipient"]] == [f"To {NAME}"]
    assert [row["title"] for row in data["resources.Resource"]] == ["Given to the library"]
    assert f"Office of {NAME}" in page


def test_no_secret_goes_into_the_export(client, phiri):
    data = actions.exports.archive(phiri)

    packed = zipfile.ZipFile(io.BytesIO(data))
    text = packed.read("data.json").decode() + packed.read("index.html").decode()
    assert "hidden-secret" not in text
    assert phiri.password not in text


def test_the_password_is_asked_for_before_data_are_collected_or_erased(client, phiri):
    Authenticator.objects.all().delete()
    client.post("/sign-in/", {"login": ADDRESS, "password": PASSWORD})

    export = client.post("/account/data/")
    erasure = client.post("/account/closing/", {"understood": "on"})
    before = (DataExport.objects.count(), Erasure.objects.count())
    confirmed = client.post(erasure["Location"], {"password": PASSWORD})

    assert (export["Location"], erasure["Location"]) == (
        "/account/confirm/?next=%2Faccount%2Fdata%2F",
        "/account/confirm/?next=%2Faccount%2Fclosing%2F",
    )
    assert (before, confirmed.status_code, Erasure.objects.pending().count()) == ((0, 0), 302, 1)


def test_an_export_is_open_to_its_owner_for_a_day(client, phiri, bao):
    export = actions.make_export(actions.ask_for_export(phiri))
    address = f"/account/data/{export.token}/"

    as_visitor = client.get(address).status_code
    client.force_login(bao)
    as_another = client.get(address).status_code
    client.force_login(phiri)
    as_owner = client.get(address).status_code
    DataExport.objects.update(
        ready_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )
    late = client.get(address)

    assert (as_visitor, as_another, as_owner, late.status_code) == (302, 404, 200, 410)
    assert "This link has expired" in late.content.decode()


def test_asking_twice_makes_one_file(phiri, monkeypatch):
    monkeypatch.setattr("members.handlers.start_exports", lambda: None)
    first, second = actions.ask_for_export(phiri), actions.ask_for_export(phiri)

    made = (make_exports(), make_exports())

    assert (first, made) == (second, (1, 0))


def test_data_are_not_collected_all_day(client, dawit):
    client.force_login(dawit)

    pages = [client.post("/account/data/", follow=True).content.decode() for _try in range(4)]

    assert ["Try again tomorrow." in page for page in pages] == [False, False, False, True]
    assert DataExport.objects.count() == 3


def test_the_file_of_an_export_is_deleted_after_its_day(phiri):
    export = actions.make_export(actions.ask_for_export(phiri))
    name = export.file.name
    DataExport.objects.update(
        ready_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )

    counts = actions.clean_up()

    assert (counts["exports after a day"], default_storage.exists(name)) == (1, False)
    assert actions.clean_up()["exports after a day"] == 0


# ── Closing ──────────────────────────────────────────────────────────────────────────────────────────


def due(member):
    erasure = actions.ask_for_erasure(member)
    Erasure.objects.filter(pk=erasure.pk).update(due_at=timezone.now())
    return erasure


def test_closing_waits_two_weeks_and_hides_the_member_at_once(client, phiri, bao):
    erasure = actions.ask_for_erasure(phiri)

    client.force_login(bao)
    assert client.get(f"/members/{phiri.pk}/").status_code == 404
    assert (erasure.due_at - erasure.asked_at).days == 14
    assert erase_due() == 0
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_closing_can_be_undone(client, phiri, bao):
    due(phiri)
    client.force_login(phiri)

    page = client.get("/account/closing/").content.decode()
    client.post("/account/closing/undo/")

    client.force_login(bao)
    assert "Your account will be erased on" in page
    assert (erase_due(), client.get(f"/members/{phiri.pk}/").status_code) == (0, 200)


def test_opening_the_page_that_undoes_it_undoes_nothing(client, phiri):
    actions.ask_for_erasure(phiri)
    client.force_login(phiri)

    client.get("/account/closing/undo/")

    assert Erasure.objects.pending().count() == 1


def test_nothing_that_names_the_person_is_left(phiri):
    before = everything_in_the_database()
    due(phiri)

    erase_due()

    after = everything_in_the_database()
    assert (NAME in before, ADDRESS in before) == (True, True)
    assert (NAME in after, ADDRESS in after, "203.0.113.9" in after) == (False, False, False)


def test_what_was_given_to_the_library_stays_under_one_pseudonym(phiri):
    erasure = due(phiri)

    erase_due()

    given = Resource.objects.get(title="Given to the library")
    phiri.refresh_from_db()
    assert given.submitted_by == phiri
    assert (str(phiri), phiri.is_active, phiri.has_usable_password()) == (
        f"Former member {erasure.pk}",
        False,
        False,
    )
    erasure.refresh_from_db()
    assert erasure.counts["members.Affiliation.member"] == 1
    assert erasure.counts["resources.Resource.submitted_by"] == 1


def test_erased_rows_are_gone_and_cleared_rows_name_nobody(phiri):
    due(phiri)

    erase_due()

    gone = [Affiliation, Consent, Profile, Message, SignInDevice, Autosave, DataExport]
    assert [model.objects.count() for model in gone] == [0] * len(gone)
    assert (
        EmailAddress.objects.filter(user=phiri).count(),
        UserSession.objects.filter(user=phiri).count(),
    ) == (0, 0)
    assert list(Proof.objects.values_list("colleague", "email")) == [(None, "")]


def test_files_and_sessions_go_with_the_account(phiri):
    browser = Client()
    Authenticator.objects.all().delete()
    browser.post("/sign-in/", {"login": ADDRESS, "password": PASSWORD})
    actions.make_export(actions.ask_for_export(phiri))
    files = [DataExport.objects.get().file.name, Proof.objects.get(member=phiri).letter.name]
    due(phiri)

    erase_due()

    assert [default_storage.exists(name) for name in files] == [False, False]
    assert (browser.get("/account/").status_code, Session.objects.count()) == (302, 0)


def test_an_erased_person_is_in_no_index(index, phiri):
    index.sync()
    asked = {
        "models": ("members.profile", "members.publicprofile"),
        "audience": ("directory-members", "directory-public"),
    }
    before = find("Zanzibarquux", **asked).total
    due(phiri)

    erase_due()

    index.refresh()
    assert (before, find("Zanzibarquux", **asked).total) == (2, 0)


def test_the_address_may_join_again(client, phiri):
    due(phiri)
    erase_due()

    again = make.member("Zanzibarquux", email=ADDRESS)

    assert again.pk != phiri.pk


def test_erasing_twice_is_erasing_once(phiri):
    erasure = due(phiri)
    actions.erase(erasure)
    number = Activity.objects.count()

    actions.erase(erasure)

    assert Activity.objects.count() == number


def test_one_account_that_cannot_be_erased_holds_up_no_other(phiri, bao, monkeypatch):
    stuck, _other = due(phiri), due(bao)
    erase = actions.erase

    def fail_for_one(erasure):
        if erasure.pk == stuck.pk:
            raise RuntimeError
        return erase(erasure)

    monkeypatch.setattr(actions, "erase", fail_for_one)

    erase_due()

    assert list(Erasure.objects.pending()) == [stuck]


def test_the_last_account_with_all_rights_stays(client):
    only = make.member("Only", is_superuser=True, is_staff=True)
    client.force_login(only)

    answer = client.post("/account/closing/", {"understood": "on"})

    with pytest.raises(ValidationError):
        actions.ask_for_erasure(only)
    assert (answer.status_code, "the only account with all rights" in answer.content.decode()) == (200, True)


def test_closing_without_meaning_it_closes_nothing(client, dawit):
    client.force_login(dawit)

    answer = client.post("/account/closing/", {})

    assert list(answer.context["form"].errors) == ["understood"]
    assert Erasure.objects.count() == 0


# ── Keeping nothing longer than needed ───────────────────────────────────────────────────────────────


@pytest.fixture
def old(phiri):
    """Rows past their time, beside the fresh ones of Phiri."""
    long_ago = timezone.now() - timedelta(days=800)
    other = Member.objects.get(name="Other")
    Message.objects.create(sender=other, recipient=phiri, subject="Old", text="x", sent_at=long_ago)
    SignInDevice.objects.create(member=other, token_digest="o", ip="203.0.113.1", last_seen_at=long_ago)
    Proof.objects.create(member=other, method="mail", state="ended", token="t3", asked_at=long_ago)
    unverified = make.member("Unverified", joined_at=long_ago)
    Consent.objects.create(member=unverified, purpose=Purpose.RULES, version="1", wording="-", is_given=True)
    make.member("Made by staff", joined_at=long_ago)


def test_a_dry_run_counts_and_deletes_nothing(old, capsys):
    call_command("clean_up_accounts", "--dry-run")
    said = capsys.readouterr().out

    call_command("clean_up_accounts")

    expected = [
        "       1  letters after 90 days",
        "       1  browsers not seen for a year",
        "       1  proofs two years after they ended",
        "       1  accounts not verified within 30 days",
        "       0  exports after a day",
    ]
    assert said.splitlines() == [*expected, "Nothing was deleted."]
    assert capsys.readouterr().out.splitlines() == [*expected, "Deleted."]
    assert Message.objects.filter(subject="Old").count() == 0
    assert Message.objects.count() == 2
    assert sorted(Member.objects.values_list("name", flat=True)) == sorted([NAME, "Other", "Made by staff"])


def test_accounts_nobody_uses_are_written_to_and_then_erased(capsys, carla):
    long_ago = timezone.now() - timedelta(days=800)
    quiet = make.member("Quiet", email="quiet@example.org", joined_at=long_ago, last_login=long_ago)
    make.member("Busy", joined_at=long_ago, last_login=timezone.now())
    Member.objects.filter(pk=carla.pk).update(joined_at=long_ago)

    call_command("close_inactive_accounts", "--dry-run")
    dry = (capsys.readouterr().out, Erasure.objects.count())
    call_command("close_inactive_accounts")
    call_command("close_inactive_accounts")

    erasure = Erasure.objects.get()
    assert (quiet.email in dry[0], "Busy" in dry[0], dry[1]) == (True, False, 0)
    assert (erasure.member, (erasure.due_at - erasure.asked_at).days) == (quiet, 44)
    assert [letter.to for letter in mail.outbox] == [[quiet.email]]


def test_whoever_signs_in_keeps_the_account(client):
    quiet = make.member("Quiet", email="quiet@example.org", password=PASSWORD)
    Member.objects.vouch_for_address(quiet)
    actions.ask_for_erasure(quiet, cause=Erasure.Cause.INACTIVE)

    client.post("/sign-in/", {"login": quiet.email, "password": PASSWORD})

    assert Erasure.objects.pending().count() == 0


def test_signing_in_does_not_undo_what_the_member_asked_for(client):
    leaving = make.member("Leaving", email="leaving@example.org", password=PASSWORD)
    Member.objects.vouch_for_address(leaving)
    actions.ask_for_erasure(leaving)

    client.post("/sign-in/", {"login": leaving.email, "password": PASSWORD})

    assert Erasure.objects.pending().count() == 1

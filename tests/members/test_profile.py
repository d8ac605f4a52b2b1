"""What members tell about themselves, and to whom."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction

from members import actions, queries
from members.models import Affiliation, Audience, Message, Profile, Purpose
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(vocabulary):
    make.topic("Social assistance", slug="social-assistance", code="1")
    make.topic("Cash transfers", slug="cash-transfers", code="1.1", parent=make.Topic.objects.get(code="1"))
    return {
        "name": "Amina Phiri",
        "country": "MWI",
        "bio": "I run the registry.",
        "topics": ["cash-transfers"],
        "experience": "Malawi, Zambia",
        "languages": "English, Swahili",
        "language": "fr",
        "time_zone": "Africa/Blantyre",
        "shown_to": "public",
        "affiliation_shown_to": "public",
        "country_shown_to": "members",
        "bio_shown_to": "members",
        "topics_shown_to": "public",
        "experience_shown_to": "nobody",
        "languages_shown_to": "public",
    }


def test_a_profile_is_saved_whole(client, amina, form):
    client.force_login(amina)

    answer = client.post("/account/profile/", form)

    profile = Profile.objects.get()
    amina.refresh_from_db()
    assert answer.status_code == 302
    assert (amina.name, profile.bio, profile.language, profile.time_zone) == (
        "Amina Phiri",
        "I run the registry.",
        "fr",
        "Africa/Blantyre",
    )
    assert [topic.slug for topic in profile.topics.all()] == ["cash-transfers"]
    assert sorted(profile.experience.values_list("pk", flat=True)) == ["MWI", "ZMB"]
    assert sorted(profile.languages.values_list("pk", flat=True)) == ["en", "sw"]
    page = client.get("/account/profile/").content.decode()
    assert 'value="Malawi, Zambia"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("experience", "Malawi, Atlantis"),
        ("languages", "English, Klingon"),
        ("country", "XXX"),
        ("topics", ["astrology"]),
        ("time_zone", "Mars/Olympus"),
        ("shown_to", "friends"),
        ("bio", "x" * 1501),
        ("name", "www.casino.example"),
    ],
)
def test_a_mistake_in_the_profile_is_named_and_what_was_typed_is_kept(client, amina, form, field, value):
    client.force_login(amina)

    answer = client.post("/account/profile/", {**form, field: value})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "I run the registry." in answer.content.decode() or field == "bio"
    assert Profile.objects.count() == 0


def test_each_part_is_shown_to_its_audience_only(client, amina, bao):
    make.organisation("Ministry of Gender", slug="ministry-of-gender")
    make.profile(
        amina,
        bio="Biographical words",
        experience=["ZMB"],
        languages=["sw"],
        affiliations=[{"position": "Registrar", "organisation_name": "Bureau"}],
        shown_to=Audience.PUBLIC,
        affiliation_shown_to=Audience.PUBLIC,
        bio_shown_to=Audience.MEMBERS,
        experience_shown_to=Audience.NOBODY,
        languages_shown_to=Audience.MEMBERS,
        country_shown_to=Audience.MEMBERS,
    )
    address = f"/members/{amina.pk}/"

    visitor = client.get(address).content.decode()
    client.force_login(bao)
    member = client.get(address).content.decode()

    words = ["Registrar · Bureau", "Biographical words", "Zambia", "Swahili", "Malawi"]
    assert [word in visitor for word in words] == [True, False, False, False, False]
    assert [word in member for word in words] == [True, True, False, True, True]
    assert amina.email not in visitor + member


@pytest.mark.parametrize(
    "hidden",
    ["members only", "nobody", "no consent", "blocked", "address not verified"],
)
def test_who_is_not_to_be_seen_does_not_exist(client, amina, bao, hidden):
    shown_to = {"members only": Audience.MEMBERS, "nobody": Audience.NOBODY}.get(hidden, Audience.PUBLIC)
    make.profile(amina, consents=[] if hidden == "no consent" else [Purpose.DIRECTORY], shown_to=shown_to)
    if hidden == "blocked":
        amina.is_active = False
        amina.save()
    if hidden == "address not verified":
        amina.emailaddress_set.update(verified=False)

    as_visitor = client.get(f"/members/{amina.pk}/").status_code
    client.force_login(bao)
    as_member = client.get(f"/members/{amina.pk}/").status_code

    assert (as_visitor, as_member) == (404, 200 if hidden == "members only" else 404)


def test_withdrawing_consent_takes_effect_at_once_and_stays_in_the_ledger(client, amina, bao):
    make.profile(amina, shown_to=Audience.PUBLIC)
    client.force_login(amina)

    client.post("/account/consents/", {"contact": "on"})

    client.force_login(bao)
    assert client.get(f"/members/{amina.pk}/").status_code == 404
    assert list(
        amina.consents.filter(purpose="directory").order_by("pk").values_list("is_given", "is_latest")
    ) == [
        (True, False),
        (False, True),
    ]


def test_saying_the_same_again_adds_no_line(amina):
    actions.set_consents(amina, {Purpose.DIRECTORY: True})

    actions.set_consents(amina, {Purpose.DIRECTORY: True})

    assert amina.consents.count() == 1


def test_there_is_no_second_latest_answer_even_behind_the_actions(amina):
    actions.set_consents(amina, {Purpose.DIRECTORY: True})

    with pytest.raises(IntegrityError), transaction.atomic():
        amina.consents.create(purpose=Purpose.DIRECTORY, version="1", wording="x", is_given=False)


def test_a_member_keeps_their_history_of_posts(client, amina, vocabulary):
    client.force_login(amina)

    client.post(
        "/account/profile/affiliations/new/",
        {"sector": "ngo", "organisation": "Small Aid", "starts_on": "2010-01-01", "ends_on": "2015-12-31"},
    )
    client.post(
        "/account/profile/affiliations/new/",
        {"sector": "government", "organisation": "MoG", "position": "Director", "starts_on": "2016-01-01"},
    )

    lines = list(Affiliation.objects.all())
    assert [(line.sector, line.place, line.is_current) for line in lines] == [
        ("government", "Ministry of Gender", True),
        ("ngo", "Small Aid", False),
    ]
    assert [line.sector for line in Affiliation.objects.current(date(2012, 5, 1))] == ["ngo"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sector": ""}, "sector"),
        ({"starts_on": "2020-01-02", "ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"starts_on": "0201-01-01"}, "starts_on"),
    ],
)
def test_a_post_that_cannot_be_is_refused_at_its_field(client, amina, vocabulary, values, field):
    client.force_login(amina)

    answer = client.post(
        "/account/profile/affiliations/new/", {"sector": "ngo", "organisation": "Aid", **values}
    )

    assert list(answer.context["form"].errors) == [field]
    assert Affiliation.objects.count() == 0


def test_nobody_touches_the_posts_of_another(client, amina, bao):
    make.profile(amina, affiliations=[{"position": "Registrar"}])
    line = Affiliation.objects.get()
    client.force_login(bao)

    answers = [
        client.post(f"/account/profile/affiliations/{line.pk}/{end}", {"sector": "ngo"}).status_code
        for end in ("", "removal/")
    ]

    assert answers == [404, 404]
    assert Affiliation.objects.get().position == "Registrar"


# ── Letters ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def words():
    return {"subject": "Your registry", "text": "How did you begin with it?\n\nBao"}


def test_a_letter_arrives_and_gives_away_no_address_of_the_recipient(client, amina, bao, words):
    make.profile(amina)
    make.profile(bao)
    client.force_login(bao)

    answer = client.post(f"/members/{amina.pk}/letter/", words, follow=True)

    letter = mail.outbox[0]
    assert (letter.to, letter.reply_to) == ([amina.email], [bao.email])
    assert "How did you begin with it?" in letter.body
    assert "Your letter is on its way to" in answer.content.decode()
    assert amina.email not in answer.content.decode()


def test_who_did_not_agree_gets_no_letters(client, amina, bao, words):
    make.profile(amina, consents=[Purpose.DIRECTORY])
    client.force_login(bao)

    page = client.get(f"/members/{amina.pk}/").content.decode()
    answer = client.post(f"/members/{amina.pk}/letter/", words)

    assert ("/letter/" in page, answer.status_code, mail.outbox) == (False, 403, [])


def test_a_few_letters_a_day_are_enough(client, bao, words):
    others = [make.member(f"Other{n}") for n in range(6)]
    for other in others:
        make.profile(other)
    client.force_login(bao)

    codes = [client.post(f"/members/{other.pk}/letter/", words).status_code for other in others]
    again = client.post(f"/members/{others[0].pk}/letter/", words)

    assert codes == [302, 302, 302, 302, 302, 429]
    assert (again.status_code, "How did you begin with it?" in again.content.decode()) == (429, True)
    assert (Message.objects.count(), len(mail.outbox)) == (5, 5)


def test_a_second_letter_to_the_same_person_waits_a_day(client, amina, bao, words):
    make.profile(amina)
    client.force_login(bao)
    client.post(f"/members/{amina.pk}/letter/", words)

    assert client.post(f"/members/{amina.pk}/letter/", words).status_code == 429


def test_a_letter_cannot_carry_headers_of_its_own(client, amina, bao):
    make.profile(amina)
    client.force_login(bao)

    client.post(
        f"/members/{amina.pk}/letter/",
        {"subject": "Hello\nBcc: all@example.org", "text": "Three words here."},
    )

    assert mail.outbox[0].recipients() == [amina.email]
    assert "\n" not in mail.outbox[0].subject


def test_initials_are_letters():
    found = [queries.directory.initials(name) for name in ("Amina Phiri", "Bao", "  ", "محمد علي", "(x) y")]

    assert found == ["AP", "B", "", "مع", "Y"]


def test_a_visitor_without_an_account_cannot_write(client, amina, words):
    make.profile(amina, shown_to=Audience.PUBLIC)

    answer = client.post(f"/members/{amina.pk}/letter/", words)

    assert answer["Location"] == f"/sign-in/?next=/members/{amina.pk}/letter/"
    assert queries.shown_profile(amina.pk, visitor=AnonymousUser()).name == "Amina"

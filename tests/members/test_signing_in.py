"""Signing in, from where, and with what besides the password."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from members.models import Member, SignInDevice
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "drought and harvest"


@pytest.fixture
def thandiwe(db):
    member = make.member("Thandiwe", email="thandiwe@gender.example", password=PASSWORD)
    Member.objects.vouch_for_address(member)
    return member


def sign_in(client, member, **extra):
    return client.post("/sign-in/", {"login": member.email, "password": PASSWORD}, **extra)


def totp(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_who_was_sent_to_sign_in_comes_back_to_where_they_were(client, thandiwe):
    sent = client.get("/account/email/")
    answer = client.post(
        sent["Location"], {"login": thandiwe.email, "password": PASSWORD, "next": "/account/email/"}
    )

    assert sent["Location"] == "/sign-in/?next=/account/email/"
    assert answer["Location"] == "/account/email/"


def test_a_stranger_s_site_is_not_where_one_is_sent_on(client, thandiwe):
    answer = client.post(
        "/sign-in/", {"login": thandiwe.email, "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/account/"


def test_a_new_browser_is_told_to_the_owner_and_a_known_one_is_not(client, thandiwe):
    other = Client(headers={"user-agent": "Firefox on a borrowed machine"})

    sign_in(client, thandiwe)
    first = len(mail.outbox)
    sign_in(other, thandiwe, REMOTE_ADDR="203.0.113.9")
    client.post("/sign-out/")
    sign_in(client, thandiwe)

    assert first == 0
    assert [letter.to for letter in mail.outbox] == [[thandiwe.email]]
    assert "Firefox on a borrowed machine" in mail.outbox[0].body
    assert "203.0.113.9" in mail.outbox[0].body
    assert SignInDevice.objects.count() == 2


def test_the_cookie_of_another_account_makes_no_browser_known(client, thandiwe):
    make.member("Bao", email="bao@example.org", password=PASSWORD)
    bao = Member.objects.get(email="bao@example.org")
    Member.objects.vouch_for_address(bao)
    sign_in(Client(), thandiwe)
    sign_in(client, bao)
    client.post("/sign-out/")

    sign_in(client, thandiwe)

    assert [letter.to for letter in mail.outbox] == [[thandiwe.email]]


def test_a_member_sees_where_they_are_signed_in_and_ends_the_other_sessions(client, thandiwe):
    other = Client()
    sign_in(client, thandiwe)
    sign_in(other, thandiwe)

    page = client.get("/account/sessions/")
    client.post("/account/sessions/")

    assert page.content.decode().count("127.0.0.1") == 2
    assert (client.get("/account/").status_code, other.get("/account/").status_code) == (200, 302)


def test_an_account_with_an_authenticator_app_asks_for_its_code(client, thandiwe):
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=thandiwe, type="totp", data={"secret": get_adapter().encrypt(secret)})

    answer = sign_in(client, thandiwe)
    before = client.get("/account/").status_code
    wrong = client.post("/account/second-factor/authenticate/", {"code": "000000"})
    right = client.post("/account/second-factor/authenticate/", {"code": totp(secret)})

    assert (answer["Location"], before) == ("/account/second-factor/authenticate/", 302)
    assert (wrong.status_code, right["Location"]) == (200, "/account/")
    assert client.get("/account/").status_code == 200


def test_secrets_of_authenticator_apps_are_not_readable_in_the_database(settings):
    kept = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert "JBSWY3DPEHPK3PXP" not in kept
    assert get_adapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_a_code_by_mail_signs_in_without_a_password(client, thandiwe):
    client.post("/sign-in/code/", {"email": thandiwe.email})
    code = next(line for line in mail.outbox[0].body.splitlines() if "-" in line and line.isupper())

    answer = client.post("/sign-in/code/confirm/", {"code": code})

    assert answer["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_forgotten_password_is_replaced_with_a_mailed_code(client, thandiwe):
    client.post("/password/", {"email": thandiwe.email})
    code = next(line for line in mail.outbox[0].body.splitlines() if "-" in line and line.isupper())

    client.post("/password/code/", {"code": code})
    weak = client.post("/password/new/", {"password1": "password123", "password2": "password123"})
    client.post("/password/new/", {"password1": "a longer sentence", "password2": "a longer sentence"})

    thandiwe.refresh_from_db()
    assert (weak.status_code, thandiwe.check_password("a longer sentence")) == (200, True)


def test_guessing_is_stopped_and_a_full_inbox_too(client, thandiwe, settings):
    settings.ACCOUNT_RATE_LIMITS = {}

    for _try in range(6):
        guess = client.post("/sign-in/", {"login": thandiwe.email, "password": "wrong guess"})
    right = sign_in(client, thandiwe)
    for _try in range(25):
        letters = client.post("/password/", {"email": "somebody@example.org"})

    assert guess.context["form"].non_field_errors() == ["Too many failed login attempts. Try again later."]
    assert right.status_code == 200
    assert letters.status_code == 429
    assert "Too many tries" in letters.content.decode()


# ── Staff ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/", "/library/", "/admin/", "/account/", "/fr/topics/"])
def test_staff_without_a_second_factor_are_led_to_set_one_up(client, carla, settings, address):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(carla)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].endswith("/account/second-factor/")
    assert "Staff accounts need a second factor" in client.get("/account/second-factor/").content.decode()


def test_staff_with_a_second_factor_go_where_they_like(client, carla, settings):
    settings.STAFF_SECOND_FACTOR = True
    Authenticator.objects.create(user=carla, type="totp", data={"secret": get_adapter().encrypt("A" * 16)})
    client.force_login(carla)

    assert client.get("/admin/").status_code == 200


def test_staff_need_none_where_the_setting_is_off(client, carla):
    client.force_login(carla)

    assert client.get("/admin/").status_code == 200


def test_the_back_office_has_no_sign_in_of_its_own(client, carla):
    carla.set_password(PASSWORD)
    carla.save()

    answer = client.post("/admin/login/", {"username": carla.email, "password": PASSWORD})

    assert answer["Location"].startswith("/sign-in/?next=")
    assert client.get("/admin/").status_code == 302


def test_the_second_factor_costs_a_visitor_no_query(client, settings, django_assert_num_queries):
    settings.STAFF_SECOND_FACTOR = True
    client.get("/search/")

    with django_assert_num_queries(0):
        client.get("/search/")

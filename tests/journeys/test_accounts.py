"""A life of an account: join, verify, protect, sign in with a code and with a passkey."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail

from members.models import Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

PASSWORD = "drought and harvest"
CODE = re.compile(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", re.MULTILINE)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def vocabulary(index):
    for iso3 in ("MWI", "ZMB", "JOR"):
        make.country(iso3)
    for code in ("en", "fr", "es", "pt", "ar", "sw"):
        make.language(code)
    make.organisation("Ministry of Gender", acronym="MoG", slug="ministry-of-gender")
    make.topic("Cash transfers", slug="cash-transfers")


@pytest.fixture
def thandiwe(vocabulary):
    member = make.member(
        "Thandiwe", email="thandiwe@gender.example", password=PASSWORD, country=make.country("MWI")
    )
    Member.objects.vouch_for_address(member)
    return member


def at_localhost(open_page, live_server, address, **options):
    """Passkeys belong to a name, not to a number, so these pages are opened at localhost."""
    here = live_server.url.replace("127.0.0.1", "localhost")
    return open_page(f"{here}{address}", **options)


def with_authenticator(page):
    """A passkey in the machine, as browsers offer it to tests (WebAuthn, section 11)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in(page):
    page.get_by_label("Email").fill("thandiwe@gender.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("#sign-in").get_by_role("button", name="Sign in").click()


def totp(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize(
    "look",
    [
        pytest.param({}, id="wide"),
        pytest.param({**PHONE, "java_script_enabled": False}, id="phone without script"),
    ],
)
def test_joining_takes_one_form_and_one_code(open_page, axe, look):
    page = open_page("/sign-up/", **look)
    page.get_by_role("button", name="Create account").click()
    assert page.locator(".errors a").count() == 6
    if look == {}:
        axe(page)
    page.get_by_label("Name", exact=True).fill("Thandiwe Banda")
    page.get_by_label("Email").fill("thandiwe@gender.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Country where you work").select_option("MWI")
    page.get_by_label("Government").check()
    if look == {}:
        page.get_by_label("Organisation", exact=True).press_sequentially("gender")
        page.locator("datalist option[value='Ministry of Gender']").wait_for(state="attached")
    page.get_by_label("Organisation", exact=True).fill("Ministry of Gender")
    page.get_by_label("French").check()
    page.get_by_label("I keep to the house rules").check()
    page.get_by_label("List me in the directory").check()
    page.get_by_role("button", name="Create account").click()

    page.wait_for_url("**/sign-up/verify/")
    if look == {}:
        axe(page)
    page.get_by_label("Code").fill(CODE.search(mail.outbox[0].body).group(1))
    page.get_by_role("button", name="Confirm").click()

    page.wait_for_url("**/account/")
    assert "Thandiwe Banda" in page.locator(".pagehead").inner_text()
    assert Member.objects.get().affiliations.get().place == "Ministry of Gender"


def test_an_authenticator_app_and_its_recovery_codes(open_page, axe, thandiwe):
    page = open_page("/sign-in/")
    axe(page)
    sign_in(page)
    page.get_by_role("link", name="Passkeys and authenticator app").click()
    axe(page)
    page.get_by_role("link", name="Activate").click()
    axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    axe(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.locator("#id_code").fill(totp(secret))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url("**/recovery-codes/")
    axe(page)
    recovery = page.get_by_label("Unused codes").input_value().split()

    page.context.clear_cookies()
    page.goto("/sign-in/")
    sign_in(page)
    page.wait_for_url("**/authenticate/**")
    axe(page)
    page.locator("#id_code").fill(recovery[0])
    page.get_by_role("button", name="Sign In", exact=True).click()

    page.wait_for_url("**/account/")
    assert len(recovery) == 10
    assert "A second factor is set up." in page.locator("main").inner_text()


def test_a_passkey_signs_in_without_a_password(open_page, live_server, axe, thandiwe):
    page = at_localhost(open_page, live_server, "/sign-in/?next=/account/second-factor/webauthn/add/")
    with_authenticator(page)
    sign_in(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/add/")
    axe(page)
    page.get_by_label("Name").fill("This laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()
    page.goto(f"{live_server.url.replace('127.0.0.1', 'localhost')}/sign-in/")

    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/account/")
    assert "Thandiwe" in page.locator(".pagehead").inner_text()


def test_staff_set_up_a_second_factor_before_anything_else(open_page, settings, vocabulary):
    settings.STAFF_SECOND_FACTOR = True
    carla = make.member("Carla", email="carla@example.org", password=PASSWORD, is_staff=True)
    Member.objects.vouch_for_address(carla)

    page = open_page("/library/", member=carla)

    assert page.url.endswith("/account/second-factor/")
    assert page.get_by_text("Staff accounts need a second factor.").is_visible()

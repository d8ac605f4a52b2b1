"""A life of an account: join, verify, protect, be found, take the data away, close it."""

import io
import re
import time
import zipfile

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone

from members.models import Erasure, Institution, InstitutionDomain, Member
from members.tasks import erase_due
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


@pytest.mark.parametrize(
    "look", [pytest.param({}, id="wide"), pytest.param({**PHONE, "color_scheme": "dark"}, id="dark phone")]
)
def test_every_page_of_an_account_is_accessible(open_page, axe, index, thandiwe, look):
    carla = make.member("Carla", is_staff=True)
    make.profile(
        thandiwe, bio="I run a registry.", experience=["ZMB"], affiliations=[{"position": "Registrar"}]
    )
    make.profile(carla)
    index.sync()
    page = open_page("/account/", member=carla, **look)

    for address in (
        "/account/",
        "/account/profile/",
        "/account/profile/affiliations/new/",
        "/account/consents/",
        "/account/government/",
        "/account/government/mail/",
        "/account/government/letter/",
        "/account/data/",
        "/account/closing/",
        "/account/sessions/",
        "/account/email/",
        "/account/password/",
        "/desk/officials/",
        "/members/",
        f"/members/{thandiwe.pk}/",
        f"/members/{thandiwe.pk}/letter/",
        "/rules/",
        "/privacy/",
        "/ar/account/profile/",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_an_official_is_verified_and_found_with_the_badge(open_page, index, thandiwe):
    ministry = Institution.objects.create(name="Ministry of Gender", country=make.country("MWI"))
    InstitutionDomain.objects.create(institution=ministry, domain="gender.gov.mw")
    make.profile(thandiwe, affiliations=[{"position": "Registrar"}])
    index.sync()
    page = open_page("/account/", member=thandiwe)

    page.get_by_role("link", name="Your government post").click()
    page.get_by_role("link", name="An official email address").click()
    page.get_by_label("Your official email address").fill("t.banda@gender.gov.mw")
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_url("**/code/")
    page.get_by_label("Code").fill(re.search(r"^(\d{6})$", mail.outbox[0].body, re.MULTILINE).group(1))
    page.get_by_role("button", name="Verify").click()
    page.wait_for_url("**/government/")
    index.refresh()
    page.goto("/members/")
    page.get_by_label("Search members").fill("registrar")
    page.locator("main").get_by_role("button", name="Search").click()

    row = page.locator(".people__row")
    assert (row.count(), "Verified official: Ministry of Gender, Malawi" in row.inner_text()) == (1, True)


def test_a_member_takes_the_data_along_and_closes_the_account(open_page, thandiwe):
    make.profile(thandiwe, bio="I run a registry.")
    page = open_page("/sign-in/?next=/account/data/")
    sign_in(page)
    page.get_by_role("button", name="Collect my data").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.goto("/account/data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Your data, ZIP").click()
    packed = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    page.get_by_role("link", name="Close the account").click()
    page.get_by_label("I want my account and my data to be erased.").check()
    page.get_by_role("button", name="Close the account").click()
    page.get_by_text("Your account will be erased on").wait_for()

    Erasure.objects.update(due_at=timezone.now())
    erase_due()
    page.goto("/account/")

    assert "I run a registry." in packed.read("index.html").decode()
    assert page.url.endswith("/sign-in/?next=/account/")
    assert Member.objects.get().name.startswith("Former member")

"""Joining: one form, one mail, one code."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import identify_hasher
from django.core import mail

from members.models import Affiliation, Consent, Member, Profile
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

CODE = re.compile(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", re.MULTILINE)


def code_of(letter):
    return CODE.search(letter.body).group(1)


def test_one_form_makes_the_account_with_profile_affiliation_and_consents(client, filled_in):
    answer = client.post("/sign-up/", filled_in)

    member = Member.objects.get()
    place = Affiliation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/sign-up/verify/")
    assert (member.email, member.name, member.country_id) == (
        "thandiwe@gender.example",
        "Thandiwe Banda",
        "MWI",
    )
    assert identify_hasher(member.password).algorithm == "argon2"
    assert (place.sector, place.place) == ("government", "Ministry of Gender")
    assert sorted(member.profile.languages.values_list("code", flat=True)) == ["en", "fr"]
    assert list(Consent.objects.order_by("purpose").values_list("purpose", "version", "is_given")) == [
        ("contact", "1", False),
        ("directory", "1", True),
        ("rules", "1", True),
    ]


def test_an_organisation_that_is_not_listed_is_kept_as_typed(client, filled_in):
    client.post("/sign-up/", {**filled_in, "organisation": "Bureau of Small Islands"})

    place = Affiliation.objects.get()
    assert (place.organisation, place.place) == (None, "Bureau of Small Islands")


def test_the_mailed_code_verifies_the_address_and_signs_in(client, filled_in):
    client.post("/sign-up/", filled_in)
    letter = mail.outbox[0]

    page = client.get(f"/sign-up/verify/?code={code_of(letter)}")
    answer = client.post("/sign-up/verify/", {"code": code_of(letter)})

    assert f'value="{code_of(letter)}"' in page.content.decode()
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert EmailAddress.objects.get().verified is True
    assert client.get("/account/").status_code == 200
    assert len(mail.outbox) == 1  # the first browser of an account is no news


def test_the_mail_is_text_and_html_in_the_language_of_the_form(client, filled_in):
    client.post("/ar/sign-up/", filled_in)

    letter = mail.outbox[0]
    html = letter.alternatives[0].content
    assert (letter.to, letter.alternatives[0].mimetype) == (["thandiwe@gender.example"], "text/html")
    assert code_of(letter) in html
    assert '<html lang="ar" dir="rtl">' in html
    assert f"/ar/sign-up/verify/?code={code_of(letter)}" in letter.body
    assert Profile.objects.get().language == "ar"


def test_a_wrong_code_is_refused_beside_the_field_and_the_third_ends_the_try(client, filled_in):
    client.post("/sign-up/", filled_in)

    first = client.post("/sign-up/verify/", {"code": "AAAA-AAAA"})
    client.post("/sign-up/verify/", {"code": "AAAA-AAAB"})
    third = client.post("/sign-up/verify/", {"code": "AAAA-AAAC"})

    assert (first.status_code, 'aria-invalid="true"' in first.content.decode()) == (200, True)
    assert third.status_code == 302
    assert EmailAddress.objects.filter(verified=True).count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Win at http://casino.example now"),
        ("name", "x" * 151),
        ("email", "thandiwe.gender.example"),
        ("password1", "short"),
        ("password1", "password123"),
        ("password1", "1234567890"),
        ("country", "XXX"),
        ("country", ""),
        ("sector", "pirates"),
        ("languages", ["tlh"]),
        ("organisation", "x" * 300),
        ("consent_rules", ""),
    ],
)
def test_a_mistake_is_named_at_its_field_and_the_rest_is_kept(client, filled_in, field, value):
    answer = client.post("/sign-up/", {**filled_in, field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}-error"' in page
    assert ("Thandiwe@gender.example" in page) == (field != "email")
    assert Member.objects.count() == 0


def test_a_second_account_for_an_address_is_not_made_and_not_disclosed(client, filled_in):
    make.member("Thandiwe", email="thandiwe@gender.example")

    answer = client.post("/sign-up/", filled_in)

    assert (answer.status_code, answer["Location"]) == (302, "/sign-up/verify/")
    assert Member.objects.count() == 1
    assert [letter.to for letter in mail.outbox] == [["thandiwe@gender.example"]]
    assert CODE.search(mail.outbox[0].body) is None


def test_nothing_of_an_account_is_left_where_its_making_fails(client, filled_in, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("members.actions.register", fail)
    client.raise_request_exception = False

    answer = client.post("/sign-up/", filled_in)

    assert answer.status_code == 500
    assert (Member.objects.count(), mail.outbox) == (0, [])


def test_organisations_are_suggested_by_the_beginnings_of_their_words(client, vocabulary):
    make.organisation("Ministry of Finance", slug="ministry-of-finance")

    found = client.get("/organisations/suggestions/", {"q": "gen"}).json()
    by_acronym = client.get("/organisations/suggestions/", {"q": "mog"}).json()
    nothing = client.get("/organisations/suggestions/", {"q": "\x00 %"}).json()

    expected = {"text": "Ministry of Gender", "label": "Ministry of Gender (MoG)", "url": ""}
    assert found == by_acronym == {"suggestions": [expected]}
    assert nothing == {"suggestions": []}

"""Becoming known as an official: by mail, by a colleague, by a letter; for a year."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from members.models import Audience, Institution, InstitutionDomain, Member, Proof
from members.queries import institution_of_address, standing_proof
from members.tasks import keep_proofs
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

CODE = re.compile(r"^(\d{6})$", re.MULTILINE)


@pytest.fixture
def ministry(db):
    ministry = Institution.objects.create(name="Ministry of Gender", country=make.country("MWI"))
    InstitutionDomain.objects.create(institution=ministry, domain="gender.gov.mw")
    return ministry


@pytest.fixture
def official(amina, ministry):
    """Amina, who is verified already."""
    Member.objects.vouch_for_address(amina)
    return verified(amina, ministry)


def verified(member, institution, *, expires_in=365):
    now = timezone.now()
    Proof.objects.create(
        member=member,
        method=Proof.Method.MAIL,
        state=Proof.State.VERIFIED,
        institution=institution,
        token=f"token-{member.pk}",
        decided_at=now,
        expires_at=now + timedelta(days=expires_in),
    )
    return member


def picture():
    content = BytesIO()
    Image.new("RGB", (20, 20), "white").save(content, "PNG")
    return SimpleUploadedFile("letter.png", content.getvalue())


# ── By mail ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "is_known"),
    [
        ("t.banda@gender.gov.mw", True),
        ("t.banda@North.Gender.gov.mw", True),
        ("t.banda@gov.mw", False),
        ("t.banda@notgender.gov.mw", False),
        ("t.banda@gender.gov.mw.evil.example", False),
        ("gender.gov.mw@gmail.example", False),
    ],
)
def test_an_address_belongs_to_the_institution_of_its_domain(ministry, address, is_known):
    assert (institution_of_address(address) is not None) == is_known


def test_a_code_to_the_official_address_verifies_for_a_year(client, bao, ministry):
    client.force_login(bao)

    client.post("/account/government/mail/", {"address": "bao@gender.gov.mw"})
    letter = mail.outbox[0]
    answer = client.post("/account/government/code/", {"code": CODE.search(letter.body).group(1)})

    proof = standing_proof(bao)
    assert (letter.to, answer["Location"]) == (["bao@gender.gov.mw"], "/account/government/")
    assert (proof.institution, proof.expires_at.date()) == (
        ministry,
        (timezone.now() + timedelta(days=365)).date(),
    )
    assert (
        "Verified official: Ministry of Gender, Malawi" in client.get("/account/government/").content.decode()
    )


def test_the_own_verified_address_needs_no_code(client, ministry):
    member = make.member("Chimwemwe", email="c@gender.gov.mw")
    Member.objects.vouch_for_address(member)
    client.force_login(member)

    client.post("/account/government/mail/", {"address": "c@gender.gov.mw"})

    assert standing_proof(member).institution == ministry
    assert [letter.subject for letter in mail.outbox] == ["Your government post is verified"]


def test_codes_cannot_be_guessed(client, bao, ministry):
    client.force_login(bao)
    client.post("/account/government/mail/", {"address": "bao@gender.gov.mw"})
    right = CODE.search(mail.outbox[0].body).group(1)
    wrong = f"{(int(right) + 1) % 10**6:06}"

    pages = [client.post("/account/government/code/", {"code": wrong}).content.decode() for _try in range(6)]
    late = client.post("/account/government/code/", {"code": right})

    assert ["That is not the code of the mail." in page for page in pages] == [True] * 5 + [False]
    assert "The code holds no longer." in late.content.decode()
    assert standing_proof(bao) is None


def test_a_code_holds_half_an_hour(client, bao, ministry):
    client.force_login(bao)
    client.post("/account/government/mail/", {"address": "bao@gender.gov.mw"})
    Proof.objects.update(asked_at=timezone.now() - timedelta(minutes=31))

    client.post("/account/government/code/", {"code": CODE.search(mail.outbox[0].body).group(1)})

    assert standing_proof(bao) is None


def test_one_official_address_verifies_one_account(client, amina, bao, ministry):
    for member in (amina, bao):
        client.force_login(member)
        client.post("/account/government/mail/", {"address": "info@gender.gov.mw"})
        code = CODE.search(mail.outbox[-1].body).group(1)
        answer = client.post("/account/government/code/", {"code": code})

    assert "This address has verified another account." in answer.content.decode()
    assert (standing_proof(amina) is not None, standing_proof(bao)) == (True, None)


def test_an_unknown_domain_is_told_and_other_ways_are_named(client, bao, ministry):
    client.force_login(bao)

    answer = client.post("/account/government/mail/", {"address": "bao@gmail.example"})

    assert "This domain is not in our registry." in answer.content.decode()
    assert 'value="bao@gmail.example"' in answer.content.decode()
    assert (Proof.objects.count(), mail.outbox) == (0, [])


def test_nobody_s_inbox_is_filled_with_codes(client, bao, ministry):
    client.force_login(bao)

    for _try in range(8):
        answer = client.post("/account/government/mail/", {"address": "victim@gender.gov.mw"})

    assert len(mail.outbox) == 6
    assert "That was asked often today." in answer.content.decode()


# ── By a colleague ───────────────────────────────────────────────────────────────────────────────────


def ask(client, member, ministry, address):
    client.force_login(member)
    return client.post("/account/government/colleague/", {"institution": ministry.pk, "address": address})


def test_a_verified_colleague_vouches(client, official, bao, ministry):
    ask(client, bao, ministry, official.email)
    address = re.search(r"http\S+(/account/government/vouching/\S+)", mail.outbox[0].body).group(1)
    client.force_login(official)

    page = client.get(address).content.decode()
    client.post(address, {"accept": "yes"})

    proof = standing_proof(bao)
    assert ("Bao" in page, mail.outbox[0].to) == (True, [official.email])
    assert (proof.institution, proof.decided_by) == (ministry, official)


def test_a_colleague_may_say_no(client, official, bao, ministry):
    ask(client, bao, ministry, official.email)
    client.force_login(official)

    client.post(f"/account/government/vouching/{Proof.objects.waiting().get().token}/", {"accept": "no"})

    client.force_login(bao)
    assert "The colleague did not confirm it." in client.get("/account/government/").content.decode()
    assert standing_proof(bao) is None


def test_asking_does_not_tell_who_is_verified(client, official, bao, dawit, ministry):
    known = ask(client, bao, ministry, official.email)
    shown = client.get("/account/government/").content.decode()
    unknown = ask(client, bao, ministry, "nobody@example.org")
    shown_unknown = client.get("/account/government/").content.decode()
    unverified = ask(client, bao, ministry, dawit.email)

    def without_tokens(page):
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert [answer["Location"] for answer in (known, unknown, unverified)] == ["/account/government/"] * 3
    assert without_tokens(shown) == without_tokens(shown_unknown)
    assert [letter.to for letter in mail.outbox] == [[official.email]]


@pytest.mark.parametrize("who", ["themselves", "a stranger", "a colleague whose own year is over"])
def test_nobody_else_can_vouch(client, official, bao, dawit, ministry, who):
    ask(client, bao, ministry, official.email)
    address = f"/account/government/vouching/{Proof.objects.waiting().get().token}/"
    if who == "a colleague whose own year is over":
        Proof.objects.filter(member=official).update(expires_at=timezone.now())
    client.force_login({"themselves": bao, "a stranger": dawit}.get(who, official))

    assert client.post(address, {"accept": "yes"}).status_code == 404
    assert standing_proof(bao) is None


# ── By letter ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sent(client, bao, ministry):
    client.force_login(bao)
    client.post("/account/government/letter/", {"institution_name": "Min. of Gender", "letter": picture()})
    return Proof.objects.waiting().get()


def test_staff_read_the_letter_and_verify_the_post(client, sent, carla, bao, ministry):
    name = sent.letter.name
    client.force_login(carla)

    listed = client.get("/desk/officials/").content.decode()
    read = b"".join(client.get(f"/desk/officials/{sent.token}/letter/").streaming_content)
    client.post(f"/desk/officials/{sent.token}/", {"accept": "yes", "institution": ministry.pk})

    assert ("Min. of Gender" in listed, read[:4]) == (True, b"\x89PNG")
    assert (standing_proof(bao).decided_by, default_storage.exists(name)) == (carla, False)
    assert [letter.to for letter in mail.outbox] == [[bao.email]]


def test_a_refusal_says_why(client, sent, carla, bao):
    client.force_login(carla)

    without = client.post(f"/desk/officials/{sent.token}/", {"accept": "no"})
    client.post(f"/desk/officials/{sent.token}/", {"accept": "no", "reason": "The signature is missing."})

    assert list(without.context["form"].errors) == ["reason"]
    assert "The signature is missing." in mail.outbox[0].body
    client.force_login(bao)
    assert "The signature is missing." in client.get("/account/government/").content.decode()


@pytest.mark.parametrize("end", ["", "{token}/", "{token}/letter/"])
def test_letters_are_for_staff_only(client, sent, dawit, end):
    address = f"/desk/officials/{end.format(token=sent.token)}"

    as_owner = client.get(address).status_code
    client.force_login(dawit)
    as_member = client.get(address).status_code
    client.logout()
    as_visitor = client.get(address).status_code

    assert (as_owner, as_member, as_visitor) == (403, 403, 302)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b""),
        ("letter.exe", b"MZ" + bytes(100)),
        ("letter.png", b"<svg onload=x>"),
        ("a.txt", b"words words"),
    ],
)
def test_only_a_letter_is_a_letter(client, bao, name, content):
    client.force_login(bao)

    answer = client.post(
        "/account/government/letter/",
        {"institution_name": "Ministry", "letter": SimpleUploadedFile(name, content)},
    )

    assert list(answer.context["form"].errors) == ["letter"]
    assert 'value="Ministry"' in answer.content.decode()
    assert Proof.objects.count() == 0


# ── A year ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_proof_is_renewed_in_time_or_ends(amina, bao, dawit, ministry):
    verified(amina, ministry, expires_in=200)
    verified(bao, ministry, expires_in=20)
    verified(dawit, ministry, expires_in=-1)

    first, second = keep_proofs(), keep_proofs()

    assert (first, second) == ((1, 1), (0, 0))
    assert sorted((letter.to[0], letter.subject) for letter in mail.outbox) == sorted(
        [(bao.email, "Your verification ends soon"), (dawit.email, "Your verification has ended")]
    )
    assert [standing_proof(member) is not None for member in (amina, bao, dawit)] == [True, True, False]


def test_a_renewal_takes_the_place_of_the_old_proof_without_a_mail_about_it(client, ministry):
    member = make.member("Chimwemwe", email="c@gender.gov.mw")
    Member.objects.vouch_for_address(member)
    verified(member, ministry, expires_in=10)
    client.force_login(member)

    client.post("/account/government/mail/", {"address": "c@gender.gov.mw"})

    assert sorted(member.proofs.values_list("state", flat=True)) == ["ended", "verified"]
    assert [letter.subject for letter in mail.outbox] == ["Your government post is verified"]


def test_the_badge_is_shown_where_the_affiliation_is(client, official, bao):
    make.profile(official, shown_to=Audience.PUBLIC, affiliation_shown_to=Audience.MEMBERS)
    address = f"/members/{official.pk}/"

    visitor = client.get(address).content.decode()
    client.force_login(bao)
    member = client.get(address).content.decode()

    assert ["Verified official" in page for page in (visitor, member)] == [False, True]


def test_the_database_holds_no_second_standing_proof_and_none_without_an_institution(amina, ministry):
    verified(amina, ministry)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(member=amina, method="mail", state="verified", institution=ministry, token="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(member=amina).update(institution=None)


@pytest.mark.parametrize("domain", ["Gender.gov.mw", "@gender.gov.mw", "gov", "a b.mw", "x" * 64 + ".mw"])
def test_a_domain_that_is_none_is_refused(ministry, domain):
    with pytest.raises(ValidationError):
        InstitutionDomain(institution=ministry, domain=domain).full_clean()

"""Becoming known as an official, by one of three ways, for a year."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from members.actions.profile import touch_profile
from members.models import Member, Proof
from members.queries.government import institution_of_address
from members.verbs import MemberVerb

YEAR = timedelta(days=365)
RENEWAL = timedelta(days=60)
CODE_HOLDS = timedelta(minutes=30)
MOST_TRIES = 5
MOST_ASKED_A_DAY = 6


@transaction.atomic
def ask_by_mail(member, *, address):
    """A waiting proof for an official address; returns (proof, code) for the letter that carries the code.

    An address the member has verified already as their own proves itself: the code is "" then.
    ValidationError where the domain belongs to no institution.
    """
    institution = institution_of_address(address)
    if institution is None:
        raise ValidationError(
            _("This domain is not in our registry. Ask a verified colleague, or send a letter."),
            code="domain",
        )
    proof = begin(member, method=Proof.Method.MAIL, institution=institution, email=address.lower())
    if member.emailaddress_set.filter(email__iexact=address, verified=True).exists():
        verify(proof)
        return proof, ""
    code = f"{secrets.randbelow(10**6):06}"
    proof.code_digest = digest_of(proof, code)
    proof.save(update_fields=["code_digest"])
    return proof, code


@transaction.atomic
def confirm_code(member, *, code):
    """(the verified proof, "") for the mailed code, or (None, what is wrong with it): a wrong one is counted."""
    proof = (
        Proof.objects.select_for_update().waiting().filter(member=member, method=Proof.Method.MAIL).first()
    )
    if proof is None or proof.asked_at < timezone.now() - CODE_HOLDS or proof.tries >= MOST_TRIES:
        return None, _("The code holds no longer. Ask for a new one.")
    if not secrets.compare_digest(proof.code_digest, digest_of(proof, code)):
        Proof.objects.filter(pk=proof.pk).update(tries=proof.tries + 1)
        return None, _("That is not the code of the mail.")
    if Proof.objects.standing().filter(email__iexact=proof.email).exclude(member=member).exists():
        return None, _("This address has verified another account. Close that one first, or send a letter.")
    return verify(proof), ""


@transaction.atomic
def ask_a_colleague(member, *, institution, address):
    """A waiting proof that a verified colleague may answer. Whether the address belongs to one is told to nobody."""
    colleague = (
        Member.objects.filter(
            emailaddress__email__iexact=address,
            emailaddress__verified=True,
            is_active=True,
            proofs__in=Proof.objects.standing().filter(institution=institution),
        )
        .exclude(pk=member.pk)
        .first()
    )
    proof = begin(
        member,
        method=Proof.Method.COLLEAGUE,
        institution=institution,
        email=address.lower(),
        colleague=colleague,
    )
    if colleague:
        record(MemberVerb.VOUCHING_ASKED, actor=member, subject=proof)
    return proof


@transaction.atomic
def send_proof_letter(member, *, institution_name, file, upload):
    """A waiting proof with a letter that staff read."""
    proof = begin(
        member, method=Proof.Method.LETTER, institution_name=institution_name, letter_type=upload.media_type
    )
    proof.letter.save(upload.name, file)
    return proof


def begin(member, **values):
    """A new waiting proof in place of one that still waits. ValidationError after too many in a day."""
    Member.objects.select_for_update().get(pk=member.pk)
    day = timezone.now() - timedelta(days=1)
    if member.proofs.filter(asked_at__gte=day).count() >= MOST_ASKED_A_DAY:
        raise ValidationError(_("That was asked often today. Try again tomorrow."), code="too_many")
    for old in member.proofs.waiting():
        end(old)
    return Proof.objects.create(member=member, token=secrets.token_urlsafe(32), **values)


@transaction.atomic
def decide(proof, *, by, accept, institution=None, reason=""):
    """A colleague or staff says yes or no. What was decided before stays as it is."""
    proof = Proof.objects.select_for_update().get(pk=proof.pk)
    if proof.state != Proof.State.ASKED:
        return proof
    if institution:
        proof.institution = institution
    if accept:
        return verify(proof, by=by)
    proof.state, proof.reason = Proof.State.REFUSED, reason
    proof.decided_at, proof.decided_by = timezone.now(), by
    proof.save()
    drop_letter(proof)
    record(MemberVerb.PROOF_REFUSED, actor=by, subject=proof)
    return proof


def verify(proof, *, by=None):
    """The proof holds for a year from today; one that stood before ends."""
    for old in proof.member.proofs.filter(state=Proof.State.VERIFIED).exclude(pk=proof.pk):
        end(old)
    now = timezone.now()
    proof.state, proof.code_digest = Proof.State.VERIFIED, ""
    proof.decided_at, proof.decided_by, proof.expires_at = now, by, now + YEAR
    proof.save()
    drop_letter(proof)
    record(MemberVerb.PROOF_VERIFIED, actor=by or proof.member, subject=proof)
    touch_profile(proof.member)
    return proof


@transaction.atomic
def end(proof):
    """The proof holds no longer. Ending it twice changes nothing."""
    if not Proof.objects.filter(pk=proof.pk).exclude(state=Proof.State.ENDED).update(state=Proof.State.ENDED):
        return
    drop_letter(proof)
    record(MemberVerb.PROOF_ENDED, actor=proof.member, subject=proof)
    touch_profile(proof.member)


@transaction.atomic
def remind_of_renewal(proof):
    """Tell the member, once, that the proof ends soon."""
    if Proof.objects.filter(pk=proof.pk, reminded_at=None).update(reminded_at=timezone.now()):
        record(MemberVerb.PROOF_ENDS_SOON, actor=proof.member, subject=proof)


def drop_letter(proof):
    """A letter is kept until it was read, and no longer."""
    if not proof.letter:
        return
    storage, name = proof.letter.storage, proof.letter.name
    proof.letter = ""
    proof.save(update_fields=["letter"])
    transaction.on_commit(lambda: storage.delete(name))


def digest_of(proof, code):
    return hashlib.sha256(f"{proof.token}:{code}".encode()).hexdigest()

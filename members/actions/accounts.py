"""Joining, and signing in."""

import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from activity.ledger import record
from members.actions.consents import set_consents
from members.models import Affiliation, Profile, SignInDevice
from members.verbs import MemberVerb
from vocabularies.models import Country
from vocabularies.queries import resolve_organisation

MOST_DEVICES = 20
TOKEN_LENGTH = 60


@transaction.atomic
def register(member, *, name, country, sector, organisation="", languages=(), consents, language="en"):
    """Complete a new account with what the sign-up form asked; `organisation` is a name as typed."""
    member.name, member.country_id = name, country
    member.save(update_fields=["name", "country"])
    zone = Country.objects.filter(pk=country).values_list("capital_time_zone", flat=True).first()
    profile = Profile.objects.create(
        member=member,
        language=language if language in dict(settings.LANGUAGES) else "en",
        time_zone=zone or "UTC",
    )
    profile.languages.set(languages)
    known = resolve_organisation(organisation)
    Affiliation.objects.create(
        member=member, sector=sector, organisation=known, organisation_name="" if known else organisation
    )
    set_consents(member, consents, language=language)
    record(MemberVerb.REGISTERED, actor=member, subject=member)
    return profile


@transaction.atomic
def note_verified(member):
    """The address is the member's own."""
    record(MemberVerb.VERIFIED, actor=member, subject=member)


@transaction.atomic
def note_sign_in(member, *, token, user_agent, ip, is_first=False):
    """Remember the browser by the token of its cookie; the ledger hears of one that was not known.

    Returns the token the browser keeps from now on. The first sign-in of an account tells nobody.
    """
    now = timezone.now()
    if token and len(token) <= TOKEN_LENGTH:
        known = member.sign_in_devices.filter(token_digest=digest_of(token))
        if known.update(last_seen_at=now, ip=ip, user_agent=user_agent[:200]):
            return token
    token = secrets.token_urlsafe(32)
    device = SignInDevice.objects.create(
        member=member, token_digest=digest_of(token), user_agent=user_agent[:200], ip=ip
    )
    spare = member.sign_in_devices.order_by("-last_seen_at").values("pk")[MOST_DEVICES:]
    member.sign_in_devices.filter(pk__in=list(spare.values_list("pk", flat=True))).delete()
    if not is_first:
        record(MemberVerb.SIGNED_IN_ANEW, actor=member, subject=device)
    return token


def digest_of(token):
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

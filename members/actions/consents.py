"""The ledger of consents."""

from django.db import transaction
from django.utils.translation import override

from activity.ledger import record
from members.consents import TEXTS
from members.models import Consent, Member
from members.verbs import MemberVerb


@transaction.atomic
def set_consents(member, answers, *, language="en"):
    """Write down the answers ({purpose: bool}) that differ from those in force. Returns the lines that were added."""
    Member.objects.select_for_update().get(pk=member.pk)
    latest = {line.purpose: line for line in member.consents.filter(is_latest=True)}
    added = []
    for purpose, is_given in answers.items():
        text, before = TEXTS[purpose], latest.get(purpose)
        if text.is_needed and not is_given:
            raise ValueError(f"There is no account without consent to {purpose}.")
        if before and (before.is_given, before.version) == (is_given, text.version):
            continue
        if before:
            Consent.objects.filter(pk=before.pk).update(is_latest=False)
        with override(language):
            wording = str(text.wording)
        added.append(
            Consent.objects.create(
                member=member, purpose=purpose, version=text.version, wording=wording, is_given=is_given
            )
        )
    for line in added:
        record(MemberVerb.CONSENT_CHANGED, actor=member, subject=line)
    return added

"""What members tell about themselves, and the letters they send each other."""

from django.db import transaction

from activity.ledger import record
from members.models import Affiliation, Message, Profile
from members.verbs import MemberVerb

RELATED = ("languages", "topics", "experience")


@transaction.atomic
def edit_profile(member, *, name, country, **values):
    """Save what the profile form holds; `languages`, `topics` and `experience` are keys of the vocabularies."""
    member.name, member.country_id = name, country
    member.save(update_fields=["name", "country"])
    related = {field: values.pop(field) for field in RELATED if field in values}
    profile, _made = Profile.objects.update_or_create(member=member, defaults=values)
    for field, keys in related.items():
        getattr(profile, field).set(keys)
    record(MemberVerb.PROFILE_EDITED, actor=member, subject=profile)
    return profile


@transaction.atomic
def save_affiliation(member, *, affiliation=None, **values):
    """A new line of the member's history, or an old one set right."""
    if affiliation is None:
        affiliation = Affiliation(member=member)
    for field, value in values.items():
        setattr(affiliation, field, value)
    affiliation.save()
    touch_profile(member)
    return affiliation


@transaction.atomic
def remove_affiliation(affiliation, *, by):
    """Take a line out of the member's history. Removing it twice changes nothing."""
    Affiliation.objects.filter(pk=affiliation.pk).delete()
    touch_profile(by)


def touch_profile(member):
    """Something beside the profile changed that shows in it."""
    profile, _made = Profile.objects.get_or_create(member=member)
    record(MemberVerb.PROFILE_EDITED, actor=member, subject=profile)


@transaction.atomic
def send_letter(*, sender, recipient, subject, text):
    """Pass a letter on. Who sent it is told to the recipient, the recipient's address to nobody."""
    letter = Message.objects.create(sender=sender, recipient=recipient, subject=subject, text=text)
    record(MemberVerb.LETTER_SENT, actor=sender, subject=letter)
    return letter

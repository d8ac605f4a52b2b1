"""What pages and letters ask of accounts."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from members.models import Profile


def profile_of(member):
    """The member's profile; a new one, not saved, where there is none yet."""
    return Profile.objects.filter(pk=member.pk).first() or Profile(member=member)


def is_listed(member):
    """Whether a member can be found in the directory."""
    return Profile.objects.listed().filter(pk=member.pk).exists()


def language_of(member):
    """The language a member wants mails in."""
    chosen = Profile.objects.filter(pk=member.pk).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def url_of(name, *args, language):
    """The whole address of a page in a language, for a mail."""
    with override(language):
        return settings.SITE_URL + reverse(name, args=args)

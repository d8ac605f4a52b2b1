"""A mail of the ledger in words: the member's language, text and HTML, and how to have no more of them."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from kit.dates import in_words as date_in_words
from kit.dates import zone
from notifications.models import Choice, Frequency
from notifications.queries import preference_of
from notifications.subjects import in_words, subject_of

SALT = "notifications.unsubscribe"
TITLE_LENGTH = 120


def compose(mail):
    """The message to send, or None where nothing is left to say or the member wants none any more."""
    member = mail.member
    preference = preference_of(member)
    if not member.is_active or not member.email or preference.is_paused(timezone.now()):
        return None
    with override(preference.language):
        told = in_words(wanted(mail))
        return message(mail, preference, told) if told else None


def wanted(mail):
    """The mail's notifications on subjects the member still wants mail about."""
    ended = set(
        Choice.objects.filter(member=mail.member, mail=Frequency.OFF).values_list("subject", flat=True)
    )
    return [
        one for one in mail.notifications.order_by("pk").select_related("member") if one.subject not in ended
    ]


def message(mail, preference, told):
    title = title_of([words for _notification, words in told])
    subjects = list(dict.fromkeys(notification.subject for notification, _words in told))
    address = unsubscribe_address(mail.member, subjects)
    stops = {words.stop for _notification, words in told}
    one_click = next(iter(stops))[1] if len(stops) == 1 and stops != {()} else address
    context = {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "lang": preference.language,
        "title": title,
        "day": date_in_words(timezone.now().astimezone(zone(preference.time_zone)).date()),
        "name": mail.member.get_short_name() if mail.member.name else "",
        "told": [words for _notification, words in told],
        "because": [str(subject_of(key).label) for key in subjects],
        "settings_url": reverse("notification_settings"),
        "unsubscribe_url": address,
    }
    made = EmailMultiAlternatives(
        subject=title,
        body=render_to_string("notifications/mail.txt", context),
        to=[mail.member.email],
        headers={
            "Message-ID": mail.message_id,
            "List-Unsubscribe": f"<{settings.SITE_URL}{one_click}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    made.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return made


def title_of(told):
    """The subject line: what is told first, and how much more there is."""
    first = " ".join(Truncator(" ".join(told[0].title.split())).chars(TITLE_LENGTH).split())
    if len(told) == 1:
        return first
    return _("%(first)s, and %(count)d more") % {"first": first, "count": len(told) - 1}


def unsubscribe_address(member, subjects):
    """The address that ends a member's mail on these subjects; whoever has the mail may use it."""
    token = signing.dumps([member.pk, subjects], salt=SALT, compress=True)
    return reverse("unsubscribe", args=[token])


def read_token(token):
    """(member's key, subject keys) of an unsubscribe address, or None for one that is not ours."""
    try:
        member, subjects = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return member, subjects

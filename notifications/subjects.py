"""What members can be told about: rooms declare their subjects, this room lists them and asks for the words.

    @tells("resources.contributions", label=_("What you contributed"))
    def tell_of_contributions(notifications):
        return {notification.pk: Told(title=…, url=…) for …}

A teller gets notifications of its subject for one reader, with the reader's language active, and answers with what
may still be told: one that it leaves out (withdrawn meanwhile, no longer the reader's business) is shown nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from notifications.models import Frequency

_subjects = {}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing in words, all plain text; addresses are paths of this site.

    `parts` are the single things it gathers, shown in mails; `more` and `stop` are (words, address) pairs: where the
    rest is, and where this alone is ended (an address that answers to one click, RFC 8058).
    """

    title: str
    url: str = ""
    note: str = ""
    kicker: str = ""
    parts: tuple["Told", ...] = ()
    more: tuple[str, str] = ()
    stop: tuple[str, str] = ()


def everybody(_member):
    return True


@dataclass(frozen=True, slots=True)
class Subject:
    """`mail` and `here` hold until a member chooses otherwise; `words` name a frequency in the subject's own way."""

    key: str
    tell: Callable
    label: str
    hint: str = ""
    mail: str = Frequency.NOW
    here: bool = True
    frequencies: tuple[str, ...] = tuple(Frequency.values)
    words: dict[str, str] = field(default_factory=dict)
    open_to: Callable = everybody

    @property
    def choices(self):
        return [(value, self.words.get(value, Frequency(value).label)) for value in self.frequencies]


def tells(key, *, label, **options):
    """Register a subject with the function that puts its notifications into words."""

    def register(function):
        _subjects[str(key)] = Subject(key=str(key), tell=function, label=label, **options)
        return function

    return register


def subject_of(key):
    """The subject of that key, or None where no room declares it any more."""
    return _subjects.get(str(key))


def subjects_for(member):
    """The subjects this member can be told about, in the order of the rooms."""
    return [subject for subject in _subjects.values() if subject.open_to(member)]


def in_words(notifications):
    """(notification, Told) of those that may still be told, in their order; one call a subject."""
    by_subject = {}
    for notification in notifications:
        by_subject.setdefault(notification.subject, []).append(notification)
    told = {}
    for key, own in by_subject.items():
        if subject := subject_of(key):
            told |= subject.tell(own)
    return [(one, told[one.pk]) for one in notifications if one.pk in told]

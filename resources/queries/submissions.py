"""The way of a submission as a page tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from resources.models import STEPS, Status


@dataclass(slots=True)
class Entry:
    """One line of the story: a step or a message. `who` is a name, "" where nobody did it."""

    at: datetime
    what: str
    who: str
    text: str
    is_internal: bool = False
    is_own: bool = False


def story(resource, reader):
    """The steps and messages of a submission, the oldest first, as this reader may know them.

    A contributor reads what the editors wrote to them, not which of the editors did, nor their notes.
    """
    shows_all = reader.is_staff
    entries = []
    for step in resource.transitions.select_related("actor"):
        known = STEPS.get((step.from_status, step.to_status))
        what = known.title if known else _("Begun") if step.to_status == Status.DRAFT else _("Entered")
        text = step.note if known else ""
        entries.append(entry(step.at, what, step.actor, text, reader, resource))
    messages = resource.messages.select_related("author")
    for message in messages if shows_all else messages.filter(is_internal=False):
        what = _("Note of the editors") if message.is_internal else _("Message")
        line = entry(message.at, what, message.author, message.text, reader, resource)
        line.is_internal = message.is_internal
        entries.append(line)
    return sorted(entries, key=lambda line: line.at)


def entry(at, what, person, text, reader, resource):
    is_own = person is not None and person.pk == reader.pk
    if person is None:
        who = ""
    elif is_own:
        who = _("You")
    elif reader.is_staff or person.pk == resource.submitted_by_id:
        who = str(person)
    else:
        who = _("The editors")
    return Entry(at, str(what), who, text, is_own=is_own)


def last_note(resource, end):
    """What was said at the last step to a status, or ""."""
    found = resource.transitions.filter(to_status=end).order_by("-pk").values_list("note", flat=True).first()
    return found or ""

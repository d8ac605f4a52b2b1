"""The words consent is asked with. Whoever changes words gives them a new version, and a test says so."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from members.models import Purpose


@dataclass(frozen=True)
class Text:
    """What one purpose is asked with; `is_needed` where there is no account without it."""

    version: str
    wording: Any
    effect: Any
    is_needed: bool = False


TEXTS = {
    Purpose.RULES: Text(
        "1",
        _("I keep to the house rules and have read the privacy notice."),
        _("Goes with the account; it ends when you close the account."),
        is_needed=True,
    ),
    Purpose.DIRECTORY: Text(
        "1",
        _("List me in the directory of members, with what my profile shows."),
        _("Without it nobody finds your profile. Withdrawn, you are out of the directory within a minute."),
    ),
    Purpose.CONTACT: Text(
        "1",
        _("Let other members write to me through the portal, without seeing my address."),
        _("Without it your profile has no form to write to you."),
    ),
}

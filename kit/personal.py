"""What is known about a person, column by column. Every room says in its `personal.py` what becomes of its own.

A test fails while a column that points at the account is not declared, so nothing can be forgotten.
"""

from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps


class Fate(Enum):
    """What becomes of rows when the person has the account erased."""

    ERASED = "erased"
    CLEARED = "cleared"  # the row stays and names nobody
    KEPT = "kept"  # the row stays and names the pseudonym that stands in for the person


@dataclass(frozen=True)
class Link:
    """A column that points at an account. `because` says why rows stay, `secret` names columns no export shows."""

    model: str
    column: str
    fate: Fate
    because: str = ""
    is_exported: bool = True
    secret: tuple[str, ...] = ()
    emptied: dict = field(default_factory=dict)

    @property
    def key(self):
        return f"{self.model}.{self.column}"

    def rows(self, member):
        """The member's rows, in the order they were made."""
        return apps.get_model(self.model)._base_manager.filter(**{self.column: member}).order_by("pk")


_links = {}


def personal(model, column, fate, *, because="", is_exported=True, secret=(), emptied=None):
    """Declare a column, as "room.Model" and its name. Columns of `emptied` get these values when the link is cleared."""
    if fate is Fate.KEPT and not because:
        raise ValueError(f"{model}.{column} is kept: say why.")
    link = Link(model, column, fate, because, is_exported, tuple(secret), dict(emptied or {}))
    _links[link.key] = link


def links():
    """Every declared column by "room.Model.column"."""
    return dict(_links)

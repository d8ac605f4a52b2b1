"""What one source says of a document, in the words of `draft_resource`."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Found:
    """Empty where the source says nothing. `type` is a value of Publication.Type."""

    title: str = ""
    summary: str = ""
    url: str = ""
    doi: str = ""
    language: str = ""
    published_on: date | None = None
    published_precision: str = "day"
    type: str = ""
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    contributors: list = field(default_factory=list)
    publisher: str = ""

    def completed_by(self, other):
        """This, and where it says nothing what the other says."""
        if not self.published_on:
            self.published_on, self.published_precision = other.published_on, other.published_precision
        for name in self.__dataclass_fields__:
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        return self


def person(name):
    """A contributor of a name as people write it: "Given Family" or "Family, Given"."""
    name = " ".join(name.split())
    family, comma, given = name.partition(",")
    if not comma:
        given, _space, family = name.rpartition(" ")
    return {"family_name": family.strip()[:200], "given_name": given.strip()[:200]}

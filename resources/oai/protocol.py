"""What a harvester asks: its arguments, its mistakes, and the token with which it goes on."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.core.signing import BadSignature, Signer

VERBS = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}
PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]{1,100}")
SET_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*")
IDENTIFIER = re.compile(r"[A-Za-z0-9:/?#\[\]@!$&'()*+,;=\-._~%]{1,500}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LONGEST_ARGUMENT = 2000


def signer(verb):
    return Signer(salt=f"resources.oai.{verb}")


class ProtocolError(Exception):
    """One of the conditions of the protocol, by its code."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(frozen=True, slots=True)
class Harvest:
    """A list that is asked for, and how far it has come.

    The list is ordered by (datestamp, key), and a page begins after the last of the page before. What changes
    while it is read moves to its end, so a list without `until` ends only when nothing changed any more: whoever
    reads it to its end has exactly what there is.
    """

    prefix: str
    set_spec: str = ""
    since: str = ""
    until: str = ""
    after: tuple[str, int] | None = None
    cursor: int = 0
    size: int = 0

    def token(self, verb):
        """The rest of this list as one text; signed, so that it comes back as it was given. It does not expire."""
        return signer(verb).sign_object(
            [self.prefix, self.set_spec, self.since, self.until, self.after, self.cursor, self.size],
            compress=True,
        )

    def moved(self, *, after, cursor, size):
        return replace(self, after=after, cursor=cursor, size=size)

    @property
    def bounds(self):
        """(first moment, first moment that is too late), either of them None; both ends count to the second or day."""
        return beginning(self.since), ending(self.until)


def read_arguments(params):
    """(verb, arguments) of a request. ProtocolError for a verb that there is not, and for arguments that do not fit it."""
    verbs = params.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise ProtocolError("badVerb", f"The verb must be one of {', '.join(VERBS)}, and given once.")
    verb = verbs[0]
    required, optional = VERBS[verb]
    arguments = {}
    for name in params:
        values = params.getlist(name)
        if name == "verb":
            continue
        if name not in required | optional:
            raise ProtocolError("badArgument", f"{verb} takes no such argument: {printable(name)}.")
        if len(values) != 1:
            raise ProtocolError("badArgument", f"The argument {name} is given more than once.")
        arguments[name] = values[0]
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise ProtocolError("badArgument", "A resumptionToken is given alone with its verb.")
        return verb, arguments
    if missing := sorted(required - set(arguments)):
        raise ProtocolError("badArgument", f"{verb} needs {' and '.join(missing)}.")
    for name, value in arguments.items():
        check(name, value)
    if "from" in arguments and "until" in arguments:
        check_range(arguments["from"], arguments["until"])
    return verb, arguments


def check(name, value):
    """badArgument for a value that is not even of the right form."""
    if name in ("from", "until"):
        beginning(value)
    elif not {"metadataPrefix": PREFIX, "set": SET_SPEC, "identifier": IDENTIFIER}[name].fullmatch(
        value[:LONGEST_ARGUMENT]
    ):
        raise ProtocolError("badArgument", f"The argument {name} holds characters that it must not hold.")


def check_range(since, until):
    if len(since) != len(until):
        raise ProtocolError("badArgument", "from and until must be of the same granularity.")
    if since > until:
        raise ProtocolError("badArgument", "from must not be later than until.")


def harvest_of(verb, arguments):
    """The list that the arguments ask for, or the one a token goes on with."""
    if "resumptionToken" in arguments:
        return resumed(verb, arguments["resumptionToken"])
    return Harvest(
        prefix=arguments["metadataPrefix"],
        set_spec=arguments.get("set", ""),
        since=arguments.get("from", ""),
        until=arguments.get("until", ""),
    )


def resumed(verb, token):
    try:
        values = signer(verb).unsign_object(token[:LONGEST_ARGUMENT])
    except (BadSignature, ValueError, TypeError) as error:
        raise ProtocolError(
            "badResumptionToken", f"This resumptionToken was not given here for {verb}."
        ) from error
    prefix, set_spec, since, until, after, cursor, size = values
    return Harvest(prefix, set_spec, since, until, tuple(after), cursor, size)


def beginning(text):
    """The first moment of a day or a second; None for no text."""
    if not text:
        return None
    try:
        if SECOND.fullmatch(text) and text.isascii():
            return datetime.fromisoformat(text)
        if DAY.fullmatch(text) and text.isascii():
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
    except ValueError:
        pass
    raise ProtocolError("badArgument", "A date is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ and must exist.")


def ending(text):
    """The first moment after a day or a second; None for no text, and for the end of time."""
    start = beginning(text)
    if start is None:
        return None
    try:
        return start + (timedelta(days=1) if len(text) == 10 else timedelta(seconds=1))
    except OverflowError:
        return None


def printable(text):
    """Text of a stranger fit for an XML document and short."""
    return "".join(c for c in text[:60] if c.isprintable())

"""Contributors from the ways sources write them."""

import re
from collections import Counter

BODY_WORDS = re.compile(
    r"\b(universit\w*|institut\w*|cent(?:re|er)s?|bank|ministr\w*|minister\w*|organi[sz]ations?|commission|agency|association"
    r"|foundation|committee|council|programme|program|department|office|society|network|fund|unicef|undp|ilo|oecd"
    r"|fao|wfp|brac|escwa|un|usaid|dfid|ifpri|consortium|group|initiative|international|nations|cooperation|bureau"
    r"|federation|secretariat|trust|trickle up|oxfam|worldwide|research|project|partners?|team|authority"
    r"|company|limited|ltd|inc|corporation|board|alliance|ngo)\b",
    re.I,
)
_ET_AL = re.compile(r"\bet\.?\s+al\b\.?|\band others\b", re.I)
# Capitals only: "Dube" is a name, "DA" and "J.-P." are initials.
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ]\.?-?){1,3}$")
_SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.I)
PARTICLES = {
    "de",
    "da",
    "do",
    "dos",
    "del",
    "della",
    "van",
    "von",
    "der",
    "den",
    "la",
    "le",
    "el",
    "bin",
    "al",
    "los",
}


class GivenNames:
    """How often a word was seen as a given name and as a family name, where the source leaves no doubt."""

    def __init__(self, author_texts=()):
        self.given, self.family = Counter(), Counter()
        for text in author_texts:
            for part in text.split(";"):
                family, comma, given = part.partition(",")
                if comma and "," not in given and len(family.split()) <= 2 and given.strip():
                    self.family.update(w.lower() for w in family.split())
                    self.given.update(w.lower() for w in given.split() if len(w.strip(".")) > 1)

    def learn_given_first(self, author_texts):
        for text in author_texts:
            for part in text.split(";"):
                words = part.split()
                if len(words) > 1:
                    self.given[words[0].lower()] += 1
                    self.family[words[-1].lower()] += 1

    def says_given_first(self, words):
        """True, False, or None where nothing is known of these words."""
        first, last = words[0].lower(), words[-1].lower()
        for_it = self.given[first] + self.family[last]
        against = self.family[first] + self.given[last]
        return None if for_it == against else for_it > against


def parse_contributors(text, *, given_first=None, names=None):
    """Dicts of Contributor fields in order; bodies as bodies, "et al." and repeated names left out.

    given_first: the source's own order where a name has no comma (None: surname first, unless `names` knows better).
    """
    people = []
    for part in _ET_AL.sub("", text or "").split(";"):
        people.extend(_split_part(" ".join(part.split()).strip(" ,")))
    seen, contributors = set(), []
    for name in people:
        contributor = _contributor(name, given_first, names)
        if contributor is None:
            continue
        key = (contributor["family_name"].lower(), contributor["given_name"].lower())
        if key not in seen:
            seen.add(key)
            contributors.append(contributor)
    return contributors


def _split_part(part):
    """One semicolon part as names, each ("Family", "Given") where the comma is clear, else a plain text.

    A flattened list ("Zhu Jia-peng Qian, Jin-ying, Wu, Jia-yi") lost its semicolons: the last word before
    a comma is a family name, the words after it the given ones.
    """
    if not part:
        return []
    chunks = [c.strip() for c in part.split(",") if c.strip()]
    if len(chunks) == 1 or BODY_WORDS.search(chunks[0]):
        return [part] if len(chunks) == 1 else [_uninverted(chunks)]
    first = chunks[0].split()
    if len(chunks) == 2:
        if _SUFFIX.match(chunks[1]):
            return [" ".join(chunks)]
        if len(first) >= 3 and not any(w.lower() in PARTICLES for w in first):
            return [" ".join(first[:-1]), (first[-1], chunks[1])]
        return [(chunks[0], chunks[1])]
    if len(chunks) % 2:
        return [chunks[0], *zip(chunks[1::2], chunks[2::2], strict=True)]
    if len(first) >= 3:
        rest = [first[-1], *chunks[1:]]
        return [" ".join(first[:-1]), *zip(rest[::2], rest[1::2], strict=True)]
    return list(zip(chunks[::2], chunks[1::2], strict=True))


def _uninverted(chunks):
    """A body written like a person ("Institute, International Livestock Research")."""
    if len(chunks) == 2 and len(chunks[0].split()) == 1:
        return ("", f"{chunks[1]} {chunks[0]}")
    return ("", ", ".join(chunks))


def _contributor(name, given_first, names):
    if isinstance(name, tuple):
        family, given = name
        if not family:
            return person(given, body=True)
        return person(family, given)
    words = name.split()
    if not words or not re.search(r"[^\W\d_]", name):
        return None
    if BODY_WORDS.search(name) or (len(words) == 1 and name.isupper() and len(name) > 2):
        return person(name, body=True)
    if len(words) == 1:
        return person(name)
    if _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        return family_first(words)
    if _INITIALS.match(words[0]):
        return person(words[-1], " ".join(words[:-1]))
    first = given_first
    if first is None:
        first = bool(names and names.says_given_first(words))
    if first:
        start = len(words) - 1
        if _SUFFIX.match(words[-1]) and len(words) > 2:
            start -= 1
        while start > 1 and words[start - 1].lower() in PARTICLES:
            start -= 1
        return person(" ".join(words[start:]), " ".join(words[:start]))
    return family_first(words)


def family_first(words):
    """The family name is the first word, with the particles before it."""
    end = 1
    while end < len(words) - 1 and words[end - 1].lower() in PARTICLES:
        end += 1
    return person(" ".join(words[:end]), " ".join(words[end:]))


def person(family, given="", *, body=False):
    return {"family_name": family.strip()[:200], "given_name": given.strip()[:200], "is_body": body}

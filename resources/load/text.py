"""Titles as sources give them, made readable without changing what they say."""

import re
import unicodedata

from kit.text import fold

TITLE_LENGTH = 600
# Acronyms of the field that no sentence-case title teaches.
ACRONYMS = {
    *(
        "UN",
        "EU",
        "US",
        "UK",
        "USA",
        "USSR",
        "ILO",
        "IDB",
        "BRAC",
        "ESCWA",
        "UNICEF",
        "UNDP",
        "WFP",
        "FAO",
        "GIZ",
    ),
    *(
        "DFID",
        "IPC-IG",
        "OECD",
        "GDP",
        "SDG",
        "SDGS",
        "NGO",
        "NGOS",
        "HIV",
        "AIDS",
        "COVID-19",
        "PSNP",
        "UPG",
        "TUP",
    ),
    *(
        "RICCAR",
        "ICT",
        "MENA",
        "GCC",
        "RCT",
        "LAC",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
    ),
}
MIXED_ACRONYMS = {"SDGS": "SDGs", "NGOS": "NGOs"}
# What documents of meetings say and titles of studies do not.
_MEETING_WORDS = (
    "achieved actions activities agenda agendas annotations appraisal biennium brief carbon capture censuses committee"
    " commission commitments curbing developers discussion documents engine establishing executive eleventh twelfth"
    " eighteenth fourth financing foreign guidebook horizon housing illicit implementation index information issues"
    " liberalization list logistics manual measures meeting member misinforming mobilization multimodal observance"
    " operational organization overview panel peace perceptions private proposal provisional public pursuant regional"
    " report resource results review scorecard scores secretariat session statistical states summary survey taken task"
    " force trade transport version versus vision waste workshop women gender justice the of and in on for at to by with"
)
COMMON = frozenset(_MEETING_WORDS.split())
PHRASES = (
    *("Economic and Social Commission for Western Asia", "United Nations", "Middle East", "Western Asia"),
    *(
        "Executive Committee",
        "Committee on Liberalization",
        "Committee on Transport",
        "Statistical Committee",
    ),
)
FILE_NAME = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|txt|zip)$|^[\w-]+_[\w-]+(_[\w-]+)+$|^(img|scan|doc)[\W_]*\d+$", re.I
)
TEST_TITLE = re.compile(
    r"^(test\W*(\d+|title|record|document)?|testing|asdf\w*|lorem ipsum.*|xxx+|n/?a|untitled|no title|tbd)$",
    re.I,
)
SHARDS = 5  # so many small words in a row, two of them without a vowel, are a broken title
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_SPACED_COLON = re.compile(r"\s+([:;,?!])(?=\s|$)")
_STOPWORDS = {
    "en": ["the", "of", "and", "in", "to", "for", "on", "from", "with", "by", "is", "are", "what", "how", "does", "do", "at", "an", "evidence", "as", "it", "its", "their", "or"],
    "es": ["el", "la", "los", "las", "de", "del", "y", "en", "para", "por", "una", "un", "con", "qué", "cómo", "es", "al", "como", "su", "más", "lo", "se", "desde", "no"],
    "fr": ["le", "la", "les", "des", "du", "et", "en", "pour", "par", "une", "un", "dans", "sur", "aux", "est", "au", "l", "d", "à", "avec", "ou", "son", "sa", "ses"],
    "pt": ["o", "os", "as", "da", "do", "das", "dos", "e", "em", "para", "por", "uma", "um", "com", "no", "na", "não", "é", "ao", "à", "seu", "sua", "mais", "nos", "nas"],
}  # fmt: skip
_MARKS = {"es": "ñ¿¡", "pt": "ãõ", "fr": "êîûœèç"}
_STOPWORD_SETS = {language: frozenset(words) for language, words in _STOPWORDS.items()}
_VOWELS = set("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûü")


def clean_title(text):
    """Composed letters, single spaces, no space before a colon, no quotes around the whole, no control characters."""
    text = unicodedata.normalize("NFC", text or "").replace("\xa0", " ").replace("，", ", ")
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c in "\t\n\u200c\u200d")
    text = _SPACED_COLON.sub(r"\1", " ".join(text.split()))
    if len(text) > 2 and text[0] in '"“' and text[-1] in '"”' and not re.search(r"[\"“”]", text[1:-1]):
        text = text[1:-1]
    return text.strip().rstrip(",;:").strip()


def cut_title(text):
    """At most 600 characters, cut at a word, with an ellipsis."""
    if len(text) <= TITLE_LENGTH:
        return text
    return text[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def junk_reason(title):
    """Why a title cannot stand in a library, or ""."""
    if not title:
        return "no title"
    if FILE_NAME.search(title):
        return "the title is a file name"
    if TEST_TITLE.match(title):
        return "the title is a placeholder"
    if not re.search(r"[^\W\d_]", title):
        return "the title has no letters"
    return ""


def is_broken(title):
    """Whether the text recognition tore words into letters ("I m pl em ent ed by")."""
    words = title.lower().split()
    small = [len(word) <= 3 and word.isalpha() for word in words]
    for start in range(len(words) - SHARDS + 1):
        run = words[start : start + SHARDS]
        if all(small[start : start + SHARDS]) and sum(not set(word) & _VOWELS for word in run) >= 2:
            return True
    return False


def guess_language(title, given="en"):
    """(language, whether it differs from the one given): by script, then by the small words and letters of the title."""
    letters = [c for c in title if c.isalpha()]
    if letters and sum("\u0600" <= c <= "\u06ff" for c in letters) > len(letters) / 2:
        return "ar", given != "ar"
    words = list(re.findall(r"[^\W\d_]+", title.lower()))
    scores = {language: sum(w in known for w in words) for language, known in _STOPWORD_SETS.items()}
    for language, marks in _MARKS.items():
        scores[language] += sum(any(m in w for m in marks) for w in words)
    best = max(scores, key=lambda language: (scores[language], language == given))
    if scores[best] >= 2 and scores[best] >= 2 * scores.get(given, 0) and best != given:
        return best, True
    return given, False


class Lexicon:
    """How the words of sentence-case titles are written; it gives an all-capitals title its lower case back.

    A word seen once in lower case is a common word, one seen only capitalised is a name.
    """

    def __init__(self, titles, proper=()):
        self.common, self.names = {*COMMON, *_STOPWORD_SETS["en"]}, {}
        for title in titles:
            words = _WORD.findall(title)
            small = [w for w in words if w.islower()]
            if title.isupper() or len(small) < len(words) / 3:
                continue
            self.common.update(small)
            if len(small) > len(words) * 0.6:
                self.names.update((w.lower(), w) for w in words[1:] if w[:1].isupper())
        for name in proper:
            self.names.update((w.lower(), w) for w in _WORD.findall(name) if w[:1].isupper() and len(w) > 2)
        self.stems = {w[:6] for w in self.common if len(w) >= 6}
        for acronym in ACRONYMS:
            self.names[acronym.lower()] = MIXED_ACRONYMS.get(acronym, acronym)
            self.common.discard(acronym.lower())

    def sentence_case(self, title):
        """The title in sentence case, or unchanged when more than a third of its words are unknown (names, acronyms)."""
        words = _WORD.findall(title)
        unknown = [w for w in words if not any(c.isdigit() for c in w) and not self.knows(w.lower())]
        if not words or len(unknown) > len(words) / 3:
            return title
        lowered = _WORD.sub(lambda m: self._form(m.group()), title)
        for phrase in PHRASES:
            lowered = re.sub(rf"\b{phrase}\b", phrase, lowered, flags=re.I)
        return lowered[:1].upper() + lowered[1:]

    def knows(self, word):
        return word in self.common or word in self.names or word[:6] in self.stems

    def _form(self, word):
        lower = word.lower()
        if lower in self.common:
            return lower
        if lower in self.names:
            return self.names[lower]
        if any(c.isdigit() for c in word):
            return re.sub(r"(?<=\d)(?=[A-Z]{3,})", " ", word).title() if not word[:1].isalpha() else word
        if "-" in word:
            return "-".join(self._form(part) for part in word.split("-"))
        if lower.endswith(("'s", "’s")):
            return self._form(word[:-2]) + lower[-2:]
        return lower if lower[:6] in self.stems else word.capitalize()


def is_shouted(title):
    """Whether a title of some length is all capitals."""
    return title.isupper() and len(fold(title)) > 12

"""What the files say about topics and organisations, as rows of our tables."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kit.text import fold
from vocabularies.load.files import VocabularyError, read_json, read_table
from vocabularies.models import NAME_LANGUAGES, OrganisationType, TopicLabel

TOPICS = "topics.json"
AREA_KEYS = {
    "code",
    "slug",
    "categories",
    "name",
    "description",
    "synonyms",
    "acronyms",
    "narrower",
    "topics",
}
LABELS = {
    "synonyms": TopicLabel.Kind.SYNONYM,
    "acronyms": TopicLabel.Kind.ACRONYM,
    "narrower": TopicLabel.Kind.NARROWER,
}


def category_codes(folder):
    """The codes of the social protection and jobs categories: "1", "1.2", "1.2.1"."""
    codes = set()
    for row in read_table(folder, "spj_categories.csv", ["sp_area", "sp_category", "sp_sub_category"]):
        for column in ("sp_area", "sp_category", "sp_sub_category"):
            code = category_code(row.text(column, required=True))
            if not code:
                raise row.wrong(_("“%s” does not start with a number.") % column)
            codes.add(code)
    return codes


def category_code(text):
    """The number a category starts with ("1.2.1. Conditional cash transfers" → "1.2.1"), or nothing."""
    found = re.match(r"\s*(\d+(?:\.\d+)*)\.?", text)
    return found[1] if found else ""


def topics(folder):
    """Topic rows by code, an area before its topics, and label rows by (code, language, text)."""
    reader = _Topics(category_codes(folder))
    areas = read_json(folder, TOPICS)
    if not isinstance(areas, list) or not areas:
        raise VocabularyError(TOPICS, "", _("must be a list of areas."))
    for area in areas:
        code = reader.read(area, parent=None)
        below = area.get("topics", [])
        if not isinstance(below, list):
            raise VocabularyError(TOPICS, code, _("“topics” must be a list."))
        for topic in below:
            reader.read(topic, parent=code)
    return reader.topics, reader.labels


class _Topics:
    def __init__(self, categories):
        self.categories = categories
        self.topics, self.labels = {}, {}
        self.slugs, self.said = {}, {}

    def read(self, entry, parent):
        """Take one entry of the tree; its code."""
        if not isinstance(entry, dict):
            raise VocabularyError(TOPICS, parent or "", _("every topic must be an object."))
        code = entry.get("code")
        where = str(code or f"{parent}.?")
        wrong = lambda message: VocabularyError(TOPICS, where, message)  # noqa: E731
        if not isinstance(code, str) or not re.fullmatch(r"\d+(\.\d+)?", code) or len(code) > 20:
            raise wrong(_("“code” must be a number such as 1 or 1.2."))
        if unknown := sorted(set(entry) - (AREA_KEYS if parent is None else AREA_KEYS - {"topics"})):
            raise wrong(_("has unknown keys: %s.") % ", ".join(unknown))
        if code in self.topics:
            raise wrong(_("stands twice."))
        if (code.rpartition(".")[0] or None) != parent:
            raise wrong(_("does not belong below %s.") % (parent or _("the top")))
        slug = entry.get("slug")
        if not isinstance(slug, str) or not slug or len(slug) > 80 or slug != slugify(slug):
            raise wrong(_("“slug” must be small letters, digits and hyphens."))
        if slug in self.slugs:
            raise wrong(_("has the slug of %s.") % self.slugs[slug])
        self.slugs[slug] = code
        categories = entry.get("categories", [])
        if not isinstance(categories, list) or set(map(str, categories)) - self.categories:
            raise wrong(_("“categories” names a category that spj_categories.csv does not have."))
        names = entry.get("name")
        if not isinstance(names, dict) or [n for n in NAME_LANGUAGES if not self.is_label(names.get(n))]:
            raise wrong(_("needs a name in each of %s.") % ", ".join(NAME_LANGUAGES))
        described = entry.get("description", {})
        if not isinstance(described, dict) or not all(
            isinstance(described.get(n), str) for n in NAME_LANGUAGES
        ):
            raise wrong(_("“description” needs a text in each of %s.") % ", ".join(NAME_LANGUAGES))
        self.topics[code] = {
            "slug": slug,
            "parent_code": parent,
            "position": len(self.topics) + 1,
            "categories": categories,
            **{f"description_{language}": described[language] for language in NAME_LANGUAGES},
            **{f"name_{language}": names[language] for language in NAME_LANGUAGES},
        }
        for language in NAME_LANGUAGES:
            self.claim(wrong, language, names[language], code, TopicLabel.Kind.SYNONYM)
        for key, kind in LABELS.items():
            self.read_labels(wrong, code, names, entry.get(key, {}), key, kind)
        return code

    def read_labels(self, wrong, code, names, by_language, key, kind):
        if not isinstance(by_language, dict) or set(by_language) - set(NAME_LANGUAGES):
            raise wrong(
                _("“%(key)s” must have lists under %(languages)s.")
                % {"key": key, "languages": ", ".join(NAME_LANGUAGES)}
            )
        for language, texts in by_language.items():
            if not isinstance(texts, list) or not all(map(self.is_label, texts)):
                raise wrong(
                    _("“%(key)s” in %(language)s must be a list of short texts.")
                    % {"key": key, "language": language}
                )
            for text in texts:
                if fold(text) == fold(names[language]) and kind != TopicLabel.Kind.ACRONYM:
                    raise wrong(_("“%s” is its name already.") % text)
                if (code, language, text) in self.labels:
                    raise wrong(_("“%s” stands twice.") % text)
                self.claim(wrong, language, text, code, kind)
                self.labels[code, language, text] = {"kind": kind}

    def claim(self, wrong, language, text, code, kind):
        """A name, synonym or acronym may stand for one topic only; narrower terms may be shared."""
        if kind == TopicLabel.Kind.NARROWER:
            return
        key = (language, text if kind == TopicLabel.Kind.ACRONYM else fold(text))
        if self.said.setdefault(key, code) != code:
            raise wrong(
                _("“%(text)s” already stands for %(other)s.") % {"text": text, "other": self.said[key]}
            )

    @staticmethod
    def is_label(text):
        return (
            isinstance(text, str)
            and 0 < len(text) <= 150
            and bool(fold(text))
            and text == " ".join(text.split())
        )


def organisations(folder, countries):
    """Organisation rows by folded name."""
    found, said = {}, {}
    table = read_table(
        folder,
        "organisations.csv",
        ["name", "acronym", "type", "country", "website", "aliases"],
        unique=["name"],
    )
    for row in table:
        name = row.text("name", required=True)
        website = row.text("website", longest=500)
        try:
            URLValidator(["http", "https"])(website) if website else None
        except ValidationError:
            raise row.wrong(_("“%s” is not a web address.") % website) from None
        entry = {
            "name": name,
            "slug": slugify(name, allow_unicode=True)[:100],
            "acronym": row.text("acronym", longest=30),
            "type": row.one_of("type", OrganisationType.values),
            "country_id": row.one_of("country", countries, required=False) or None,
            "website": website,
            "aliases": row.list_of("aliases", "|"),
        }
        for text in {fold(name), *map(fold, entry["aliases"])} - {""}:
            if said.setdefault(text, name) != name:
                raise row.wrong(
                    _("“%(text)s” already stands for %(other)s.") % {"text": text, "other": said[text]}
                )
        found[fold(name)] = entry
    return found

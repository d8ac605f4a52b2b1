"""The interface texts in the five languages."""

import ast
import gettext
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLURAL_FORMS = {"fr": 2, "es": 3, "pt": 2, "ar": 6}
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
NAMED = re.compile(r"%\(\w+\)[#0 +-]*\d*[sdrf]")
POSITIONAL = re.compile(r"%[sdr]")
TAGS = re.compile(r"<[^>]+>")


def catalogue(language):
    return polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    unfinished = [
        entry.msgid for entry in catalogue(language) if entry.fuzzy or entry.obsolete or not all(texts(entry))
    ]

    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_the_forms_of_its_language(language):
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if entry.msgid_plural and sorted(entry.msgstr_plural) != list(range(PLURAL_FORMS[language]))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", [NAMED, POSITIONAL, TAGS])
def test_a_translation_keeps_the_placeholders_and_tags_of_the_text(language, pattern):
    wrong = [
        (entry.msgid, text)
        for entry in catalogue(language)
        for text in texts(entry)
        if sorted(pattern.findall(text)) != sorted(pattern.findall(entry.msgid))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_with_a_line_break_only_where_the_text_does(language):
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        for text in texts(entry)
        if (text[:1] == "\n", text[-1:] == "\n") != (entry.msgid[:1] == "\n", entry.msgid[-1:] == "\n")
    ]

    assert wrong == []


def test_all_languages_translate_the_same_texts():
    said = {
        language: {(entry.msgctxt, entry.msgid) for entry in catalogue(language)} for language in LANGUAGES
    }

    assert {language: texts == said["fr"] for language, texts in said.items()} == dict.fromkeys(
        LANGUAGES, True
    )


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("fr", 0, "0 programme"),
        ("fr", 2, "2 programmes"),
        ("es", 1, "1 programa"),
        ("es", 2, "2 programas"),
        ("pt", 0, "0 programas"),
        ("ar", 3, "3 برامج"),
        ("ar", 11, "11 برنامجًا"),
        ("ar", 100, "100 برنامج"),
    ],
)
def test_a_compiled_translation_counts_as_its_language_does(tmp_path, language, count, text):
    compiled = tmp_path / "django.mo"
    catalogue(language).save_as_mofile(str(compiled))

    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)

    assert (
        translations.ngettext("%(count)s programme", "%(count)s programmes", count) % {"count": count} == text
    )


def test_no_text_is_marked_inside_an_f_string_where_makemessages_does_not_see_it():
    hidden = [
        f"{path.name}:{call.lineno}"
        for room in settings.ROOMS
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
    ]

    assert hidden == []

"""Translations are compiled without the gettext tools, and only when they changed."""

import gettext
import os

import pytest
from django.core.management.base import CommandError

from kit.management.commands.compile_translations import compile_translations

FRENCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "%d result"
msgid_plural "%d results"
msgstr[0] "%d résultat"
msgstr[1] "%d résultats"

#, fuzzy
msgid "Country"
msgstr "Contrée"
"""


@pytest.fixture
def french(tmp_path):
    """A folder of translations with one language, not compiled yet."""
    po = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(FRENCH)
    return po


def test_compiled_translations_have_plurals_and_leave_out_what_is_fuzzy(tmp_path, french):
    compiled = compile_translations([tmp_path])

    translation = gettext.translation("django", tmp_path, ["fr"])
    assert compiled == 1
    assert translation.ngettext("%d result", "%d results", 0) == "%d résultat"
    assert translation.ngettext("%d result", "%d results", 2) == "%d résultats"
    assert translation.gettext("Country") == "Country"


def test_what_did_not_change_is_not_compiled_again(tmp_path, french):
    compile_translations([tmp_path])

    again = compile_translations([tmp_path])
    os.utime(french, ns=(french.with_suffix(".mo").stat().st_mtime_ns + 10**9,) * 2)
    changed = compile_translations([tmp_path])

    assert (again, changed) == (0, 1)


def test_a_broken_file_is_named(tmp_path, french):
    french.write_text('msgid "no end\nmsgstr')

    with pytest.raises(CommandError, match=r"django\.po cannot be compiled"):
        compile_translations([tmp_path])

    assert not french.with_suffix(".mo").exists()

"""The words of consent and their versions."""

from django.utils.translation import override

from members.consents import TEXTS
from members.models import Purpose

# What each version says. A change of words is a new version: add its line here, and leave the old one.
SAID = {
    ("rules", "1"): "I keep to the house rules and have read the privacy notice.",
    ("directory", "1"): "List me in the directory of members, with what my profile shows.",
    ("contact", "1"): "Let other members write to me through the portal, without seeing my address.",
}


def test_whoever_changes_the_words_gives_them_a_new_version():
    with override("en"):
        now = {(purpose.value, text.version): str(text.wording) for purpose, text in TEXTS.items()}

    assert now == {key: SAID[key] for key in now}


def test_every_purpose_has_words():
    assert set(TEXTS) == set(Purpose)

"""The style sheet's own rules."""

import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def without_comments_and_queries(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"@(?:media|container)[^{]*", "", text)


def test_every_layout_uses_logical_properties_only():
    wrong = [
        f"{path.relative_to(CSS)}: {found.group().strip()}"
        for path in sorted(CSS.rglob("*.css"))
        for found in PHYSICAL.finditer(without_comments_and_queries(path.read_text()))
    ]

    assert wrong == []


def test_templates_hold_no_inline_script_or_style_element():
    templates = Path(settings.BASE_DIR) / "templates"

    wrong = [
        str(path.relative_to(templates))
        for path in sorted(templates.rglob("*.html"))
        if "mail" not in path.relative_to(templates).as_posix()  # a mail has no other place for its styles
        and re.search(
            r"<style|<script(?![^>]*(?:src=|application/(?:ld\+)?json))|\son[a-z]+=\"|javascript:",
            path.read_text(),
        )
    ]

    assert wrong == []

"""Joins the style sheet's files into the one file a page loads."""

import re
from pathlib import Path

from django.conf import settings

SOURCE = Path(settings.BASE_DIR) / "static" / "css" / "index.css"
BUILT = Path(settings.BASE_DIR) / "static" / "portal.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


def build():
    """The whole style sheet as text: every import in place, in its layer, without comments and spare blanks."""
    text = IMPORT.sub(
        lambda found: f"@layer {found[2]} {{{(SOURCE.parent / found[1]).read_text()}}}", SOURCE.read_text()
    )
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(" > ", ">")
    return text.replace(";}", "}").strip() + "\n"

"""News, events, blog posts, multimedia, databases and jobs written for demonstration, from `data/samples`.

A file is `<name>.<language>.md`: TOML between two lines of `+++`, then Markdown. Files of one name are
language versions of one work, the English one first.
"""

import tomllib
from datetime import UTC

from resources.load.folder import SHIPPED
from resources.load.records import Record
from resources.models import Kind

FOLDER = SHIPPED / "samples"
SOURCE = "samples"
FENCE = "+++\n"


def read(folder, vocabulary):
    """Every sample, whatever folder is read: they are part of the repository."""
    paths = sorted(FOLDER.glob("*.md"), key=lambda path: (name_of(path), language_of(path) != "en"))
    originals = {name_of(path) for path in paths if language_of(path) == "en"}
    return [record_of(path, has_original=name_of(path) in originals) for path in paths]


def name_of(path):
    return path.name.split(".")[0]


def language_of(path):
    return path.name.split(".")[1]


def record_of(path, *, has_original):
    _empty, head, body = path.read_text(encoding="utf-8").split(FENCE, 2)
    values = tomllib.loads(head)
    language, published_on = language_of(path), values.get("published_on")
    return Record(
        kind=Kind(values["kind"]),
        source=SOURCE,
        ref=path.name.removesuffix(".md"),
        title=values["title"],
        language=language,
        summary=values.get("summary", ""),
        body=body.strip(),
        url=values.get("url", ""),
        published_on=published_on,
        precision=values.get("precision", "day"),
        year=published_on.year if published_on else None,
        organisations=[tuple(pair) for pair in values.get("organisations", [])],
        countries=values.get("countries", []),
        topics=values.get("topics", []),
        detail={name: cleaned(value) for name, value in values.get("detail", {}).items()},
        is_sample=True,
        translation_of=f"{name_of(path)}.en" if has_original and language != "en" else "",
    )


def cleaned(value):
    """Texts without the line breaks around them, times in UTC."""
    if isinstance(value, str):
        return value.strip()
    return value.astimezone(UTC) if hasattr(value, "astimezone") else value

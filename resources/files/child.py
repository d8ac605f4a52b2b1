"""The process that opens somebody's file: `python -m resources.files.child SOURCE FOLDER`.

It knows neither settings nor database, has bounded memory and processor time, and writes `result.json` (and
`page.webp`) into FOLDER. Whatever happens to it, its parent records a state.
"""

import json
import resource as limits
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
MOST_PAGES = 2000
MOST_CHARACTERS = 2_000_000
THUMBNAIL_WIDTH = 320
FEW_CHARACTERS = 20


def main(source, folder):
    limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
    limits.setrlimit(limits.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    limits.setrlimit(limits.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    result = read(source, folder)
    if (folder / "page.webp").exists():
        with Image.open(folder / "page.webp") as page:
            result["thumbnail_size"] = page.size
    (folder / "result.json").write_text(json.dumps(result))


def read(source, folder):
    """{"state", "reason", "pages", "text"}; state is read, no_text, encrypted or broken."""
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        state = "encrypted" if "password" in str(error).lower() else "broken"
        return {"state": state, "reason": str(error)[:200], "pages": None, "text": ""}
    pages = len(document)
    if not pages:
        return {"state": "broken", "reason": "The file has no pages.", "pages": 0, "text": ""}
    parts, length, damaged = [], 0, 0
    for number in range(min(pages, MOST_PAGES)):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            damaged += 1
            continue
        parts.append(text)
        length += len(text)
        if length > MOST_CHARACTERS:
            break
    draw(document, folder)
    text = clean("\n".join(parts))[:MOST_CHARACTERS]
    if damaged == pages:
        return {"state": "broken", "reason": "No page can be read.", "pages": pages, "text": ""}
    if len(text) < FEW_CHARACTERS:
        return {
            "state": "no_text",
            "reason": "The pages hold pictures, no text.",
            "pages": pages,
            "text": text,
        }
    reason = f"{damaged} pages could not be read." if damaged else ""
    return {"state": "read", "reason": reason, "pages": pages, "text": text}


def draw(document, folder):
    """The first page as a small picture; a page that cannot be drawn has none."""
    try:
        page = document[0]
        width, height = page.get_size()
        if not 0 < width < 20_000 or not 0 < height < 20_000:
            return
        image = page.render(scale=min(THUMBNAIL_WIDTH / width, 2000 / height)).to_pil().convert("RGB")
        image.thumbnail((THUMBNAIL_WIDTH, THUMBNAIL_WIDTH * 2), Image.Resampling.LANCZOS)
        image.save(folder / "page.webp", "WEBP", quality=60)
    except (pypdfium2.PdfiumError, MemoryError, OSError, ValueError):
        return


def clean(text):
    """Text a database keeps: no NUL, no lone surrogates, white space folded."""
    text = text.replace("\0", " ").encode("utf-8", "ignore").decode()
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

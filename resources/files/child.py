"""The process that opens somebody's file: `python -m resources.files.child SOURCE FOLDER [front]`.

It knows neither settings nor database, has bounded memory and processor time, and writes `result.json` (and
`page.webp`) into FOLDER; with `front` only what the file says of itself. Whatever happens to it, its parent records a state.
"""

import json
import resource as limits
import sys
from itertools import islice
from math import hypot
from pathlib import Path

import pypdfium2
from PIL import Image

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
MOST_PAGES = 2000
MOST_CHARACTERS = 2_000_000
THUMBNAIL_WIDTH = 320
FEW_CHARACTERS = 20
FRONT_CHARACTERS = 20_000
MOST_LINES = 3000
PAGE_TEXT = pypdfium2.raw.FPDF_PAGEOBJ_TEXT


def main(source, folder, part="all"):
    limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
    limits.setrlimit(limits.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    limits.setrlimit(limits.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    result = front(source) if part == "front" else read(source, folder)
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


def front(source):
    """{"meta": {name: text}, "text": of the first page, "lines": [[font size, text], …]}; {} for what cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(source)
        meta = {name: clean(value)[:1000] for name, value in document.get_metadata_dict().items()}
        page = document[0]
        words = page.get_textpage()
        lines = [
            [round(size_of(found), 1), clean(found.extract())[:500]]
            for found in islice(page.get_objects(filter=[PAGE_TEXT], textpage=words), MOST_LINES)
        ]
        text = clean(words.get_text_bounded())[:FRONT_CHARACTERS]
    except pypdfium2.PdfiumError:
        return {}
    return {"meta": meta, "text": text, "lines": [line for line in lines if line[1]]}


def size_of(found):
    """The height of letters as they stand on the page: the size of the font, scaled."""
    matrix = found.get_matrix()
    return found.get_font_size() * hypot(matrix.c, matrix.d)


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
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])

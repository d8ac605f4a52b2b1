"""A small library: a publication with a PDF. With the word `look` nothing is made; what is there is told."""

import hashlib
import json
import sys

from resources import actions
from resources.models import Kind, Resource, ResourceFile
from search.find import find
from tests import make
from tests.resources.files.pdfs import pdf_with, upload


def main():
    if "look" not in sys.argv:
        resource = make.resource(Kind.PUBLICATION, title="A report of consequence")
        actions.add_file(resource, upload(pdf_with("The flibbertigibbet index of coverage")))
    file = ResourceFile.objects.get()
    with file.file.open("rb") as content:
        whole = hashlib.sha256(content.read()).hexdigest() == file.sha256
    found = [Resource.objects.get(pk=hit.pk).title for hit in find("flibbertigibbet").hits]
    print(json.dumps({"found": found, "file": file.file.name, "whole": whole, "reading": file.reading}))


if __name__ == "__main__":
    main()

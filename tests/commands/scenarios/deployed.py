"""What a visitor of a fresh portal finds: a publication and a draft, each with a PDF, and a member of staff who is signed in."""

import json

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from resources import actions
from resources.models import Kind
from tests import make
from tests.resources.files.pdfs import pdf_with, upload

TEXT = "The flibbertigibbet index of coverage"


def main():
    carla = make.member("Carla", is_staff=True)
    # The server profile lets nobody of staff in without one.
    Authenticator.objects.create(user=carla, type=Authenticator.Type.TOTP, data={"secret": "of her phone"})
    client = Client()
    client.force_login(carla)
    found = {
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "size": len(pdf_with(TEXT, pages=9)),
    }
    for name, status in (("published", "published"), ("draft", "draft")):
        resource = make.resource(Kind.PUBLICATION, title=f"A {name} report", status=status)
        file = actions.add_file(resource, upload(pdf_with(TEXT, pages=9), name="تقرير report.pdf"), by=carla)
        address = resource.get_absolute_url()
        found[name] = {
            "pk": resource.pk,
            "page": address,
            "file": f"{address}files/{file.pk}/",
            "stored": file.file.name,
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()

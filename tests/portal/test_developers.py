"""Programs are told how to read the portal, and nothing they are told is untrue."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from tests import make
from tests.api import document, token_for

pytestmark = pytest.mark.django_db
CONFIG = """
[checks]
# A code may be of the right form and yet in no vocabulary; what was changed meanwhile is refused before it is read.
positive_data_acceptance.expected-statuses = ["2xx", 304, 400, 401, 403, 404, 409, 410, 412, 422, 428]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429]
"""


def test_the_page_for_developers_stands_in_the_footer_and_names_the_addresses(client):
    home = client.get(reverse("home")).content.decode()
    page = client.get(reverse("developers")).content.decode()

    assert f'href="{reverse("developers")}"' in home
    assert f"{settings.SITE_URL}/oai" in page
    assert [
        f'href="{reverse(name)}"' in page
        for name in ("api_reference", "api_description", "token_list", "oai")
    ][:3] == [True] * 3


def test_the_reference_names_every_call_without_script(client):
    page = client.get(reverse("api_reference")).content.decode()

    calls = [
        f'<code dir="ltr" translate="no">{method.upper()} {path}</code>'
        for path, methods in document()["paths"].items()
        for method in methods
    ]
    assert [call in page for call in calls] == [True] * len(calls)
    assert len(page) < 100_000


def test_the_description_is_openapi_3_1_and_the_same_for_everybody(client, carla):
    anonymous = client.get(reverse("api_description"))
    client.force_login(carla)

    assert json.loads(anonymous.content)["openapi"].startswith("3.1.")
    assert client.get(reverse("api_description")).content == anonymous.content


def test_every_address_of_the_api_is_described(client):
    described = set(document()["paths"])

    names = {
        "api_resources": [],
        "api_resource": [1],
        "api_submission": [1],
        "api_publication": [1],
        "api_withdrawal": [1],
        "api_search": [],
        "api_countries": [],
        "api_languages": [],
        "api_topics": [],
        "api_organisations": [],
    }
    assert {reverse(name, args=args).replace("/1/", "/{id}/") for name, args in names.items()} == described


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index")
def test_whatever_the_description_allows_or_forbids_the_api_answers_as_described(
    live_server, settings, tmp_path, carla
):
    settings.API_BUDGET = settings.API_BUDGET_FOR_MEMBERS = settings.FACET_BUDGET = (
        settings.FACET_BUDGET_FOR_ALL
    ) = 10**6
    topic, organisation = make.topic("Cash transfers"), make.organisation(slug="unicef")
    for _ in range(2):
        make.resource(countries=["MWI"], topics=[topic], organisations=[organisation])
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    program = shutil.which("schemathesis", path=os.path.dirname(sys.executable))

    arguments = {
        "--url": live_server.url,
        "--checks": "all",
        "--phases": "examples,fuzzing",
        "--max-examples": "12",
        "--max-time": "60",
        "--seed": "1",
        "--suppress-health-check": "all",
        "--header": f"Authorization: {token_for(carla)['Authorization']}",
    }
    description = f"{live_server.url}{reverse('api_description')}"

    run = subprocess.run(
        [program, "--config-file", "schemathesis.toml", "run", description, "--no-shrink", "--no-color"]
        + [part for pair in arguments.items() for part in pair],
        capture_output=True,
        text=True,
        timeout=240,
        cwd=tmp_path,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-6000:]
    assert "No tests were run" not in run.stdout

"""The deployment's files: valid by the schema of their format, and in step with the code they start."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.deploy.servers import COMPOSE, DOCKERFILE, NGINX, ROOT, SERVICES, command_of, health_of

OURS = ["prepare", "web", "worker", "indexer", "beat"]
NAMES = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "portal" / "settings.py").read_text()))


def test_the_compose_file_is_valid_by_the_compose_specification():
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text())

    jsonschema.validate(COMPOSE, schema)


@pytest.mark.parametrize("service", OURS)
def test_every_name_given_to_the_portal_is_a_setting(service):
    unknown = set(SERVICES[service]["environment"]) - NAMES

    assert unknown == set()


def test_the_commands_are_those_of_this_project():
    assert command_of("prepare")[2] in get_commands()
    assert [command_of(name)[:3] for name in ("worker", "indexer", "beat")] == [
        ["celery", "--app", "portal"]
    ] * 3


def test_exactly_one_process_writes_the_index():
    writers = [
        name
        for name in SERVICES
        if "search" in SERVICES[name].get("command", []) and "worker" in command_of(name)
    ]

    command = command_of(writers[0])
    assert writers == ["indexer"]
    assert command[command.index("--concurrency") + 1] == "1"
    assert "deploy" not in SERVICES["indexer"]


def test_nothing_but_nginx_is_open_to_the_outside():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["nginx"]


def test_every_service_that_stays_says_how_it_is_but_the_clock():
    silent = {
        name
        for name, service in SERVICES.items()
        if service.get("healthcheck", {}).get("disable")
        or ("healthcheck" not in service and service.get("image") != "portal:latest")
    }

    # The clock answers nobody; what it fails to start, /readyz shows by the age of the oldest activity.
    assert silent == {"prepare", "beat"}
    assert health_of("web")[0] == "python"


def test_a_worker_is_asked_by_the_name_it_was_given():
    for service in ("worker", "indexer"):
        command = command_of(service)
        name = command[command.index("--hostname") + 1].replace("%h", "$(hostname)")

        assert f"--destination {name} " in health_of(service)[2]


def test_the_preparation_runs_once_before_all_others_and_they_are_started_again_when_they_die():
    once = SERVICES["prepare"]
    others = {name: service for name, service in SERVICES.items() if name != "prepare"}

    assert once["restart"] == "no"
    assert once["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert {service["restart"] for service in others.values()} == {"unless-stopped"}
    for name in OURS[1:]:
        assert SERVICES[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
        assert SERVICES[name]["depends_on"]["redis"] == {"condition": "service_healthy"}


def test_what_must_last_lies_in_a_volume():
    image = [line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("VOLUME ")]
    volumes = {name: service.get("volumes", []) for name, service in SERVICES.items()}

    assert image == ["/var/lib/portal"]
    assert all("var:/var/lib/portal" in volumes[name] for name in OURS)
    assert volumes["nginx"] == [
        "./deploy/nginx.conf:/etc/nginx/conf.d/default.conf:ro",
        "var:/var/lib/portal:ro",
    ]
    assert volumes["postgres"] == ["postgres:/var/lib/postgresql/data"]
    assert volumes["redis"] == ["redis:/data"]
    assert set(COMPOSE["volumes"]) == {"postgres", "redis", "var"}


def test_the_image_runs_without_the_rights_of_root():
    lines = DOCKERFILE.splitlines()

    assert [line for line in lines if line.startswith("USER ")] == ["USER portal"]
    assert lines.index("USER portal") < min(n for n, line in enumerate(lines) if line.startswith("CMD "))


def test_no_secret_of_this_checkout_gets_into_the_image():
    left_out = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".env", "var", ".venv*"} <= set(left_out)


def test_nginx_knows_the_portals_own_cookies_and_its_folder_of_static_files():
    pattern = re.search(r'"~\*\(\?:([\w|]+)\)" 1;', NGINX)[1].split("|")

    assert pattern == [settings.SESSION_COOKIE_NAME, "messages", settings.CSRF_COOKIE_NAME]
    assert SERVICES["web"]["environment"]["STATIC_ROOT"] == "/var/lib/portal/static"
    assert "location /static/ {\n        root /var/lib/portal;" in NGINX


def test_nginx_sends_files_only_when_the_portal_says_so():
    prefix = SERVICES["web"]["environment"]["ACCEL_PREFIX"]

    location = NGINX[NGINX.index(f"location {prefix}") :].partition("}")[0]
    assert "internal;" in location
    assert "alias /var/lib/portal/media/;" in location
    assert "sandbox" in location
    assert "nosniff" in location

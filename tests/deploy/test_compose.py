"""The deployment's files: valid by the schema of their format, and in step with the code they start."""

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
NAMES = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "portal" / "settings.py").read_text()))


def command_of(service):
    command = SERVICES[service]["command"]
    return shlex.split(command) if isinstance(command, str) else command


def test_the_compose_file_is_valid_by_the_compose_specification():
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text())

    jsonschema.validate(COMPOSE, schema)


@pytest.mark.parametrize("service", ["prepare", "web", "worker", "indexer", "beat"])
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


def test_every_service_says_how_it_is():
    image = (ROOT / "Dockerfile").read_text()

    silent = [
        name
        for name, service in SERVICES.items()
        if "healthcheck" not in service and service.get("image") != "portal:latest"
    ]
    assert silent == []
    assert "HEALTHCHECK" in image


def test_the_image_runs_without_the_rights_of_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert [line for line in lines if line.startswith("USER ")] == ["USER portal"]


def test_nginx_sends_files_only_when_the_portal_says_so():
    prefix = SERVICES["web"]["environment"]["ACCEL_PREFIX"]

    location = NGINX[NGINX.index(f"location {prefix}") :].partition("}")[0]
    assert "internal;" in location
    assert "alias /var/lib/portal/media/;" in location
    assert "sandbox" in location
    assert "nosniff" in location

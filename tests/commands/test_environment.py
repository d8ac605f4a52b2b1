"""The commands before anything is installed: the environment, its stamp, and what they say when a step fails."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))

from lib import environment


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout with requirements that need no network."""
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def pip(checkout, monkeypatch):
    """What would have been installed, in order; the environment itself is only a folder."""
    runs = []
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").touch()
    monkeypatch.setattr(
        environment, "install", lambda _python, _venv, requirements: runs.append(requirements)
    )
    return runs


def test_a_second_start_installs_nothing(checkout, pip):
    environment.ensure(venv=checkout / ".venv")

    environment.ensure(venv=checkout / ".venv")

    assert pip == ["requirements.txt"]


def test_changed_requirements_are_installed(checkout, pip):
    environment.ensure(venv=checkout / ".venv")
    (checkout / "requirements.txt").write_text("# a new line\n")

    environment.ensure(venv=checkout / ".venv")

    assert pip == ["requirements.txt", "requirements.txt"]


def test_the_tests_requirements_cover_the_portals(checkout, pip):
    environment.ensure(dev=True, venv=checkout / ".venv")

    environment.ensure(venv=checkout / ".venv")

    assert pip == ["requirements-dev.txt"]


def test_an_installation_that_broke_off_is_done_again(checkout, pip, monkeypatch):
    def break_off(*_arguments):
        raise environment.StepFailed("No space left", "make room")

    with monkeypatch.context() as broken:
        broken.setattr(environment, "install", break_off)
        with pytest.raises(environment.StepFailed):
            environment.ensure(venv=checkout / ".venv")
    environment.ensure(venv=checkout / ".venv")

    assert pip == ["requirements.txt"]


def test_a_real_environment_is_made_and_works(checkout):
    python = environment.ensure(venv=checkout / ".venv")

    answer = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(checkout / ".venv")
    assert json.loads((checkout / ".venv" / "installed.json").read_text()).keys() == {"run"}


def test_without_the_venv_module_the_command_says_what_to_install(checkout, monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda _name: None)

    with pytest.raises(environment.StepFailed) as failure:
        environment.ensure(venv=checkout / ".venv")

    report = failure.value.report("bin/serve")
    assert "bin/serve stopped at: Create the Python environment in .venv" in report
    assert "apt install python3-venv" in report


def test_a_failed_installation_shows_the_end_of_pips_output_and_what_to_do(checkout):
    (checkout / "requirements.txt").write_text("./no-such-folder\n")

    with pytest.raises(environment.StepFailed) as failure:
        environment.ensure(venv=checkout / ".venv")

    assert failure.value.step.startswith("Install what requirements.txt lists")
    assert "no-such-folder" in failure.value.reason
    assert "install.log" in failure.value.advice


def test_an_old_python_is_told_which_it_needs(tmp_path):
    """`launch` itself must run on it, so it is run with a lowered version and an empty PATH."""
    code = (
        "import sys; sys.version_info = (3, 9, 2); sys.path.insert(0, sys.argv.pop());"
        "from lib.launch import run; run('serve')"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code, str(settings.BASE_DIR / "bin")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 1
    assert answer.stderr.startswith("bin/serve needs Python 3.11 or newer")


def test_names_in_a_dotenv_file_count_as_set(checkout, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    (checkout / ".env").write_text("# SITE_NAME=x\nexport SITE_URL=https://a.example\n DEBUG = 1\n")

    found = environment.dotenv_names()

    assert found == {"SITE_URL", "DEBUG"}
    assert environment.is_set("SITE_URL") is True
    assert environment.is_set("SITE_NAME") is ("SITE_NAME" in os.environ)

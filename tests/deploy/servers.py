"""The commands of docker-compose.yml and the Dockerfile, run on this machine: no containers, but the same words."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import yaml
from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))

from lib.nginx import FOLDER, nginx
from lib.processes import start, stop
from lib.services import free_port

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
GIVEN = {
    "SECRET_KEY": "for-this-test-only-0123456789-0123456789-0123456789",
    "POSTGRES_PASSWORD": "unused",
    "ALLOWED_HOSTS": "portal.example.org",
}


def interpolated(text, given):
    """${NAME}, ${NAME:-default} and ${NAME:?message} as compose fills them; $$ is one $."""

    def value(match):
        name, sign, rest = match.groups()
        if given.get(name):
            return given[name]
        assert sign != ":?", rest
        return rest or ""

    return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", value, text).replace("$$", "$")


def environment_of(service, portal, **given):
    """The environment that compose gives a service, with this portal's folder, database and broker."""
    stated = {
        name: interpolated(str(value), GIVEN | given).replace(FOLDER, str(portal.folder))
        for name, value in SERVICES[service]["environment"].items()
    }
    own = {name: portal.environment[name] for name in ("DATABASE_URL", "REDIS_URL")}
    kept = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    return {
        **kept,
        "HOME": str(portal.folder),
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(portal.folder),
        **stated,
        **own,
    }


def command_of(service):
    """The command of a service: its own, or the image's."""
    if "command" in SERVICES[service]:
        command = SERVICES[service]["command"]
        return shlex.split(command) if isinstance(command, str) else list(command)
    return json.loads(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[-1])


def health_of(service):
    """What tells whether a service is well, as a command."""
    if "healthcheck" in SERVICES[service]:
        kind, *test = SERVICES[service]["healthcheck"]["test"]
        return ["sh", "-c", interpolated(test[0], {})] if kind == "CMD-SHELL" else test
    return json.loads(re.findall(r"HEALTHCHECK .*\\\n +CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[0])


class Deployed:
    """A portal that runs as deployed, behind a real nginx or without one."""

    def __init__(self, portal, folder, stack):
        self.portal, self.folder, self.stack = portal, folder, stack
        self.web_port, self.port = free_port(), free_port()
        self.site_url = f"http://localhost:{self.port}"

    def environment(self, service):
        return environment_of(service, self.portal, SITE_URL=self.site_url)

    def run(self, service, command):
        """Run a command of a service to its end."""
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(service), capture_output=True, text=True, timeout=120
        )

    def start(self, service):
        """Start a service as compose does; the web server on a port of our own."""
        command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}") for part in command_of(service)]
        self._start(service, command, self.environment(service))

    def health(self, service):
        """The exit code of a service's health check."""
        command = [
            part.replace("127.0.0.1:8000", f"127.0.0.1:{self.web_port}").replace(
                "127.0.0.1/", f"127.0.0.1:{self.port}/"
            )
            for part in health_of(service)
        ]
        return self.run("web", command).returncode

    def start_nginx(self):
        """Start a real nginx with deploy/nginx.conf."""
        self.stack.enter_context(
            nginx(self.folder / "nginx", web_port=self.web_port, var_dir=self.portal.folder, port=self.port)
        )

    def _start(self, name, command, environment):
        log = self.stack.enter_context((self.folder / f"{name}.log").open("w"))
        child = start(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.stack.callback(stop, [child])

    def get(self, path, *, port=None, method="GET", body=None, **headers):
        """Ask nginx, or the web server itself, as a visitor with these headers."""
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        connection.request(
            method,
            path,
            body,
            {
                "Host": f"localhost:{self.port}",
                "Accept": "text/html",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
        )
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def wait(self, what, seconds=60):
        """Wait until it holds; the logs are the message where it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if what():
                    return
            except OSError:
                pass
            time.sleep(0.2)
        logs = "\n".join(f"── {log.name}\n{log.read_text()[-1500:]}" for log in self.folder.glob("*.log"))
        raise AssertionError(f"it did not come to pass in {seconds} s\n{logs}")


@contextmanager
def deployed(portal, folder):
    """A portal prepared and served as docker-compose.yml says."""
    with ExitStack() as stack:
        site = Deployed(portal, folder, stack)
        done = site.run("prepare", command_of("prepare"))
        assert done.returncode == 0, done.stdout + done.stderr
        site.start("web")
        site.wait(lambda: site.get("/healthz", port=site.web_port).status == 200)
        yield site

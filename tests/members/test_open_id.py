"""OpenID Connect against a server on this machine; the settings decide at the start, so it takes a process of its own."""

import os
import subprocess
import sys

from django.conf import settings

from tests.members.open_id_server import open_id_server


def test_members_can_sign_in_through_the_server_the_settings_name():
    with open_id_server() as address:
        environment = {
            **os.environ,
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "OIDC_SERVER": address,
            "OIDC_NAME": "The ministry",
            "OIDC_CLIENT_ID": "portal",
            "OIDC_CLIENT_SECRET": "secret",
            "NO_PROXY": "127.0.0.1",
        }
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "tests/members/scenarios/open_id.py",
            ],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]

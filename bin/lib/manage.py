"""`bin/manage`: manage.py in the project's environment."""

import os

from lib import environment


def main(arguments):
    python = environment.ensure()
    os.execv(python, [python, environment.ROOT / "manage.py", *arguments])

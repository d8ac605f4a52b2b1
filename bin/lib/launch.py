"""Find a Python that is new enough, then run one command. Written so that an old Python can read it, too."""

import os
import sys
from importlib import import_module
from shutil import which

OLDEST = (3, 11)


def run(command):
    """Run `lib.<command>.main(arguments)`, under a newer Python where the one that was called is too old."""
    if sys.version_info < OLDEST:
        newer = next(filter(None, (which("python3.{}".format(minor)) for minor in (13, 12, 11))), None)  # noqa: UP032
        if newer is None:
            sys.exit(
                "bin/{} needs Python {}.{} or newer; {} is {}. On Debian 12: apt install python3 python3-venv".format(  # noqa: UP032
                    command, OLDEST[0], OLDEST[1], sys.executable, sys.version.split()[0]
                )
            )
        os.execv(newer, [newer, *sys.argv])
    environment = import_module("lib.environment")
    try:
        sys.exit(import_module("lib." + command).main(sys.argv[1:]))
    except environment.StepFailed as failure:
        sys.exit(failure.report("bin/" + command))
    except KeyboardInterrupt:
        sys.exit(130)

"""`bin/bench`: the benchmarks in the project's environment."""

import os

from lib import environment


def main(arguments):
    python = environment.ensure(dev=True)
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(environment.ROOT), os.environ.get("PYTHONPATH")])
    )
    os.execv(python, [python, "-m", "bench", *arguments])

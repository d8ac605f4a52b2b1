import os
import subprocess
import sys

from bench.cpu import children_of, cpu_seconds

BURN = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass"


def test_the_time_of_children_that_have_ended_counts():
    before = cpu_seconds([os.getpid()])

    subprocess.run([sys.executable, "-c", BURN], check=True)

    assert cpu_seconds([os.getpid()]) - before >= 0.3


def test_the_time_of_grandchildren_counts_for_their_root():
    nested = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN!r}])\nsys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE)
    try:
        while cpu_seconds([child.pid]) < 0.4:
            assert child.poll() is None
        known = children_of(os.getpid())
    finally:
        child.stdin.close()
        child.wait()

    assert child.pid in known


def test_a_process_that_is_gone_counts_nothing():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()

    assert cpu_seconds([child.pid]) == 0

"""Children are kept alive, reported, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import threading
import time

from django.conf import settings

BIN = str(settings.BASE_DIR / "bin")
sys.path.insert(0, BIN)

from lib.processes import Child, Supervisor, start, stop  # noqa: E402

PARENT = f"""
import subprocess, sys, time
sys.path.insert(0, {BIN!r})
from lib.processes import start
child = start([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def test_children_end_when_their_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()

    assert wait_for(lambda: not running(child)) is True
    parent.stdout.close()


def test_a_child_that_ignores_the_signal_is_killed_with_all_it_started():
    stubborn = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "grandchild = subprocess.Popen(['sleep', '60']); print(grandchild.pid, flush=True); time.sleep(60)"
    )
    child = start([sys.executable, "-c", stubborn], stdout=subprocess.PIPE, text=True)
    grandchild = int(child.stdout.readline())

    stop([child], patience=0.3)

    assert child.returncode == -signal.SIGKILL
    assert wait_for(lambda: not running(grandchild)) is True
    child.stdout.close()


def test_a_child_that_dies_is_reported_and_started_again(tmp_path, capfd):
    marker = tmp_path / "second time"
    once = f"import os, time; p = {str(marker)!r}; os.path.exists(p) or (open(p, 'w').close(), os._exit(3)); time.sleep(60)"
    child = Child("worker", [sys.executable, "-c", once])
    supervisor = Supervisor([child])

    def stop_when_it_lives_again():
        wait_for(lambda: marker.exists())
        first = child.process.pid
        wait_for(lambda: child.process.pid != first and running(child.process.pid))
        supervisor.stopping.set()

    helper = threading.Thread(target=stop_when_it_lives_again)
    helper.start()
    code = supervisor.run(lambda: None)
    helper.join()

    assert code == 0
    assert "worker ended (exit code 3); starting it again in 1 s" in capfd.readouterr().out


def test_a_child_that_keeps_dying_ends_the_command(monkeypatch, capfd):
    monkeypatch.setattr("lib.processes.LONGEST_PAUSE", 0)
    child = Child("web", [sys.executable, "-c", "print('no such table'); raise SystemExit(1)"])

    code = Supervisor([child]).run(lambda: None)

    shown = capfd.readouterr().out
    assert code == 1
    assert shown.count("web    │ no such table") == 5
    assert "web ended 5 times in a row" in shown


def test_children_do_not_get_the_terminals_ctrl_c():
    child = start(["sleep", "60"])

    assert os.getsid(child.pid) == child.pid

    stop([child])

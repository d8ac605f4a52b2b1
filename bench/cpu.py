"""CPU time and memory of process trees, read from /proc (Linux)."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots):
    """CPU seconds, user and system, of the processes and all their descendants, ended children included."""
    processes = read_all()
    return sum(processes[pid].ticks for pid in family(processes, roots)) / TICKS


def memory(roots):
    """Bytes that the processes and all their descendants hold; a page that several share counts once."""
    total = 0
    for pid in family(read_all(), roots):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


class Process:
    """One line of /proc/<pid>/stat: who started it, and the ticks it and its ended children used."""

    __slots__ = ("parent", "ticks")

    def __init__(self, stat):
        # The name stands in brackets and may itself hold spaces and brackets.
        fields = stat.rpartition(")")[2].split()
        self.parent = int(fields[1])
        self.ticks = sum(int(field) for field in fields[11:15])


def read_all():
    processes = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                processes[int(folder.name)] = Process((folder / "stat").read_text())
            except (OSError, IndexError):
                continue
    return processes


def children_of(pid):
    """The processes that this one started and that still run."""
    return [child for child, process in read_all().items() if process.parent == pid]


def family(processes, roots):
    """The roots that are still there and everything below them."""
    found = {pid for pid in roots if pid in processes}
    while more := {pid for pid, process in processes.items() if process.parent in found} - found:
        found |= more
    return found

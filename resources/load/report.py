"""What a load did, row by row and in sum."""

import csv
from collections import Counter
from dataclasses import dataclass

OUTCOMES = ("created", "merged", "updated", "unchanged", "skipped")


@dataclass(slots=True)
class Line:
    """One row that did not simply become a resource."""

    source: str
    ref: str
    outcome: str
    title: str
    why: str
    into: str = ""


class Report:
    """Counts by set and outcome, and a line for each skipped, merged or changed reading."""

    def __init__(self):
        self.counts = {}
        self.lines = []
        self.reasons = Counter()

    def count(self, name, outcome, number=1):
        self.counts.setdefault(name, Counter())[outcome] += number

    def tell(self, name, source, ref, outcome, title, why, into=""):
        """Keep a line; skipped and merged rows are also counted by their reason."""
        self.lines.append(Line(source, ref, outcome, title, why, into))
        if outcome in ("skipped", "merged"):
            self.reasons[name, outcome, why] += 1

    def total(self, *outcomes):
        return sum(counts[outcome] for counts in self.counts.values() for outcome in outcomes)

    def table(self):
        """The counts as lines of text, a set a line, then the reasons."""
        width = max([len(name) for name in self.counts], default=0) + 2
        lines = ["set".ljust(width) + "".join(outcome.rjust(11) for outcome in OUTCOMES)]
        for name, counts in self.counts.items():
            lines.append(name.ljust(width) + "".join(f"{counts[outcome]:11,}" for outcome in OUTCOMES))
        lines.append("total".ljust(width) + "".join(f"{self.total(outcome):11,}" for outcome in OUTCOMES))
        for (name, outcome, why), number in sorted(
            self.reasons.items(), key=lambda item: (item[0][1], -item[1])
        ):
            lines.append(f"  {outcome} {number:,} × {why} ({name})")
        return "\n".join(lines)

    def write_csv(self, path):
        """Every kept line, for a person to check."""
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["source", "ref", "outcome", "title", "why", "into"])
            writer.writerows([x.source, x.ref, x.outcome, x.title, x.why, x.into] for x in self.lines)

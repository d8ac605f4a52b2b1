"""What the pages of imports show."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from resources.models import Import, ImportRow

State, Outcome, Status = ImportRow.State, ImportRow.Outcome, Import.Status
SAMPLES = 3
TONES = {"created": "good", "merged": "", "updated": "", "unchanged": "", "refused": "bad"}
SHOWN = [*Outcome.values, "waiting", "undone", "kept"]


@dataclass(slots=True)
class Counts:
    """How many rows of an import are how far."""

    total: int
    outcomes: dict
    states: dict

    @property
    def new(self):
        return self.outcomes[Outcome.CREATED]

    @property
    def to_write(self):
        return self.total - self.outcomes[Outcome.REFUSED] - self.states[State.WAITING]

    @property
    def taken_back(self):
        return self.states[State.UNDONE] + self.states[State.KEPT]


def counts_of(job):
    """One query for all numbers of a page."""
    outcomes, states = dict.fromkeys(Outcome.values, 0), dict.fromkeys(State.values, 0)
    for state, outcome, number in job.rows.order_by().values_list("state", "outcome").annotate(Count("pk")):
        states[state] += number
        if outcome:
            outcomes[outcome] += number
    return Counts(sum(states.values()), outcomes, states)


def progress_of(job, counts):
    """(done, of how many, in words); without a number of how many while a file is being read."""
    if job.status == Status.READING:
        return counts.total, None, _("%(count)d records read") % {"count": counts.total}
    if job.status in (Status.UNDOING, Status.UNDONE):
        total = counts.states[State.WRITTEN] + counts.taken_back
        return (
            counts.taken_back,
            total,
            _("%(done)d of %(total)d taken back") % {"done": counts.taken_back, "total": total},
        )
    if job.status in (Status.WRITING, Status.DONE):
        done = counts.states[State.WRITTEN]
        return (
            done,
            counts.to_write,
            _("%(done)d of %(total)d written") % {"done": done, "total": counts.to_write},
        )
    done = counts.total - counts.states[State.WAITING]
    return done, counts.total, _("%(done)d of %(total)d checked") % {"done": done, "total": counts.total}


def rows_of(job, show):
    """The rows of an import, all or those of one outcome, state or with notes."""
    rows = job.rows.select_related("resource").only(
        *(
            "job",
            "number",
            "ref",
            "title",
            "state",
            "outcome",
            "reason",
            "detail",
            "notes",
            "twin",
            "revision",
        ),
        *("resource__kind", "resource__slug", "resource__title", "resource__status"),
    )
    if show in Outcome.values:
        return rows.filter(outcome=show)
    if show in State.values:
        return rows.filter(state=show)
    return rows


def samples_of(job):
    """The first cells of each column."""
    rows = job.rows.exclude(reason=ImportRow.Reason.UNREADABLE)[:SAMPLES]
    cells = [row.data.get("cells", []) for row in rows]
    return [
        [one[place] for one in cells if place < len(one) and one[place]] for place in range(len(job.header))
    ]


def last_harvest(job):
    """The last harvest of the same source that was read to its end: its first response is where the next begins."""
    done = Import.objects.filter(address=job.address, oai_set=job.oai_set, form=job.form, is_read=True)
    return done.exclude(responded="").filter(status=Status.DONE).order_by("-pk").first()

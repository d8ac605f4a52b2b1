"""One load: every set in order, facts first, one activity for the whole."""

from activity.ledger import record
from resources.load import facts
from resources.load.catalogue import SETS
from resources.load.vocabulary import Vocabulary
from resources.load.writer import Writer
from resources.verbs import ResourceVerb


def load(folder, report, *, only=None, progress):
    """Load the sets of a folder; returns the keys of the resources that are new or changed.

    `progress(name, total)` gives a context manager with `update(n)`. An interrupted load keeps its whole
    batches and still records what it did.
    """
    vocabulary = Vocabulary()
    writer = Writer(vocabulary, report)
    try:
        if not only:
            with progress("indicators", len(folder.rows(facts.FILE))) as bar:
                facts.load_indicators(folder, vocabulary, report, bar.update)
            with progress("ratifications", len(folder.rows(facts.TREATIES_FILE))) as bar:
                facts.load_ratifications(folder, vocabulary, report, bar.update)
        for one in SETS:
            if only and one.name not in only:
                continue
            found = list(one.read(folder, vocabulary))
            with progress(one.name, len(found)) as bar:
                writer.write(one.name, found, bar.update)
    finally:
        if report.total("created", "updated"):
            record(
                ResourceVerb.IMPORTED, counts={name: dict(counts) for name, counts in report.counts.items()}
            )
    return writer.changed_ids

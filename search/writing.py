"""Writing the index: draining what is asked for, rebuilding without a gap, and comparing it with the database."""

import logging
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.translation import gettext as _
from haystack.exceptions import NotHandled

from kit.memory import rarely_collected
from search.backends.base import index_of
from search.find import engine
from search.indexes import declared
from search.models import IndexRequest
from search.results import SearchUnavailable
from search.store import Locked, Missing

logger = logging.getLogger(__name__)

BATCH = 500
BUILD_BATCH = 1000
LATE_SECONDS = 300


def drain(progress=None):
    """Bring everything asked for into the index, a batch a commit. Returns how many requests were answered.

    A request is removed only after the index has committed it. One that cannot be answered stays, with the
    reason in the log, and holds up no other.
    """
    answered, stuck = 0, set()
    while rows := list(IndexRequest.objects.exclude(pk__in=stuck).order_by("pk")[:BATCH]):
        done = []
        for model in {row.model for row in rows}:
            own = [row for row in rows if row.model == model]
            done += _answer(model, own)
        IndexRequest.objects.filter(pk__in=done).delete()
        stuck |= {row.pk for row in rows} - set(done)
        answered += len(done)
        if progress:
            progress(len(done))
    return answered


def _answer(model, rows):
    """Keys of the requests that need no more doing."""
    try:
        index = index_of(model)
    except (LookupError, NotHandled):
        logger.warning("nothing indexes %s; %s requests dropped", model, len(rows))
        return [row.pk for row in rows]
    try:
        engine().renew(index, list(dict.fromkeys(row.object_id for row in rows)))
    except Missing:
        rebuild()
    except (SearchUnavailable, Locked):
        raise
    except Exception:
        if len(rows) > 1:
            return [pk for row in rows for pk in _answer(model, [row])]
        logger.exception("%s %s cannot be indexed", model, rows[0].object_id)
        return []
    return [row.pk for row in rows]


def rebuild(progress=None):
    """Make the index anew beside the one in use, then change over. Returns the number of documents.

    What is written meanwhile goes to the old index and, at the end, to the new one as well. `progress` is
    called with the number of rows each batch added.
    """
    backend, store, count = engine(), engine().store, 0
    with store.rebuilding():
        with backend.new_version() as (folder, add), rarely_collected():
            for index in declared():
                shared = index.shared()
                for ids in index.batches(BUILD_BATCH):
                    count += add(index.documents(ids, shared))
                    if progress:
                        progress(len(ids))
        with store.writing():
            written = {}
            for identifier in store.noted():
                model, _dot, pk = identifier.rpartition(".")
                written.setdefault(model, []).append(pk)
            for model, ids in written.items():
                backend.renew_in(folder, index_of(model), ids)
            store.use(folder)
    return count


@dataclass(slots=True, frozen=True)
class Drift:
    """One difference between database and index: what is `missing`, `stale` or `extra` in the index."""

    model: str
    pk: int
    what: str


def compare(progress=None):
    """Yield every difference between what the database holds and what the index does, contents included."""
    for index in declared():
        model = index.get_model()._meta.label_lower
        stamps, shared = dict(engine().stamps(model)), index.shared()
        for ids in index.batches(BUILD_BATCH):
            for document in index.documents(ids, shared):
                stamp = stamps.pop(document.pk, None)
                if stamp is None:
                    yield Drift(model, document.pk, "missing")
                elif stamp != document.stamp():
                    yield Drift(model, document.pk, "stale")
            if progress:
                progress(len(ids))
        for pk in stamps:
            yield Drift(model, pk, "extra")


def health():
    """(ok, detail): whether the index can be searched and keeps up with what is asked of it."""
    try:
        count = engine().count()
    except Missing as error:
        if any(index.findable().exists() for index in declared()):
            return False, str(error)
        count = 0
    except (SearchUnavailable, ImproperlyConfigured) as error:
        return False, str(error)
    oldest = IndexRequest.objects.order_by("asked_at").values_list("asked_at", flat=True).first()
    waiting = (timezone.now() - oldest).total_seconds() if oldest else 0
    if waiting > LATE_SECONDS:
        return False, _("The index is %(minutes)d minutes behind; is a worker running?") % {
            "minutes": waiting // 60
        }
    return True, _("%(count)d documents") % {"count": count}

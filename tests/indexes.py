"""A search index of its own for a test."""

from contextlib import contextmanager

import haystack
from django.conf import settings
from kombu.exceptions import OperationalError

from activity import tasks
from portal.settings import SEARCH_ENGINES
from search import synonyms, upkeep
from search.find import engine


@contextmanager
def own_index(monkeypatch, path, name="tantivy", *, built=True):
    """The backend of one engine on an empty folder; `backend.sync()` brings all that is in the database into it.

    built: it is there already, though empty. Else it is missing, as on the first day.
    """
    connection = {"ENGINE": SEARCH_ENGINES[name], "PATH": str(path)}
    with monkeypatch.context() as patch:
        patch.setitem(settings.HAYSTACK_CONNECTIONS, "default", connection)
        patch.setitem(haystack.connections.connections_info, "default", connection)
        haystack.connections.reload("default")
        synonyms.forget()
        backend = engine()

        def sync():
            upkeep.rebuild()
            backend.refresh()
            return backend

        backend.sync = sync
        yield sync() if built else backend
        haystack.connections["default"].reset_sessions()
    haystack.connections.reload("default")
    synonyms.forget()


@contextmanager
def broker_away(monkeypatch):
    """While the broker is away activities wait: for making many rows at once, before one `index.sync()`."""

    def away(*_args):
        raise OperationalError("no broker")

    with monkeypatch.context() as outage:
        outage.setattr(tasks.deliver, "delay", away)
        yield

"""An index of its own for each test, on every engine."""

import haystack
import pytest
from django.conf import settings

from portal.settings import SEARCH_ENGINES
from search import synonyms, upkeep
from search.find import engine


@pytest.fixture(params=sorted(SEARCH_ENGINES))
def index(request, tmp_path, db, monkeypatch):
    """The backend of one engine on an empty folder; `index.sync()` brings every row into it."""
    connection = {"ENGINE": SEARCH_ENGINES[request.param], "PATH": str(tmp_path / "index")}
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS, "default", connection)
    monkeypatch.setitem(haystack.connections.connections_info, "default", connection)
    haystack.connections.reload("default")
    synonyms.forget()
    backend = engine()

    def sync():
        upkeep.rebuild()
        backend.refresh()

    backend.sync = sync
    yield backend
    haystack.connections["default"].reset_sessions()
    monkeypatch.undo()
    haystack.connections.reload("default")
    synonyms.forget()

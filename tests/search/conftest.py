"""An index of its own for each test, on every engine."""

import pytest

from portal.settings import SEARCH_ENGINES
from tests.indexes import own_index


@pytest.fixture(params=sorted(SEARCH_ENGINES))
def index(request, tmp_path, db, monkeypatch):
    """The backend of one engine, without an index yet; `index.sync()` brings every row into it."""
    with own_index(monkeypatch, tmp_path / "index", request.param, built=False) as backend:
        yield backend

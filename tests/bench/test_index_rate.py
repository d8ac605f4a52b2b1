import pytest

from bench import index_rate
from search import upkeep
from tests import make


@pytest.mark.django_db
def test_the_stock_backend_writes_the_same_documents_as_ours():
    for n in range(3):
        make.resource(title=f"Report {n} on pensions", summary="What pensions cost.")
    ours = upkeep.rebuild()

    _rate, stock = index_rate.measure_stock()

    assert (ours, stock) == (3, 3)

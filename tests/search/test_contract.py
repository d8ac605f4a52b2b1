from search.find import find
from tests import make


def pks(results):
    return [int(hit.pk) for hit in results.hits]


def test_a_word_of_the_title_finds_the_resource(index):
    pension = make.resource(title="Pension reform in Malawi")
    make.resource(title="School feeding")
    index.sync()

    results = find("pension")

    assert (results.total, pks(results)) == (1, [pension.pk])

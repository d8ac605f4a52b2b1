import pytest

from kit.prepared import PreparedFor
from tests import make
from vocabularies.models import Country

pytestmark = pytest.mark.django_db


def test_one_compiled_query_answers_for_every_value(django_assert_num_queries):
    for iso3 in ("MWI", "ZMB", "CHL"):
        make.country(iso3)
    asked = []

    def of_region(region):
        asked.append(region)
        return Country.objects.filter(wb_region=region).order_by("-pk").values_list("pk", "is_ldc")[:5]

    countries = PreparedFor(of_region)

    with django_assert_num_queries(3):
        answers = [countries("SSF"), countries("LCN"), countries("x' OR 1=1 --")]

    assert answers == [[("ZMB", False), ("MWI", False)], [("CHL", False)], []]
    assert asked == [PreparedFor.MARK]

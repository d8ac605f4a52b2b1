"""The benchmark of an import measures an import that was really written."""

import pytest

from bench import import_rate
from resources.models import Import, Resource

pytestmark = pytest.mark.django_db


def test_an_import_is_measured_by_stage_and_the_bare_write_leaves_nothing():
    spent = import_rate.measure_import(30)
    before = Resource.objects.count()

    bare = import_rate.measure_bare()

    assert (list(spent), Import.objects.get().status) == (["read", "check", "write"], "done")
    assert min(*spent.values(), bare) >= 0
    assert before == Resource.objects.published().count() == Resource.objects.count() == 30

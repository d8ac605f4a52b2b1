"""An import is a door like any other: what it brings is entered into the log, and what was decided stays decided."""

from resources import actions
from resources.models import Resource, Status
from tests.resources.load.test_writer import paper


def test_what_is_imported_is_entered_into_the_log_with_where_it_came_from(written):
    written(paper())

    resource = Resource.objects.get()
    assert [(t.from_status, t.to_status, t.note) for t in resource.transitions.all()] == [
        ("", "published", "first")
    ]


def test_an_import_does_not_publish_what_was_withdrawn(written):
    written(paper())
    actions.withdraw_resource(Resource.objects.get(), reason="It is wrong")

    written(paper(summary="Now with a summary"))

    resource = Resource.objects.get()
    assert (resource.status, resource.transitions.count()) == (Status.WITHDRAWN, 2)

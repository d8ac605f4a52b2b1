"""The clock and the queues fit the tasks there are."""

from django.conf import settings

from portal.celery import app


def test_the_clock_starts_only_tasks_that_exist():
    app.loader.import_default_modules()

    unknown = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks)

    assert unknown == set()


def test_all_that_writes_the_index_waits_in_the_queue_of_the_one_process_that_may():
    app.loader.import_default_modules()

    queues = {
        name: app.amqp.router.route({}, name)["queue"].name
        for name in app.tasks
        if not name.startswith("celery.")
    }

    assert {name for name, queue in queues.items() if queue == "search"} == {
        name for name in queues if name.startswith("search.")
    }
    assert "search.drain" in queues

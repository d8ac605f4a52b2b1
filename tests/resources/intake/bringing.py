"""Imports as tests make them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from resources import actions
from resources.intake.reading import form_of
from resources.intake.steps import Work
from resources.models import Import
from tests import make


def start(content, name="list.csv", *, by=None, source="list", **values):
    """An import of a file, not begun yet."""
    content = content.encode() if isinstance(content, str) else content
    make.language("en")
    return actions.start_import(
        by=by,
        form=form_of(name, content[:4096]),
        name=name,
        file=SimpleUploadedFile(name, content),
        source=source,
        language_id=values.pop("language_id", "en"),
        **values,
    )


def work(job):
    """Let a worker do what there is to do; returns the import as it is then."""
    Work(job.pk).go_on(lambda: False)
    return Import.objects.get(pk=job.pk)


def check(content, name="list.csv", **values):
    """An import read and tried out."""
    return work(start(content, name, **values))


def bring(content, name="list.csv", *, publishes=True, **values):
    """An import read, tried out and written."""
    job = check(content, name, **values)
    actions.approve_import(job, publishes=publishes, by=job.by)
    return work(job)


def plan(job):
    """[(outcome, reason)] of the rows in order."""
    return list(job.rows.values_list("outcome", "reason"))


def titles(job):
    return list(job.rows.values_list("title", flat=True))

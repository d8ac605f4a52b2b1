"""What an import of a table costs, beside a bare `bulk_create` of the same resources."""

import csv
import io
import os

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from bench.cpu import cpu_seconds
from resources import actions
from resources.intake.steps import Work
from resources.models import Import, Resource, Status
from resources.models import Work as WorkOfTexts
from vocabularies.models import Language

SOURCE = "bench import"
CHUNK = 500
HEADER = ["ID", "Title", "Authors", "Year", "Publisher", "Link", "Language", "Country", "Type", "Abstract"]


def table(count):
    """A CSV file of so many records, as libraries export them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for n in range(count):
        writer.writerow(
            [
                f"B-{n}",
                f"Cash and care in district {n}: results of round {n % 9}",
                f"Chirwa, Ephraim; Mwale, Thoko; Person{n % 500}, A.",
                2000 + n % 25,
                f"Institute {n % 60}",
                f"https://example.org/documents/{n}",
                "English",
                ("Malawi", "Zambia; Malawi", "Brazil")[n % 3],
                ("Report", "Working paper", "Journal article")[n % 3],
                f"What round {n % 9} of the survey found in district {n}, and what it means for the programme. "
                * 3,
            ]
        )
    return text.getvalue().encode()


def measure_import(count):
    """CPU seconds by stage, the database's included, of bringing in a table of so many records, published; the search index is not part of it."""
    Language.objects.get_or_create(code="en", defaults={"name_en": "English"})
    job = actions.start_import(
        form=Import.Form.CSV,
        name="bench.csv",
        file=ContentFile(table(count), "bench.csv"),
        source=SOURCE,
        language_id="en",
        # Taken up here, not by the task that an activity starts.
        status=Import.Status.STOPPED,
        ended_at=timezone.now(),
    )
    worker, spent = Work(job.pk), {}
    for stage, status in (("read", "reading"), ("check", "checking"), ("write", "writing")):
        Import.objects.filter(pk=job.pk).update(status=status, publishes=True, ended_at=None)
        started = cpu_seconds([os.getpid()])
        while getattr(worker, stage)() and stage != "read":
            pass
        spent[stage] = cpu_seconds([os.getpid()]) - started
    written = Resource.objects.filter(source=SOURCE, status=Status.PUBLISHED).count()
    if written != count:
        raise RuntimeError(f"The import published {written} of {count} records.")
    return spent


@transaction.atomic
def measure_bare():
    """CPU seconds, the database's included, that `bulk_create` takes for the same resources and their works, nothing else; they are not kept."""
    resources = list(Resource.objects.filter(source=SOURCE))
    works = [WorkOfTexts() for _resource in resources]
    for resource, work in zip(resources, works, strict=True):
        resource.pk, resource.work, resource.source_ref, resource.slug = (
            None,
            work,
            "",
            f"bare-{resource.slug}"[:100],
        )
        resource._state.adding = True
    started = cpu_seconds([os.getpid()])
    WorkOfTexts.objects.bulk_create(works, batch_size=CHUNK)
    for resource in resources:
        resource.work_id = resource.work.pk
    Resource.objects.bulk_create(resources, batch_size=CHUNK)
    spent = cpu_seconds([os.getpid()]) - started
    transaction.set_rollback(True)
    return spent

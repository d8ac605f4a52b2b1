"""Imports on the staff desk."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import access
from kit.csvs import csv_file
from resources import actions, rules
from resources.intake.making import NOTES
from resources.intake.texts import ENCODINGS
from resources.intake_forms import ApprovalForm, ColumnsForm, HarvestForm, ImportForm
from resources.models import Import, ImportRow
from resources.queries import intake as queries

PER_PAGE = 50


def trail(*more):
    return [(_("Staff desk"), reverse("desk")), (_("Imports"), reverse("imports")), *more]


@access.desk(rules.can_import)
@require_safe
def imports(request):
    pages = Paginator(Import.objects.select_related("by"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "resources/imports/imports.html", {"page": page, "trail": trail()[:1]})


@access.desk(rules.can_import)
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request):
    """Choose a file to import."""
    return start(request, ImportForm, "resources/imports/new.html")


@access.desk(rules.can_import)
@require_http_methods(["GET", "HEAD", "POST"])
def import_harvest(request):
    """Name an address to harvest."""
    return start(request, HarvestForm, "resources/imports/harvest.html")


def start(request, form_class, template):
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    if form.is_valid():
        job = actions.start_import(by=request.user, **form.values)
        return redirect("import_job", job.pk)
    return render(request, template, {"form": form, "trail": trail()}, status=422 if form.is_bound else 200)


@access.desk(rules.can_import)
@require_safe
def import_job(request, pk):
    """How far an import is, what would become or became of each record, and what can be done next."""
    job = get_object_or_404(Import.objects.select_related("by", "language"), pk=pk)
    return show_job(request, job, ApprovalForm())


def show_job(request, job, form, status=200):
    counts = queries.counts_of(job)
    shown = request.GET.get("show", "")
    shown = shown if shown in queries.SHOWN else ""
    rows = Paginator(queries.rows_of(job, shown), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    done, total, words = queries.progress_of(job, counts)
    filters = [("", _("All"), counts.total), *outcome_filters(counts)]
    context = {
        "job": job,
        "form": form,
        "counts": counts,
        "encoding": dict(ENCODINGS).get(job.encoding, job.encoding.upper()) if job.encoding else "",
        "done": done,
        "total": total,
        "words": words,
        "figures": [(label, number) for _value, label, number in filters[1:]],
        "filters": filters,
        "shown": shown,
        "rows": [told(row) for row in page],
        "page": page,
        "list_url": f"{request.path}?show={shown}" if shown else request.path,
        "can_undo": job.status in (Import.Status.DONE, Import.Status.STOPPED) and counts.states["written"],
        "trail": trail(),
    }
    return render(request, "resources/imports/job.html", context, status=status)


def outcome_filters(counts):
    found = [(o.value, o.label, counts.outcomes[o]) for o in ImportRow.Outcome]
    found += [
        (s.value, s.label, counts.states[s]) for s in ImportRow.State if s in ("waiting", "undone", "kept")
    ]
    return [one for one in found if one[2]]


def told(row):
    """A row in words."""
    reason = row.get_reason_display()
    if row.detail:
        reason = f"{reason}: {row.detail}" if reason else row.detail
    return {
        "row": row,
        "tone": queries.TONES.get(row.outcome, ""),
        "reason": reason,
        "notes": [f"{NOTES[code]}: {about}" for code, about in row.notes if code in NOTES],
    }


@access.desk(rules.can_import)
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    """Say what the columns of a table mean; its rows are checked anew."""
    job = get_object_or_404(Import, pk=pk)
    form = ColumnsForm(request.POST if request.method == "POST" else None, job=job)
    if form.is_valid():
        try:
            actions.map_columns(job, form.columns, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("import_job", job.pk)
    context = {
        "job": job,
        "form": form,
        "columns": list(zip(form, queries.samples_of(job), strict=True)),
        "trail": trail((job.name, reverse("import_job", args=[job.pk]))),
    }
    return render(request, "resources/imports/columns.html", context, status=422 if form.is_bound else 200)


@access.desk(rules.can_import)
@require_POST
def import_approval(request, pk):
    """Let the library take what was checked."""
    job = get_object_or_404(Import, pk=pk)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return show_job(request, job, form, status=422)
    return do(request, job, actions.approve_import, publishes=form.cleaned_data["publishes"])


@access.desk(rules.can_import)
@require_POST
def import_end(request, pk):
    """Stop an import; what is written stays."""
    return do(request, get_object_or_404(Import, pk=pk), actions.stop_import)


@access.desk(rules.can_import)
@require_POST
def import_resumption(request, pk):
    """Go on where an import was stopped."""
    return do(request, get_object_or_404(Import, pk=pk), actions.resume_import)


@access.desk(rules.can_import)
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request, pk):
    """Say what undoing an import means; do it."""
    job = get_object_or_404(Import, pk=pk)
    if request.method == "POST":
        return do(request, job, actions.take_back_import)
    context = {
        "job": job,
        "counts": queries.counts_of(job),
        "trail": trail((job.name, reverse("import_job", args=[job.pk]))),
    }
    return render(request, "resources/imports/undo.html", context)


@access.desk(rules.can_import)
@require_POST
def import_again(request, pk):
    """Harvest the same address again, from where the last harvest began."""
    job = get_object_or_404(Import.objects.exclude(address=""), pk=pk)
    last = queries.last_harvest(job)
    same = {
        name: getattr(job, name)
        for name in ("form", "name", "address", "oai_set", "kind", "language_id", "source")
    }
    since = last.responded if last and job.form == Import.Form.OAI else ""
    again = actions.start_import(by=request.user, since=since, **same)
    return redirect("import_job", again.pk)


def do(request, job, action, **values):
    try:
        action(job, by=request.user, **values)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import_job", job.pk)


@access.desk(rules.can_import)
@require_safe
def import_report(request, pk):
    """Every row of an import and what became of it, as a table."""
    job = get_object_or_404(Import, pk=pk)
    header = [
        "row",
        "reference",
        "title",
        "state",
        "outcome",
        "reason",
        "detail",
        "notes",
        "same as row",
        "resource",
    ]
    rows = (
        [
            *(row.number, row.ref, row.title, row.state, row.outcome, row.reason, row.detail),
            "; ".join(f"{code}: {about}" for code, about in row.notes),
            row.twin,
            row.resource.get_absolute_url() if row.resource else "",
        ]
        for row in queries.rows_of(job, "").iterator(2000)
    )
    return csv_file(f"import-{job.pk}.csv", header, rows)

"""Bulk tagging on the staff desk."""

from math import ceil
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.access import allow
from resources import actions, queries, rules
from resources.forms import read_search
from resources.models import Kind, TaggingJob, TaggingRow
from resources.queries import tagging as tags
from resources.tagging_forms import TaggingForm
from resources.views.library import run
from vocabularies.queries import topic_tree

PER_PAGE = 200
RECENT = 5
OWN_FIELDS = ("q", "kind", "topic", "page")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tagging(request):
    """Choose resources by a search, and what to add to them or take away."""
    allow(rules.can_tag_many(request.user))
    form = TaggingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data
        job = actions.start_tagging(chosen.pop("resource"), by=request.user, **chosen)
        return redirect("tagging_job", job.pk)
    language, search = get_language(), read_search(request.GET)
    has_search = bool(search.pairs)
    results, is_available = run(search, language, per_page=PER_PAGE) if has_search else (None, True)
    rows = queries.rows(results.hits, language) if results else []
    return render(
        request,
        "resources/tagging.html",
        {
            "form": form,
            "search": search,
            "has_search": has_search,
            "is_available": is_available,
            "choices": tags.with_tags(rows, language),
            "total": results.total if results else 0,
            "pages": max(1, ceil(results.total / PER_PAGE)) if results else 1,
            "list_url": search.address(view="tagging"),
            "all_url": f"{search.address(view='tagging', page=search.page)}&{urlencode({'all': 1})}#choose",
            "checked": form.chosen or ({str(row.pk) for row in rows} if "all" in request.GET else set()),
            "kinds": Kind.choices,
            "areas": topic_tree(language),
            "kept": [pair for pair in search.pairs if pair[0] not in OWN_FIELDS],
            "recent": TaggingJob.objects.select_related("by")[:RECENT],
            "per_page": PER_PAGE,
            "trail": [(_("Staff desk"), reverse("desk"))],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_safe
def tagging_job(request, pk):
    """How far a job is and what it did; the page comes again by itself while it runs."""
    allow(rules.can_tag_many(request.user))
    job = get_object_or_404(
        TaggingJob.objects.prefetch_related("add_topics", "drop_topics", "add_countries", "drop_countries"),
        pk=pk,
    )
    counts = tags.counts_of(job)
    total = sum(counts.values())
    return render(
        request,
        "resources/tagging_job.html",
        {
            "job": job,
            "total": total,
            "finished": total - counts[TaggingRow.State.WAITING],
            "states": [(label, counts[state]) for state, label in TaggingRow.State.choices],
            "parts": [
                (label, ", ".join(str(one) for one in part.all()))
                for label, part in (
                    (_("Topics to add"), job.add_topics),
                    (_("Topics to take away"), job.drop_topics),
                    (_("Countries to add"), job.add_countries),
                    (_("Countries to take away"), job.drop_countries),
                )
            ],
            "failures": tags.failures_of(job) if counts[TaggingRow.State.FAILED] else [],
            "trail": [(_("Staff desk"), reverse("desk")), (_("Tag many resources"), reverse("tagging"))],
        },
    )


@login_required
@require_POST
def tagging_end(request, pk):
    """Stop a job; what is done stays done."""
    allow(rules.can_tag_many(request.user))
    job = get_object_or_404(TaggingJob, pk=pk)
    actions.stop_tagging(job, by=request.user)
    messages.success(request, _("Nothing more is tagged. What is done stays done."))
    return redirect("tagging_job", pk)

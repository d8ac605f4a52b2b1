"""Posting rights: who may publish at once, who has to wait, who may not post, and what the blocked say to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit import access
from resources import actions, rules
from resources.models import PostingRight, RightAppeal
from resources.review_forms import BlockAnswerForm, RightForm
from resources.views.queue import RIGHT_TONES

PER_PAGE = 50


def way_here():
    return [(_("Staff desk"), reverse("desk")), (_("Queue"), reverse("desk_queue"))]


@access.desk(rules.can_set_rights)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_rights(request):
    """The rights there are, the appeals that wait, and the form that sets one."""
    form = RightForm(initial={"who": request.GET.get("who", "")[:254]})
    if request.method == "POST":
        form = RightForm(request.POST)
        if form.is_valid():
            clean = dict(form.cleaned_data)
            try:
                actions.set_right(clean.pop("right"), by=request.user, **clean.pop("who"), **clean)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The right holds from now on."))
                return redirect("desk_rights")
    rows = PostingRight.objects.select_related("member", "organisation", "set_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [{"right": row, "tone": RIGHT_TONES.get(row.right, "")} for row in page],
        "page": page,
        "list_url": request.path,
        "appeals": list(
            RightAppeal.objects.filter(answered_at=None).select_related("member", "right__organisation")
        ),
        "trail": way_here(),
    }
    return render(request, "resources/review/rights.html", context)


@access.desk(rules.can_set_rights)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_right_removal(request, pk):
    right = get_object_or_404(PostingRight.objects.select_related("member", "organisation"), pk=pk)
    if request.method == "POST":
        actions.remove_right(right, by=request.user)
        messages.success(request, _("The right is removed; the more general one holds again."))
        return redirect("desk_rights")
    context = {"right": right, "trail": [*way_here(), (_("Posting rights"), reverse("desk_rights"))]}
    return render(request, "resources/review/right_removal.html", context)


@access.desk(rules.can_set_rights)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_right_appeal(request, pk):
    appeal = get_object_or_404(
        RightAppeal.objects.select_related("member", "right__member", "right__organisation", "answered_by"),
        pk=pk,
    )
    form = BlockAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_block_appeal(appeal, form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("The member reads your answer."))
        return redirect("desk_rights")
    context = {
        "appeal": appeal,
        "form": form,
        "trail": [*way_here(), (_("Posting rights"), reverse("desk_rights"))],
    }
    return render(request, "resources/review/right_appeal.html", context)

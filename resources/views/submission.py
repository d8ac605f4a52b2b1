"""My contributions: the list, and the page on which a contributor and the editors talk about one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import access
from resources import actions, rules
from resources.contribution_forms import AnswerForm, AppealForm, BlockAppealForm, HandInForm, MessageForm
from resources.models import Kind, PostingRight, Resource, Status
from resources.queries import KIND_LOOKS
from resources.queries.submissions import last_note, story
from resources.views.contribution import own, way_back, way_here

PER_PAGE = 30
TONES = {
    Status.PUBLISHED: "good",
    Status.SCHEDULED: "good",
    Status.SUBMITTED: "brand",
    Status.APPEALED: "brand",
    Status.RETURNED: "warn",
    Status.HELD: "warn",
    Status.REFUSED: "bad",
    Status.WITHDRAWN: "bad",
}


@access.desk(rules.can_contribute)
@require_safe
def contributions(request):
    mine = Resource.objects.visible_to(request.user).filter(submitted_by=request.user)
    mine = mine.select_related("language").only(
        "kind", "slug", "status", "title", "updated_at", "language__code", "language__is_rtl"
    )
    pages = Paginator(mine.order_by("-updated_at", "-pk"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "rows": [
            {"resource": row, "look": KIND_LOOKS[Kind(row.kind)], "tone": TONES.get(row.status, "")}
            for row in page
        ],
        "page": page,
        "total": pages.count,
        "list_url": request.path,
    }
    return render(request, "resources/contribution/list.html", context)


@access.desk(rules.can_contribute)
@require_safe
def submission(request, pk):
    return show(request, own(request, pk), MessageForm())


def show(request, resource, form, *, status=200):
    may = {end: rules.can_take_step(request.user, resource, end) for end in Status.values}
    context = {
        "resource": resource,
        "look": KIND_LOOKS[Kind(resource.kind)],
        "tone": TONES.get(resource.status, ""),
        "story": story(resource, request.user),
        "form": form,
        "question": last_note(resource, Status.RETURNED) if resource.status == Status.RETURNED else "",
        "refusal": last_note(resource, Status.REFUSED) if resource.status == Status.REFUSED else "",
        "can_write": rules.can_write_message(request.user, resource),
        "can_edit": rules.can_edit(request.user, resource),
        "can_hand_in": may[Status.SUBMITTED] and resource.status in (Status.DRAFT, Status.RETURNED),
        "can_take_back": may[Status.DRAFT],
        "can_appeal": may[Status.APPEALED],
        "can_delete": rules.can_delete_draft(request.user, resource),
        "trail": way_here(),
    }
    return render(request, "resources/contribution/submission.html", context, status=status)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def submission_handing_in(request, pk):
    """Hand the draft to the editors, or answer their question."""
    resource = own(request, pk)
    if resource.status not in (Status.DRAFT, Status.RETURNED):
        messages.warning(request, _("It has been handed in already."))
        return redirect("submission", pk)
    is_answer = resource.status == Status.RETURNED
    kind_of_form = AnswerForm if is_answer else HandInForm
    form = kind_of_form(request.POST or None, initial={"embargoed_until": resource.embargoed_until})
    if request.method == "POST":
        form = kind_of_form(request.POST)
        if form.is_valid():
            try:
                resource = actions.submit_resource(resource, by=request.user, **form.cleaned_data)
            except actions.Blocked as block:
                return redirect("contribution_block", block.right.pk)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, SAID.get(resource.status, SAID[Status.SUBMITTED])())
                return redirect("submission", pk)
    context = {
        "form": form,
        "resource": resource,
        "is_answer": is_answer,
        "question": last_note(resource, Status.RETURNED) if is_answer else "",
        "missing": actions.missing_in(resource),
        "trail": way_back(resource),
    }
    return render(request, "resources/contribution/handing_in.html", context)


SAID = {
    Status.SUBMITTED: lambda: _("It is with the editors now. What they ask or decide stands on this page."),
    Status.PUBLISHED: lambda: _("It is published: the editors trust you. They may look at it later."),
    Status.SCHEDULED: lambda: _("It is scheduled for the end of its embargo."),
}


@access.desk(rules.can_contribute)
@require_POST
def submission_retraction(request, pk):
    return take(
        request,
        pk,
        lambda resource: actions.retract_submission(resource, by=request.user),
        _("It is a draft again. Hand it in when it is ready."),
    )


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def submission_appeal(request, pk):
    resource = own(request, pk)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal_refusal(resource, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your appeal is with the editors."))
            return redirect("submission", pk)
    context = {
        "form": form,
        "resource": resource,
        "refusal": last_note(resource, Status.REFUSED),
        "may": rules.can_take_step(request.user, resource, Status.APPEALED),
        "trail": way_back(resource),
    }
    return render(request, "resources/contribution/appeal.html", context)


@access.desk(rules.can_contribute)
@require_POST
def submission_messages(request, pk):
    resource = own(request, pk)
    access.allow(rules.can_write_message(request.user, resource))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, resource, form)
    actions.write_message(resource, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your message is with the editors."))
    return redirect("submission", pk)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_deletion(request, pk):
    resource = own(request, pk)
    access.allow(
        rules.can_delete_draft(request.user, resource),
        _("Only a draft can be deleted. Take the submission back first."),
    )
    if request.method == "POST":
        actions.delete_draft(resource, by=request.user)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": resource.title})
        return redirect("contributions")
    context = {"resource": resource, "trail": way_back(resource)}
    return render(request, "resources/contribution/deletion.html", context)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_block(request, pk):
    """Why the member may not post, and the way to appeal; it exists for those whom it is about."""
    mine = PostingRight.objects.blocks_of(request.user).select_related("organisation")
    right = get_object_or_404(mine, pk=pk)
    appeals = list(right.appeals.filter(member=request.user))
    form = BlockAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal_block(right, form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your appeal is with the editors. Their answer will stand here."))
            return redirect("contribution_block", pk)
    context = {
        "form": form,
        "right": right,
        "appeals": appeals,
        "is_open": any(appeal.answered_at is None for appeal in appeals),
        "trail": way_here(),
    }
    return render(request, "resources/contribution/block.html", context)


def take(request, pk, step, said):
    """Take a step that needs no words, and go back to the page of the submission."""
    resource = own(request, pk)
    try:
        step(resource)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("submission", pk)

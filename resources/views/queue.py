"""The editors' queue, and the page on which one submission is judged."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import access
from resources import actions, rules
from resources.desk.queue import queued, read_queue
from resources.desk.wording import told
from resources.models import Kind, PostingRight, Resource, Right, RightAppeal, Status, Submission
from resources.queries import KIND_LOOKS
from resources.queries.submissions import story
from resources.review_forms import BULK, BulkForm, DecisionForm, EditorsMessageForm, decisions
from resources.snapshots import differences
from resources.views.contribution import matches_of
from resources.views.submission import TONES

PER_PAGE = 30
RIGHT_TONES = {Right.TRUSTED: "good", Right.UNVERIFIED: "warn", Right.BLOCKED: "bad"}


def states():
    return [
        ("waiting", _("Waiting")),
        ("mine", _("Taken on by me")),
        ("unclaimed", _("Taken on by nobody")),
        ("seen-after", _("Published, not looked at")),
        ("returned", _("Returned with a question")),
        ("held", _("On hold")),
        ("scheduled", _("Scheduled")),
        ("refused", _("Refused")),
        ("all", _("All")),
    ]


@access.desk(rules.can_use_desk)
@require_safe
def desk_queue(request):
    filters = read_queue(request.GET)
    pages = Paginator(queued(filters, request.user), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "rows": [
            {
                "submission": row,
                "resource": row.resource,
                "look": KIND_LOOKS[Kind(row.resource.kind)],
                "tone": TONES.get(row.resource.status, ""),
                "right_tone": RIGHT_TONES.get(row.right, ""),
            }
            for row in page
        ],
        "page": page,
        "total": pages.count,
        "list_url": f"{request.path}?{query.urlencode()}" if query else request.path,
        "filters": filters,
        "states": states(),
        "kinds": Kind.choices,
        "rights": Right.choices,
        "bulk": list(BULK.items()),
        "appeals": RightAppeal.objects.filter(answered_at=None).count(),
        "trail": [(_("Staff desk"), reverse("desk"))],
    }
    return render(request, "resources/review/queue.html", context)


@access.desk(rules.can_use_desk)
@require_POST
def desk_queue_decisions(request):
    """Do one thing to all that were ticked; what cannot be done is told, and the rest is done."""
    form = BulkForm(request.POST)
    back = f"{reverse('desk_queue')}?{request.POST.get('back', '')[:300]}".rstrip("?")
    if not form.is_valid():
        for error in dict.fromkeys(e for errors in form.errors.values() for e in errors):
            messages.error(request, error)
        return redirect(back)
    do, note, done = form.cleaned_data["do"], form.cleaned_data["note"], 0
    chosen = Submission.objects.filter(pk__in=form.cleaned_data["chosen"]).select_related("resource")
    for submission in chosen.oldest_first():
        try:
            do_one(submission.resource, do, by=request.user, note=note)
        except ValidationError as error:
            title = submission.resource.title[:80]
            messages.error(request, f"{title}: {' '.join(error.messages)}")
        else:
            done += 1
    if done:
        messages.success(request, _("Done for %(count)d.") % {"count": done})
    return redirect(back)


def do_one(resource, do, *, by, note):
    if do == "claim":
        actions.claim_submission(resource, by=by)
    elif do == "release":
        actions.release_submission(resource, by=by)
    elif do == "seen":
        actions.mark_reviewed(resource, by=by)
    else:
        actions.decide(resource, do, by=by, note=note)


def the(pk):
    found = Resource.objects.select_related("language", "submission__claimed_by", "submitted_by")
    return get_object_or_404(found.defer("file_text"), pk=pk)


@access.desk(rules.can_use_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_review(request, pk):
    """All an editor needs to decide; sent, the decision is taken."""
    resource = the(pk)
    form = DecisionForm(request.user, resource, request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.decide(resource, clean["end"], by=request.user, note=clean["note"], at=clean["at"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Done. The contributor reads it on the page of the submission."))
            return redirect("desk_review", pk)
    return show(request, resource, form, EditorsMessageForm())


def show(request, resource, form, message_form):
    submission = getattr(resource, "submission", None)
    claimed_by = submission.claimed_by if submission else None
    person = resource.submitted_by
    right, row = (
        PostingRight.objects.governing(person, resource.kind, resource.organisations.all())
        if person
        else (None, None)
    )
    context = {
        "resource": resource,
        "submission": submission,
        "claimed_by": claimed_by,
        "is_mine": claimed_by == request.user,
        "can_claim": rules.can_claim(request.user, resource),
        "look": KIND_LOOKS[Kind(resource.kind)],
        "tone": TONES.get(resource.status, ""),
        "person": person,
        "right": right,
        "right_row": row,
        "right_tone": RIGHT_TONES.get(right, ""),
        "story": story(resource, request.user),
        "changed": changed_since_returned(resource),
        "files": list(resource.files.all()),
        "matches": matches_of(request.user, resource) if resource.status != Status.PUBLISHED else [],
        "form": form,
        "has_decisions": bool(decisions(request.user, resource)),
        "message_form": message_form,
        "trail": [(_("Staff desk"), reverse("desk")), (_("Queue"), reverse("desk_queue"))],
    }
    return render(request, "resources/review/review.html", context)


def changed_since_returned(resource):
    """What the contributor changed since the editors sent it back, told field by field; [] if that was never."""
    returned = resource.transitions.filter(to_status=Status.RETURNED).order_by("-pk").first()
    if returned is None or returned.revision is None:
        return []
    before = resource.revisions.filter(number=returned.revision).first()
    after = resource.revisions.first()
    if before is None or after is None or before.number == after.number:
        return []
    names = [n for n in differences(before.data, after.data) if n not in ("year", "status")]
    return [
        row for row in told(resource.kind, before.data, after.data, names) if row["before"] != row["after"]
    ]


@access.desk(rules.can_use_desk)
@require_POST
def desk_claim(request, pk):
    """Take a submission on, take it over, or give it back."""
    resource = the(pk)
    do = request.POST.get("do", "claim")
    try:
        if do == "release":
            actions.release_submission(resource, by=request.user)
        elif do == "seen":
            actions.mark_reviewed(resource, by=request.user)
        else:
            access.allow(rules.can_claim(request.user, resource))
            actions.claim_submission(resource, by=request.user, take_over=do == "take-over")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk_review", pk)


@access.desk(rules.can_use_desk)
@require_POST
def desk_messages(request, pk):
    resource = the(pk)
    form = EditorsMessageForm(request.POST)
    if not form.is_valid():
        return show(request, resource, DecisionForm(request.user, resource), form)
    actions.write_message(resource, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your message is kept."))
    return redirect("desk_review", pk)

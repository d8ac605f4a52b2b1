"""What a member brings: looked for among what is there, written on the desk's forms, previewed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import access
from kit.budget import spend
from resources import actions, reading, rules
from resources.contribution_forms import AttachForm, CopyForm, StartForm
from resources.desk.contribution import ContributionEditor
from resources.desk.editor import posted_of, with_more_rows
from resources.desk.fields import tidy
from resources.desk.forms import ROWS
from resources.desk.guidance import hints
from resources.metadata.gather import gather
from resources.models import Autosave, Kind, Resource, ResourceIdentifier, Status
from resources.queries import KIND_LOOKS
from resources.queries.similar import similar
from resources.snapshots import arguments, differences, digest, snapshot
from resources.views.desk import UNTYPED, conflict_of, page_of

LOOKUPS_A_MINUTE = 10
SAID = {
    "found": lambda: _("The registry of the DOI knows it: look at what was filled in."),
    "unknown": lambda: _(
        "The registry does not know this DOI. Look at it once more, or fill in the form by hand."
    ),
    "away": lambda: _("The registry of DOIs does not answer now. Fill in the form by hand."),
    "": lambda: _("Your draft is kept. Only you and the editors see it."),
}


def own(request, pk, **more):
    """The member's own record of this key, else 404."""
    there = Resource.objects.visible_to(request.user).filter(submitted_by=request.user, **more)
    return get_object_or_404(there.select_related("language", "submission").defer("file_text"), pk=pk)


def way_here():
    return [(_("My contributions"), reverse("contributions"))]


def way_back(resource):
    return [*way_here(), (resource.title[:60], reverse("submission", args=[resource.pk]))]


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_start(request):
    """The short form: enough to look for duplicates and to fill in what is known."""
    initial = {"kind": request.GET.get("kind", Kind.PUBLICATION)}
    form = StartForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        if block := actions.block_of(request.user, clean["kind"]):
            return redirect("contribution_block", block.pk)
        if seconds := spend("lookup", request.user.pk, LOOKUPS_A_MINUTE):
            form.add_error(
                None, _("That was very fast. Send it once more in %(count)d seconds.") % {"count": seconds}
            )
            return render(request, "resources/contribution/start.html", {"form": form, "trail": way_here()})
        found, came_to = gather(doi=clean["doi"], file=clean["file"])
        if title := clean["title"] or found.title:
            try:
                draft = actions.begin_contribution(
                    clean["kind"],
                    title=title,
                    language=clean["language"],
                    found=found,
                    by=request.user,
                    url=clean["url"],
                    file=clean["file"],
                    country=clean["country"],
                )
            except ValidationError as error:
                form.add_error(None, error)
            except IntegrityError:
                form.add_error(None, _("Somebody began the same at this moment. Look at it once more."))
            else:
                messages.success(request, SAID[came_to]())
                step = "contribution_matches" if matches_of(request.user, draft) else "contribution_edit"
                return redirect(step, draft.pk)
        else:
            form.add_error("title", _("Neither the DOI nor the file gives a title. Type it."))
    context = {"form": form, "trail": way_here()}
    return render(request, "resources/contribution/start.html", context)


def matches_of(member, draft):
    """What may be the same as a draft, as far as the member may know."""
    dois = draft.identifiers.filter(scheme=ResourceIdentifier.Scheme.DOI).values_list("value", flat=True)
    return similar(
        member,
        kind=draft.kind,
        title=draft.title,
        url=draft.url,
        dois=dois,
        digests=list(draft.files.values_list("sha256", flat=True)),
        leave_out=draft.pk,
    )


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_matches(request, pk):
    """What the draft may repeat; sent, the draft becomes a translation or a version of one of them."""
    draft = own(request, pk, status=Status.DRAFT)
    if request.method == "POST":
        form = AttachForm(request.POST)
        original = None
        if form.is_valid():
            there = Resource.objects.visible_to(request.user)
            original = there.filter(pk=form.cleaned_data["original"]).exclude(pk=draft.pk).first()
        if original is None:
            messages.error(request, _("Choose one of the records below."))
            return redirect("contribution_matches", pk)
        try:
            as_version = form.cleaned_data["way"] == "version"
            actions.attach_draft(draft, original, as_version=as_version, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("contribution_matches", pk)
        messages.success(request, _("Your draft belongs to “%(title)s” now.") % {"title": original.title})
        return redirect("contribution_edit", pk)
    context = {
        "draft": draft,
        "matches": matches_of(request.user, draft),
        "can_attach": draft.kind != Kind.COUNTRY,
        "trail": way_back(draft),
    }
    return render(request, "resources/contribution/matches.html", context)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_copy(request, pk):
    """A draft begun from a resource one can see: its translation, its next version, or something much like it."""
    there = Resource.objects.visible_to(request.user).exclude(kind=Kind.COUNTRY)
    original = get_object_or_404(there.select_related("language", "work").defer("file_text"), pk=pk)
    form = CopyForm(request.POST or None, initial={"way": request.GET.get("way", "translation")})
    if request.method == "POST" and form.is_valid():
        if block := actions.block_of(request.user, original.kind):
            return redirect("contribution_block", block.pk)
        try:
            draft = copied(original, form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except IntegrityError:
            form.add_error(None, _("Somebody began the same at this moment. Look at it once more."))
        else:
            messages.success(request, _("What both share stands in the form already. Change what differs."))
            return redirect("contribution_edit", draft.pk)
    context = {"form": form, "original": original, "trail": way_here()}
    return render(request, "resources/contribution/copy.html", context)


def copied(original, wanted, member):
    actions.demand_room(member)
    if wanted["way"] == "translation":
        return actions.translate_resource(original, wanted["language"], by=member)
    if wanted["way"] == "version":
        return actions.draft_version(original, by=member)
    return actions.clone_resource(original, by=member)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_edit(request, pk):
    resource = own(request, pk)
    if not rules.can_edit(request.user, resource):
        messages.warning(request, _("It cannot be changed now. Write to the editors here."))
        return redirect("submission", pk)
    if request.method != "POST":
        return show_stored(request, resource)
    step = request.POST.get("do", "save")
    part = step.removeprefix("rows-")
    if part in ROWS and step != part:
        return show(request, editor_of(request, resource, with_more_rows(request.POST, part), quiet=True))
    if step == "back":
        return show(request, editor_of(request, resource, request.POST, quiet=True))
    editor = editor_of(request, resource, request.POST)
    if not editor.is_valid():
        return show(request, editor)
    try:
        if step == "preview":
            return preview(request, editor)
        save(editor, by=request.user, stamp=request.POST.get("stamp", ""))
    except actions.EditConflict as conflict:
        merged, told = conflict_of(editor, conflict.current, request.POST.get("stamp", ""))
        shown = ContributionEditor(resource.kind, resource, member=request.user, data=merged)
        return show(request, shown, stamp=digest(conflict.current), conflict=told, status=409)
    except IntegrityError:
        editor.form.add_error(
            None, _("Somebody saved something like this at the same moment. Look at it, and save once more.")
        )
        return show(request, editor)
    actions.drop_autosave(request.user, resource.kind, resource=resource)
    if step == "submit":
        return redirect("submission_handing_in", pk)
    messages.success(request, _("Saved."))
    return redirect("contribution_edit", pk)


def editor_of(request, resource, posted, *, quiet=False):
    return ContributionEditor(resource.kind, resource, member=request.user, posted=posted, quiet=quiet)


@transaction.atomic
def save(editor, *, by, stamp):
    """Write what was typed; what did not change is left alone."""
    data, resource = editor.data(), editor.resource
    names = differences(snapshot(resource), data)
    if not names:
        return resource
    return actions.edit_resource(
        resource,
        by=by,
        stamp=stamp or "unknown",
        note=editor.form.cleaned_data["note"],
        **arguments(editor.kind, data, names),
    )


def preview(request, editor):
    """The page as readers will see it. What it needs is written and taken back again."""
    typed = [
        (name, value) for name, values in request.POST.lists() if name not in UNTYPED for value in values
    ]
    with transaction.atomic():
        resource = save(editor, by=request.user, stamp=request.POST.get("stamp", ""))
        context = page_of(reading.find(request.user, resource.kind, resource.slug)) | {
            "typed": typed,
            "alternates": [],
            "back_url": request.path,
        }
        answer = render(request, "resources/contribution/preview.html", context)
        transaction.set_rollback(True)
    return answer


def show_stored(request, resource):
    """The forms as the record stands, or as the member left them unsaved, where that is asked for."""
    kept = Autosave.objects.filter(member=request.user, resource=resource).first()
    if kept and "unsaved" in request.GET:
        return show(request, editor_of(request, resource, posted_of(kept.data), quiet=True))
    data = snapshot(resource)
    editor = ContributionEditor(resource.kind, resource, member=request.user, data=data)
    return show(request, editor, kept=kept, stamp=digest(data))


def show(request, editor, *, kept=None, stamp=None, conflict=None, status=200):
    resource, said = editor.resource, hints(editor.kind, get_language() or "en")
    context = {
        "editor": editor,
        "resource": resource,
        "kind": editor.kind,
        "kind_label": Kind(editor.kind).label,
        "look": KIND_LOOKS[Kind(editor.kind)],
        "errors": editor.errors() if conflict is None else [],
        "groups": editor.groups(said),
        "row_groups": editor.row_groups(said),
        "stamp": editor.posted.get("stamp", "")[:64] if stamp is None else stamp,
        "kept": kept,
        "conflict": conflict,
        "files": list(resource.files.all()),
        "trail": way_back(resource),
    }
    return render(request, "resources/contribution/edit.html", context, status=status)


@access.desk(rules.can_contribute)
@require_POST
def contribution_autosave(request):
    """Keep what is typed, for a script; nothing of it is judged."""
    pk = request.POST.get("autosave-resource", "")
    there = Resource.objects.filter(submitted_by=request.user).select_related("submission").defer("file_text")
    resource = there.filter(pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0).first()
    if resource is None or not rules.can_edit(request.user, resource):
        return JsonResponse({"error": _("It cannot be changed now.")}, status=404)
    data = {
        tidy(name): [tidy(value) for value in values]
        for name, values in request.POST.lists()
        if name not in UNTYPED and not name.startswith("autosave-")
    }
    kept = actions.keep_autosave(request.user, resource.kind, data, resource=resource)
    return JsonResponse({"saved_at": kept.saved_at.isoformat()})


@access.desk(rules.can_contribute)
@require_POST
def contribution_unsaved(request, pk):
    resource = own(request, pk)
    actions.drop_autosave(request.user, resource.kind, resource=resource)
    messages.success(request, _("The unsaved changes are dropped."))
    return redirect("contribution_edit", pk)

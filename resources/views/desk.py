"""The staff desk: the list, and the page on which a record is written."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.markdown import to_html
from resources import actions, reading
from resources.desk.door import staff_only
from resources.desk.editor import Editor, posted_of, with_more_rows
from resources.desk.fields import tidy
from resources.desk.forms import ROWS
from resources.desk.guidance import hints
from resources.desk.listing import listed, read_filters
from resources.desk.wording import told
from resources.models import Autosave, Kind, Resource, Status
from resources.queries import KIND_LOOKS
from resources.snapshots import arguments, differences, digest, pick, snapshot
from resources.views.resource import PROFILES

PER_PAGE = 30
TONES = {Status.PUBLISHED: "good", Status.SUBMITTED: "warn", Status.WITHDRAWN: "bad"}
UNTYPED = ("csrfmiddlewaretoken", "do")


@staff_only
@require_safe
def desk(request):
    filters = read_filters(request.GET)
    pages = Paginator(listed(filters), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "rows": [
            {"resource": row, "look": KIND_LOOKS[Kind(row.kind)], "tone": TONES.get(row.status, "")}
            for row in page
        ],
        "page": page,
        "total": pages.count,
        "list_url": f"{request.path}?{query.urlencode()}" if query else request.path,
        "filters": filters,
        "statuses": Status.choices,
        "kinds": Kind.choices,
    }
    return render(request, "resources/desk/desk.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_new(request, kind):
    if kind not in Kind.values:
        raise Http404(_("There is no such kind of resource."))
    return write(request, kind, None)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_edit(request, pk):
    resource = get_object_or_404(Resource.objects.select_related("language").defer("file_text"), pk=pk)
    return write(request, resource.kind, resource)


def write(request, kind, resource):
    """Show the forms of a record, or do with what was sent what its button says."""
    if request.method != "POST":
        return show_stored(request, kind, resource)
    step = request.POST.get("do", "save")
    part = step.removeprefix("rows-")
    if part in ROWS and step != part:
        return show(request, Editor(kind, resource, posted=with_more_rows(request.POST, part), quiet=True))
    if step == "back":
        return show(request, Editor(kind, resource, posted=request.POST, quiet=True))
    editor = Editor(kind, resource, posted=request.POST)
    if not editor.is_valid():
        return show(request, editor)
    try:
        if step == "preview":
            return preview(request, editor)
        saved = save(editor, by=request.user, stamp=request.POST.get("stamp", ""), step=step)
    except actions.EditConflict as conflict:
        return show_conflict(request, editor, conflict.current)
    except IntegrityError:
        trouble = _("Somebody saved something like this at the same moment. Look at it, and save once more.")
    except ValidationError as error:
        trouble = " ".join(error.messages)
    else:
        actions.drop_autosave(request.user, kind, resource=resource)
        messages.success(request, SAID.get(step, SAID["save"])())
        return redirect("desk_edit", saved.pk)
    editor.form.add_error(None, trouble)
    return show(request, editor)


SAID = {
    "save": lambda: _("Saved."),
    "submit": lambda: _("Saved and submitted to the editors."),
    "publish": lambda: _("Saved and published. Everybody can see it now; search finds it in a few seconds."),
}


@transaction.atomic
def save(editor, *, by, stamp, step):
    """Write what was typed, and take the step after it."""
    data, resource = editor.data(), editor.resource
    if resource is None:
        names = [*(n for n in data if n != "detail"), *(f"detail.{n}" for n in data["detail"])]
        resource = actions.draft_resource(editor.kind, by=by, **arguments(editor.kind, data, names))
    else:
        current = snapshot(resource)
        names = differences(current, data)
        if names:
            resource = actions.edit_resource(
                resource,
                by=by,
                stamp=stamp or "unknown",
                note=editor.form.cleaned_data["note"],
                **arguments(editor.kind, data, names),
            )
    if step == "submit":
        resource = actions.submit_resource(resource, by=by)
    if step == "publish":
        resource = actions.publish_resource(resource, by=by)
    return resource


def show_stored(request, kind, resource):
    """The forms as the record stands, or as this member left them unsaved, where that is asked for."""
    kept = Autosave.objects.filter(member=request.user, kind=kind, resource=resource).first()
    if kept and "unsaved" in request.GET:
        return show(request, Editor(kind, resource, posted=posted_of(kept.data), quiet=True))
    data = snapshot(resource) if resource else None
    return show(request, Editor(kind, resource, data=data), kept=kept, stamp=digest(data) if data else "")


def show(request, editor, *, kept=None, stamp=None, conflict=None, status=200):
    resource = editor.resource
    said = hints(editor.kind, get_language() or "en")
    if stamp is None:
        stamp = editor.posted.get("stamp", "")[:64]
    context = {
        "editor": editor,
        "resource": resource,
        "kind": editor.kind,
        "kind_label": Kind(editor.kind).label,
        "look": KIND_LOOKS[Kind(editor.kind)],
        "tone": TONES.get(resource.status, "") if resource else "",
        "errors": editor.errors() if conflict is None else [],
        "groups": editor.groups(said),
        "row_groups": editor.row_groups(said),
        "stamp": stamp,
        "kept": kept,
        "conflict": conflict,
        "files": list(resource.files.all()) if resource else [],
        "trail": [(_("Staff desk"), reverse("desk"))],
    }
    return render(request, "resources/desk/edit.html", context, status=status)


def show_conflict(request, editor, current):
    """What somebody else changed meanwhile beside what was typed; fields only they touched are taken over."""
    kind, mine = editor.kind, editor.data()
    begun = editor.resource.revisions.filter(digest=request.POST.get("stamp", "")[:32]).first()
    base = begun.data if begun else None
    names = differences(current, mine)
    kept = [n for n in names if base is None or pick(mine, n) != pick(base, n)]
    merged = {**current, "detail": dict(current["detail"])}
    for name in kept:
        part, _dot, own = name.partition(".")
        if own:
            merged["detail"][own] = mine["detail"][own]
        else:
            merged[part] = mine[part]
    rows = told(kind, current, mine, names)
    for row in rows:
        row["is_kept"] = row["name"] in kept
    shown = Editor(kind, editor.resource, data=merged)
    shown.form.initial["note"] = editor.form.cleaned_data["note"]
    last = editor.resource.revisions.select_related("by").first()
    return show(request, shown, stamp=digest(current), conflict={"rows": rows, "last": last}, status=409)


def preview(request, editor):
    """The page as readers will see it. What it needs is written and taken back again."""
    typed = [
        (name, value) for name, values in request.POST.lists() if name not in UNTYPED for value in values
    ]
    with transaction.atomic():
        resource = save(editor, by=request.user, stamp=request.POST.get("stamp", ""), step="preview")
        context = page_of(reading.find(request.user, resource.kind, resource.slug)) | {
            "typed": typed,
            "alternates": [],
            "back_url": request.path,
            "status": editor.resource.status if editor.resource else Status.DRAFT,
        }
        answer = render(request, "resources/desk/preview.html", context)
        transaction.set_rollback(True)
    return answer


def page_of(found):
    """The page of a resource, and its template; of a country's profile the text, for its page stands elsewhere."""
    if found.kind == Kind.COUNTRY:
        return {
            "layout": "resources/desk/country_text.html",
            "resource": found,
            "direction": "rtl" if found.language.is_rtl else "ltr",
            "summary": found.summary,
            "text": to_html(found.body, top=2),
        }
    layout = "resources/profile.html" if found.kind in PROFILES else "resources/resource.html"
    return reading.page(found) | {"layout": layout}


@staff_only
@require_POST
def desk_autosave(request):
    """Keep what is typed, for a script; nothing of it is judged."""
    kind, pk = request.POST.get("autosave-kind", ""), request.POST.get("autosave-resource", "")
    resource = None
    if pk:
        resource = Resource.objects.only("pk", "kind").filter(
            pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0
        )
        resource = resource.first()
        if resource is None:
            return JsonResponse({"error": _("This record is gone.")}, status=404)
        kind = resource.kind
    if kind not in Kind.values:
        return JsonResponse({"error": _("There is no such kind of resource.")}, status=400)
    data = {
        tidy(name): [tidy(value) for value in values]
        for name, values in request.POST.lists()
        if name not in UNTYPED and not name.startswith("autosave-")
    }
    kept = actions.keep_autosave(request.user, kind, data, resource=resource)
    return JsonResponse({"saved_at": kept.saved_at.isoformat()})


@staff_only
@require_POST
def desk_autosave_removal(request, kind, pk=None):
    if kind not in Kind.values:
        raise Http404(_("There is no such kind of resource."))
    resource = get_object_or_404(Resource.objects.only("pk", "kind"), pk=pk, kind=kind) if pk else None
    actions.drop_autosave(request.user, kind, resource=resource)
    messages.success(request, _("The unsaved changes are dropped."))
    return redirect("desk_edit", pk) if pk else redirect("desk_new", kind)

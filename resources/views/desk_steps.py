"""The staff desk: out of sight and back, history, files, guidance."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resources import actions, rules
from resources.desk.door import staff_only
from resources.desk.fields import LineField, OneOfField, TextField
from resources.desk.wording import field_label, told
from resources.models import Resource, ResourceFile, Revision
from resources.snapshots import differences

REVISIONS_A_PAGE = 20


class WithdrawalForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        help_text=gettext_lazy("It stands on the page that replaces the resource, for everybody to read."),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, Office, OpenDocument, EPUB, pictures, sound, video, CSV or text; 50 MB at most."
        ),
    )
    label = LineField(
        label=gettext_lazy("Label"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What readers see, as “Annex 2: questionnaire”. Empty: the file's name."),
    )
    language = OneOfField("language", label=gettext_lazy("Language of the file"), required=False)


def the(pk):
    return get_object_or_404(Resource.objects.defer("file_text").select_related("language"), pk=pk)


def trail(resource):
    return [
        (_("Staff desk"), reverse("desk")),
        (resource.title[:60], reverse("desk_edit", args=[resource.pk])),
    ]


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_withdrawal(request, pk):
    resource = the(pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_resource(resource, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Withdrawn. Its page now says why; search forgets it in a few seconds.")
            )
            return redirect("desk_edit", pk)
    context = {
        "form": form,
        "resource": resource,
        "may": rules.can_withdraw(request.user, resource),
        "trail": trail(resource),
    }
    return render(request, "resources/desk/withdrawal.html", context)


@staff_only
@require_POST
def desk_publication(request, pk):
    resource = the(pk)
    actions.publish_resource(resource, by=request.user)
    messages.success(request, _("Published. Everybody can see it now; search finds it in a few seconds."))
    return redirect("desk_edit", pk)


@staff_only
@require_safe
def desk_history(request, pk):
    resource = the(pk)
    revisions = resource.revisions.select_related("by").order_by("-number")
    page = Paginator(revisions, REVISIONS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    before = list(revisions.filter(number__lt=shown[-1].number).order_by("-number")[:1]) if shown else []
    entries = [
        {
            "revision": revision,
            "changed": [
                field_label(resource.kind, name)
                for name in differences(older.data, revision.data)
                if name != "year"
            ]
            if older
            else [],
            "is_first": older is None,
        }
        for revision, older in zip(shown, [*shown[1:], *(before or [None])], strict=True)
    ]
    context = {
        "resource": resource,
        "entries": entries,
        "page": page,
        "list_url": request.path,
        "trail": trail(resource),
    }
    return render(request, "resources/desk/history.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_revision(request, pk, number):
    """One revision beside the one before it; sent, the record goes back to it."""
    resource = the(pk)
    revision = get_object_or_404(Revision.objects.select_related("by"), resource=resource, number=number)
    if request.method == "POST":
        try:
            actions.restore_revision(revision, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except IntegrityError:
            messages.error(
                request,
                _(
                    "Another record has taken this one's language, country or reference since; change that one first."
                ),
            )
        else:
            messages.success(
                request, _("The record is as it was in version %(number)d.") % {"number": number}
            )
        return redirect("desk_edit", pk)
    older = resource.revisions.filter(number__lt=number).first()
    empty = {"detail": {}}
    names = [n for n in differences(older.data if older else empty, revision.data) if n != "year"]
    rows = told(resource.kind, older.data if older else empty, revision.data, names)
    context = {
        "resource": resource,
        "revision": revision,
        "older": older,
        "is_last": not resource.revisions.filter(number__gt=number).exists(),
        "rows": [row for row in rows if row["before"] != row["after"]],
        "trail": [*trail(resource), (_("History"), reverse("desk_history", args=[pk]))],
    }
    return render(request, "resources/desk/revision.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_files(request, pk):
    resource = the(pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                file = actions.add_file(
                    resource,
                    form.cleaned_data["file"],
                    by=request.user,
                    label=form.cleaned_data["label"],
                    language_id=form.cleaned_data["language"] or None,
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, _("“%(name)s” is kept.") % {"name": shown_name(file)})
                return redirect("desk_files", pk)
    files = list(resource.files.select_related("language"))
    context = {
        "form": form,
        "resource": resource,
        "files": [
            {"file": file, "name": shown_name(file), "tone": READING_TONES.get(file.reading, "")}
            for file in files
        ],
        "is_reading": any(file.reading in BUSY for file in files),
        "trail": trail(resource),
    }
    return render(request, "resources/desk/files.html", context)


Reading = ResourceFile.Reading
BUSY = (Reading.WAITING, Reading.RUNNING)
READING_TONES = {
    Reading.READ: "good",
    Reading.NO_TEXT: "warn",
    Reading.ENCRYPTED: "warn",
    Reading.TOO_LONG: "warn",
    Reading.BROKEN: "bad",
}


def shown_name(file):
    return file.label or file.file.name.rpartition("/")[2]


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_file_removal(request, pk, file):
    resource = the(pk)
    file = get_object_or_404(ResourceFile, pk=file, resource=resource)
    if request.method == "POST":
        name = shown_name(file)
        actions.remove_file(file, by=request.user)
        messages.success(request, _("“%(name)s” is removed.") % {"name": name})
        return redirect("desk_files", pk)
    context = {"resource": resource, "file": file, "name": shown_name(file), "trail": trail(resource)}
    return render(request, "resources/desk/file_removal.html", context)

"""The files of a member's own record."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit import access
from resources import actions, rules
from resources.models import ResourceFile
from resources.views.contribution import own, way_back
from resources.views.desk_steps import BUSY, READING_TONES, FileForm, shown_name


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_files(request, pk):
    resource = own(request, pk)
    may = rules.can_edit(request.user, resource)
    form = FileForm()
    if request.method == "POST":
        access.allow(may)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.demand_room_for_a_file(resource)
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
                return redirect("contribution_files", pk)
    files = list(resource.files.select_related("language"))
    context = {
        "form": form,
        "may": may,
        "resource": resource,
        "files": [
            {"file": file, "name": shown_name(file), "tone": READING_TONES.get(file.reading, "")}
            for file in files
        ],
        "is_reading": any(file.reading in BUSY for file in files),
        "trail": way_back(resource),
    }
    return render(request, "resources/contribution/files.html", context)


@access.desk(rules.can_contribute)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_file_removal(request, pk, file):
    resource = own(request, pk)
    access.allow(rules.can_edit(request.user, resource))
    file = get_object_or_404(ResourceFile, pk=file, resource=resource)
    if request.method == "POST":
        name = shown_name(file)
        actions.remove_file(file, by=request.user)
        messages.success(request, _("“%(name)s” is removed.") % {"name": name})
        return redirect("contribution_files", pk)
    context = {"resource": resource, "name": shown_name(file), "trail": way_back(resource)}
    return render(request, "resources/contribution/file_removal.html", context)

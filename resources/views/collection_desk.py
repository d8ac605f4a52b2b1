"""Curated pages on the staff desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.access import allow
from kit.text import one_line
from resources import actions, rules
from resources.collection_forms import CollectionForm, CommentForm, PlaceForm
from resources.models import Collection, CollectionItem, Resource
from resources.queries import collections as queries

LONGEST_SEARCH = 400


@login_required
@require_safe
def collection_desk(request):
    """Every curated page, drafts too."""
    allow(rules.can_curate(request.user))
    collections = queries.with_sizes(Collection.objects.order_by("-updated_at"))
    return render(
        request, "resources/collection_desk.html", {"collections": collections, "trail": trail()[:1]}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collection_new(request):
    """The draft of a new curated page."""
    allow(rules.can_curate(request.user))
    form = CollectionForm(typed(request))
    if form.is_valid():
        made = actions.create_collection(by=request.user, **form.cleaned_data)
        messages.success(request, _("The draft is saved. Now add resources."))
        return redirect("collection_edit", made.pk)
    return render(
        request,
        "resources/collection_new.html",
        {"form": form, "trail": trail()},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collection_edit(request, pk):
    """The texts of a curated page and its entries; `?q=` looks for resources to add."""
    allow(rules.can_curate(request.user))
    collection = get_object_or_404(Collection, pk=pk)
    form = CollectionForm(typed(request), instance=Collection.objects.get(pk=pk))
    if form.is_valid():
        actions.edit_collection(collection, by=request.user, **form.cleaned_data)
        messages.success(request, _("The texts are saved."))
        return redirect("collection_edit", pk)
    return show_editor(request, collection, form)


@login_required
@require_POST
def collection_publication(request, pk):
    """Publish a curated page, or make it a draft again."""
    allow(rules.can_curate(request.user))
    collection = get_object_or_404(Collection, pk=pk)
    if request.POST.get("publish") == "no":
        actions.unpublish_collection(collection, by=request.user)
        messages.success(request, _("The page is a draft again; readers do not see it."))
        return redirect("collection_edit", pk)
    try:
        actions.publish_collection(collection, by=request.user)
        messages.success(request, _("The page is published."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("collection_edit", pk)


@login_required
@require_POST
def collection_items(request, pk):
    """Add a resource at the end."""
    allow(rules.can_curate(request.user))
    collection = get_object_or_404(Collection, pk=pk)
    key = request.POST.get("resource", "")
    resource = get_object_or_404(Resource.objects.published(), pk=key if is_key(key) else None)
    try:
        item = actions.put_item(collection, resource, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("collection_edit", pk)
    messages.success(request, _("“%(title)s” stands on this page.") % {"title": resource.title})
    return redirect(f"{reverse('collection_edit', args=[pk])}#item-{item.pk}")


@login_required
@require_POST
def collection_item_comment(request, pk, item):
    """Change the comment on an entry; what is too long stays typed."""
    allow(rules.can_curate(request.user))
    found = find_item(pk, item)
    form = CommentForm(request.POST, instance=CollectionItem(position=1))
    if not form.is_valid():
        return show_editor(request, found.collection, failed=(found.pk, form), status=422)
    actions.put_item(found.collection, found.resource, comment=form.cleaned_data["comment"], by=request.user)
    messages.success(request, _("The comment is saved."))
    return back_to(found)


@login_required
@require_POST
def collection_item_place(request, pk, item):
    """Move an entry up, down, or to a place."""
    allow(rules.can_curate(request.user))
    found = find_item(pk, item)
    steps = {"up": found.position - 1, "down": found.position + 1}
    form = PlaceForm(request.POST)
    to = steps.get(request.POST.get("step")) or (form.cleaned_data["to"] if form.is_valid() else None)
    if to is None and request.POST.get("step") != "up":
        messages.warning(request, _("A place is a number from 1."))
    elif to:
        actions.move_item(found.collection, found, to=to, by=request.user)
    return back_to(found)


@login_required
@require_POST
def collection_item_removal(request, pk, item):
    """Take an entry off the page."""
    allow(rules.can_curate(request.user))
    found = find_item(pk, item)
    actions.remove_item(found.collection, found.resource, by=request.user)
    messages.success(request, _("“%(title)s” was taken off this page.") % {"title": found.resource.title})
    return redirect(f"{reverse('collection_edit', args=[pk])}#items")


def show_editor(request, collection, form=None, *, failed=None, status=None):
    words = one_line(request.GET.get("q", ""), LONGEST_SEARCH)[0]
    found, is_available = queries.candidates(words, get_language()) if words else ([], True)
    items = queries.items_to_edit(collection)
    present = {item.resource_id for item in items}
    wrong = form is not None and form.is_bound
    return render(
        request,
        "resources/collection_edit.html",
        {
            "collection": collection,
            "form": form or CollectionForm(instance=collection),
            "items": items,
            "failed_item": failed[0] if failed else None,
            "failed_form": failed[1] if failed else None,
            "typed": words,
            "candidates": [(row, row.pk in present) for row in found],
            "is_available": is_available,
            "trail": trail(),
        },
        status=status or (422 if wrong else 200),
    )


def typed(request):
    return request.POST if request.method == "POST" else None


def trail():
    return [(_("Staff desk"), reverse("desk")), (_("Curated pages"), reverse("collection_desk"))]


def find_item(pk, item):
    return get_object_or_404(
        CollectionItem.objects.select_related("collection", "resource"), pk=item, collection=pk
    )


def back_to(item):
    return redirect(f"{reverse('collection_edit', args=[item.collection_id])}#item-{item.pk}")


def is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 19

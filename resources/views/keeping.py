"""A member's bookmarks and saved searches."""

from math import ceil
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kit.dates import moment_in_words, zone
from notifications.queries import preference_of
from resources import actions, queries
from resources.forms import read_page, read_search
from resources.keeping_forms import SavedSearchForm, name_for
from resources.models import Kind, Resource, SavedSearch
from resources.queries.keeping import bookmarked, bookmarks, saved_searches
from resources.tellers import read_stop_token

PER_PAGE = 20
LONGEST_QUERY = 4000
form_page = require_http_methods(["GET", "HEAD", "POST"])


# ── Bookmarks ────────────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def bookmark_list(request):
    keys = bookmarks(request.user)
    total = keys.count()
    pages = max(1, ceil(total / PER_PAGE))
    page = min(read_page(request.GET.get("page", ""), []), pages)
    rows, withdrawn = bookmarked(list(keys[(page - 1) * PER_PAGE : page * PER_PAGE]), get_language())
    context = {
        "rows": with_safe_titles(rows),
        "withdrawn": withdrawn,
        "total": total,
        "page": page,
        "pages": pages,
    }
    return render(request, "resources/bookmark_list.html", context)


def with_safe_titles(rows):
    return [(row, mark_safe(row.title)) for row in rows]


@login_required
@form_page
def bookmark(request, kind, slug):
    """Keep a resource in one's own list."""
    resource = bookmarkable(request, kind, slug)
    if request.method == "POST":
        actions.add_bookmark(resource, by=request.user)
        return redirect(resource)
    return render(request, "resources/bookmark.html", {"resource": resource, "is_removal": False})


@login_required
@form_page
def bookmark_removal(request, kind, slug):
    """Take a resource out of one's own list."""
    resource = bookmarkable(request, kind, slug)
    if request.method == "POST":
        actions.remove_bookmark(resource, by=request.user)
        return redirect("bookmark_list" if request.POST.get("from") == "list" else resource)
    return render(request, "resources/bookmark.html", {"resource": resource, "is_removal": True})


def bookmarkable(request, kind, slug):
    """A resource one may see, or that was withdrawn since one kept it."""
    resources = Resource.objects.filter(kind=kind, slug=slug)
    found = resources.visible_to(request.user) | resources.withdrawn()
    resource = found.first() if kind in Kind.values else None
    if resource is None:
        raise Http404(_("There is no resource at this address."))
    return resource


# ── Saved searches ───────────────────────────────────────────────────────────────────────────────────
@login_required
@require_safe
def saved_search_list(request):
    own_zone = zone(preference_of(request.user).time_zone)
    searches = [
        (search, moment_in_words(search.last_told_at, own_zone) if search.last_told_at else "")
        for search in saved_searches(request.user)
    ]
    return render(request, "resources/saved_search_list.html", {"searches": searches})


@login_required
@form_page
def saved_search_new(request):
    """Save the search that the address carries."""
    search = read_search(request.GET)
    form = SavedSearchForm(request.POST or None, initial={"name": name_for(search)})
    if form.is_valid():
        query = urlencode([pair for pair in search.pairs if pair[0] != "sort"])
        try:
            if len(query) > LONGEST_QUERY:
                form.add_error(None, _("This search has too many filters to be saved."))
            else:
                actions.save_search(
                    request.user, text=search.text, filters=search.filters, query=query, **form.cleaned_data
                )
                messages.success(request, _("The search is saved."))
                return redirect("saved_search_list")
        except actions.AlreadySaved as known:
            form.add_error(
                None, _("You have saved this search already, as “%(name)s”.") % {"name": known.search.name}
            )
        except actions.TooManySearches:
            form.add_error(None, _("You have 100 saved searches. Remove one you no longer need first."))
    context = {
        "form": form,
        "search": search,
        "filters": [words for words, _url in queries.active_filters(search, get_language())],
        "results_url": search.address(),
        "trail": [(_("Library"), reverse("library")), (_("Saved searches"), reverse("saved_search_list"))],
    }
    return render(request, "resources/saved_search_new.html", context)


@login_required
@form_page
def saved_search_edit(request, pk):
    """Another name or rhythm for a saved search."""
    saved = get_object_or_404(SavedSearch, pk=pk, member=request.user)
    form = SavedSearchForm(request.POST or None, initial={"name": saved.name, "frequency": saved.frequency})
    if form.is_valid():
        actions.change_search(saved, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect("saved_search_list")
    context = {
        "form": form,
        "saved": saved,
        "trail": [(_("Library"), reverse("library")), (_("Saved searches"), reverse("saved_search_list"))],
    }
    return render(request, "resources/saved_search_edit.html", context)


@login_required
@form_page
def saved_search_removal(request, pk):
    saved = get_object_or_404(SavedSearch, pk=pk, member=request.user)
    if request.method == "POST":
        actions.remove_search(saved)
        messages.success(request, _("The search is removed."))
        return redirect("saved_search_list")
    return render(request, "resources/saved_search_removal.html", {"saved": saved})


@csrf_exempt
@never_cache
@form_page
def saved_search_stop(request, token):
    """End the alerts of one saved search from a mail (RFC 8058): GET only asks, POST acts without session or token.

    An address that is not ours is answered alike.
    """
    key = read_stop_token(token)
    saved = SavedSearch.objects.filter(pk=key).first() if key is not None else None
    if request.method == "POST":
        if saved:
            actions.stop_search(saved)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            words = _("You hear no more of this search.")
            return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8")
    return render(request, "resources/saved_search_stop.html", {"is_done": request.method == "POST"})

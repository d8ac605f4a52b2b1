"""What pages read of a member's bookmarks and saved searches."""

from django.db.models import Max

from resources.models import Bookmark, Resource, SavedSearch, Status
from resources.queries.rows import rows


def is_bookmarked(member, resource):
    return Bookmark.objects.filter(member=member, resource=resource).exists()


def bookmarks(member):
    """Keys of the resources in the member's list, the last added first."""
    return Bookmark.objects.filter(member=member).order_by("-pk").values_list("resource", flat=True)


def bookmarked(keys, language):
    """(rows of what is published, resources that were withdrawn) of these keys, in their order."""
    resources = Resource.objects.filter(pk__in=keys).only("pk", "kind", "slug", "title", "language", "status")
    known = {resource.pk: resource for resource in resources}
    found = [known[key] for key in keys if key in known]
    withdrawn = [resource for resource in found if resource.status == Status.WITHDRAWN]
    return rows([resource for resource in found if resource.is_published], language), withdrawn


def saved_searches(member):
    """The member's saved searches, by name, each with when it last told them something (`last_told_at`)."""
    searches = SavedSearch.objects.filter(member=member).select_related("pattern")
    return searches.annotate(last_told_at=Max("matches__told_at")).order_by("name", "pk")

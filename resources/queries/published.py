"""Published resources by the thousand, for machines that read them all."""

from django.db.models import F, Max

from resources.models import Kind, Resource


def chapters(size):
    """(number, last change) of each run of `size` keys that holds something published.

    Runs of keys, not of rows: a chapter's members never move to another one, and none costs an offset.
    """
    return list(
        Resource.objects.published()
        .order_by()
        .annotate(chapter=F("pk") / size)
        .values_list("chapter")
        .annotate(Max("updated_at"))
        .order_by("chapter")
    )


def addresses_of(chapter, size):
    """(kind, slug, last change) of the published resources of one chapter; country profiles stand at their country's page."""
    return list(
        Resource.objects.published()
        .exclude(kind=Kind.COUNTRY)
        .filter(pk__gte=chapter * size, pk__lt=(chapter + 1) * size)
        .order_by("pk")
        .values_list("kind", "slug", "updated_at")
    )

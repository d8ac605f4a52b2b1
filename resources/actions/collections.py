"""Curated pages: written, published, taken back, and the entries of one put in their order."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.models import Collection, CollectionItem
from resources.verbs import ResourceVerb

MOST_ITEMS = 200
TEXTS = (*(f"{name}_{code}" for name in ("title", "intro") for code in ("en", "fr", "es", "pt", "ar")),)
COLLECTION_FIELDS = (*TEXTS, "curated_by", "comment_language", "is_sample")


@transaction.atomic
def create_collection(*, by=None, slug="", **values):
    """Write the draft of a curated page. ValidationError where its address is taken."""
    collection = Collection(**{name: values[name] for name in COLLECTION_FIELDS if name in values})
    collection.slug = slug or free_collection_slug(
        slugify(collection.title_en)[:90].strip("-") or "collection"
    )
    if Collection.objects.filter(slug=collection.slug).exists():
        raise ValidationError({"slug": _("Another curated page has this address.")})
    collection.save()
    record(ResourceVerb.COLLECTION_CREATED, actor=by, subject=collection)
    return collection


@transaction.atomic
def edit_collection(collection, *, by=None, **values):
    """Change the texts of a curated page; its address stays. Only what is named is changed."""
    collection = locked(collection)
    for name in COLLECTION_FIELDS:
        if name in values:
            setattr(collection, name, values[name])
    return changed(collection, by)


@transaction.atomic
def publish_collection(collection, *, by=None):
    """Let everybody see a curated page. Publishing it twice changes nothing; an empty one is not published."""
    collection = locked(collection)
    if collection.is_published:
        return collection
    if not collection.resources.published().exists():
        raise ValidationError(_("Add at least one published resource before you publish this page."))
    collection.status = Collection.Status.PUBLISHED
    collection.published_at = collection.published_at or timezone.now()
    collection.save()
    record(ResourceVerb.COLLECTION_PUBLISHED, actor=by, subject=collection)
    return collection


@transaction.atomic
def unpublish_collection(collection, *, by=None):
    """Make a curated page a draft again. Doing it twice changes nothing."""
    collection = locked(collection)
    if not collection.is_published:
        return collection
    collection.status = Collection.Status.DRAFT
    collection.save()
    record(ResourceVerb.COLLECTION_UNPUBLISHED, actor=by, subject=collection)
    return collection


@transaction.atomic
def put_item(collection, resource, *, comment=None, by=None):
    """Put a resource at the end of a curated page, or change the comment of one that stands there."""
    collection = locked(collection)
    item = collection.items.filter(resource=resource).first()
    if item is None:
        count = collection.items.count()
        if count >= MOST_ITEMS:
            raise ValidationError(
                _("A curated page holds at most %(most)d resources.") % {"most": MOST_ITEMS}
            )
        item = collection.items.create(resource=resource, position=count + 1, comment=comment or "")
    elif comment is None or comment == item.comment:
        return item
    else:
        item.comment = comment
        item.save(update_fields=["comment"])
    changed(collection, by)
    return item


@transaction.atomic
def move_item(collection, item, *, to, by=None):
    """Put an entry at place `to`, counted from 1; the others close up. A place beyond the ends is the end."""
    collection = locked(collection)
    order = list(collection.items.exclude(pk=item.pk))
    mine = collection.items.get(pk=item.pk)
    order.insert(min(max(to, 1), len(order) + 1) - 1, mine)
    if [one.position for one in order] != list(range(1, len(order) + 1)):
        number_items(collection, order)
        changed(collection, by)
    return collection


@transaction.atomic
def remove_item(collection, resource, *, by=None):
    """Take a resource off a curated page; the others close up. Twice changes nothing."""
    collection = locked(collection)
    removed, _rows = collection.items.filter(resource=resource).delete()
    if removed:
        number_items(collection, list(collection.items.all()))
        changed(collection, by)
    return collection


def number_items(collection, items):
    """Number the entries from 1. First all go out of the way: a place is taken once at every moment."""
    highest = max((item.position for item in items), default=0) + len(items)
    collection.items.update(position=F("position") + highest)
    for position, item in enumerate(items, 1):
        item.position = position
    CollectionItem.objects.bulk_update(items, ["position"])


def changed(collection, by):
    collection.save()
    record(ResourceVerb.COLLECTION_EDITED, actor=by, subject=collection)
    return collection


def locked(collection):
    return Collection.objects.select_for_update().get(pk=collection.pk)


def free_collection_slug(slug):
    """The slug, or the slug with the first free number."""
    taken = set(Collection.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return (
        slug if slug not in taken else next(s for n in range(2, 10_000) if (s := f"{slug}-{n}") not in taken)
    )

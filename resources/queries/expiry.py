"""Which published jobs are closed and which events are over."""

from django.db.models import Q

from resources.models import Event, Job, Status

ENDS = {
    Job: lambda today: Q(closes_on__lt=today),
    Event: lambda today: Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today),
}


def over(today, *, only=None):
    """(keys of what is closed or over and not marked as expired, keys of what is marked but open again).

    only: the key of one resource, to ask for it alone.
    """
    ended, open_again = [], []
    for model, condition in ENDS.items():
        standing = model.objects.filter(resource__status=Status.PUBLISHED)
        if only is not None:
            standing = standing.filter(pk=only)
        past = standing.filter(condition(today))
        ended += past.filter(resource__expired_at=None).values_list("pk", flat=True)
        marked = standing.filter(resource__expired_at__isnull=False)
        open_again += marked.exclude(pk__in=past.values("pk")).values_list("pk", flat=True)
    return ended, open_again

"""What a member did with their list."""

from datetime import timedelta

from django.utils import timezone

from notifications.models import Mail, Notification

KEEP_READ = timedelta(days=180)
KEEP_UNREAD = timedelta(days=400)
KEEP_MAILS = timedelta(days=90)


def mark_read(notification):
    """Note that it was read. Reading it twice changes nothing."""
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=timezone.now())


def mark_all_read(member, *, up_to):
    """Note as read what the member saw: all up to the key of the newest one on their page. Returns how many."""
    seen = Notification.objects.listed_for(member).unread().filter(pk__lte=up_to)
    return seen.order_by().update(read_at=timezone.now())


def forget_old(now):
    """Drop what was read half a year ago or never read in a year, and mails that ended three months ago."""
    gone = Notification.objects.filter(read_at__lt=now - KEEP_READ).delete()[0]
    gone += Notification.objects.filter(created_at__lt=now - KEEP_UNREAD).delete()[0]
    ended = Mail.objects.exclude(state=Mail.State.UNCERTAIN).filter(ended_at__lt=now - KEEP_MAILS)
    return gone + ended.delete()[0]

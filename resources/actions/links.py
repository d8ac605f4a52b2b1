"""Link health: what is due, what was found, and archived copies."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from activity.ledger import record
from resources.models import LinkCheck, LinkHost, Resource
from resources.verbs import ResourceVerb

STRIKES = 3
AGAIN = timedelta(days=7)  # a healthy link
NIGHTLY = timedelta(hours=20)  # any other
LEASE = timedelta(minutes=20)
SHORTEST_PAUSE, LONGEST_PAUSE = 600, 86400
MOST_OF_A_HOST = 5
CHUNK = 500
Outcome = LinkCheck.Outcome


@transaction.atomic
def plan_link_checks():
    """Have a check for every published resource with an address; one whose address was changed begins anew.

    Returns how many are new.
    """
    published = Resource.objects.published().exclude(url="")
    changed = LinkCheck.objects.exclude(address=F("resource__url")).select_related("resource")
    for check in changed.only("resource__url", "archived_url").iterator(CHUNK):
        begin_anew(check)
    missing = published.filter(link_check=None).values_list("pk", "url")
    rows = [LinkCheck(resource_id=pk, address=url, host=host_of(url)) for pk, url in missing.iterator(CHUNK)]
    LinkCheck.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    return len(rows)


def begin_anew(check):
    """Forget what was found about an address that the resource no longer has."""
    resource = check.resource
    if not resource.url:
        check.delete()
    else:
        LinkCheck.objects.filter(pk=check.pk).update(
            address=resource.url,
            host=host_of(resource.url),
            outcome=Outcome.WAITING,
            reason="",
            status_code=None,
            strikes=0,
            failing_since=None,
            moved_to="",
            due_at=timezone.now(),
        )
    Resource.objects.filter(pk=resource.pk).update(link_broken_since=None)


def renew_link(resource):
    """After an edit: what was found about another address than the resource has now is forgotten at once."""
    check = LinkCheck.objects.select_related("resource").filter(pk=resource.pk).first()
    if check and check.address != check.resource.url:
        begin_anew(check)


def host_of(url):
    try:
        return (urlsplit(url).hostname or "").lower()[:255]
    except ValueError:
        return ""


@transaction.atomic
def claim_links(most, now=None):
    """The next due checks, leased to the caller: at most five of a host, none of a host that is left alone."""
    now = now or timezone.now()
    paused = LinkHost.objects.filter(paused_until__gt=now).values("host")
    due = LinkCheck.objects.due(now).exclude(host__in=paused).order_by("due_at", "pk")
    chosen, of_host = [], {}
    for check in due.select_for_update(of=("self",), skip_locked=True)[: most * 10]:
        if of_host.get(check.host, 0) < MOST_OF_A_HOST:
            of_host[check.host] = of_host.get(check.host, 0) + 1
            chosen.append(check)
        if len(chosen) == most:
            break
    LinkCheck.objects.filter(pk__in=[check.pk for check in chosen]).update(due_at=now + LEASE)
    return chosen


@transaction.atomic
def keep_finding(check, finding, now=None):
    """Write down what asking an address gave. The third failing night in a row breaks the link, one answer mends it."""
    now = now or timezone.now()
    known = LinkCheck.objects.select_for_update().filter(pk=check.pk, address=check.address).first()
    if known is None:
        return
    today, checked = timezone.localdate(now), known.checked_at
    is_new_night = known.strikes == 0 or checked is None or now - checked >= NIGHTLY / 2
    known.reason, known.status_code = finding.reason, finding.status
    known.moved_to, known.checked_at = finding.moved_to, now
    if finding.outcome == Outcome.FAILING:
        known.strikes = min(known.strikes + is_new_night, 1000)
        known.failing_since = known.failing_since or today
        known.outcome = Outcome.BROKEN if known.strikes >= STRIKES else Outcome.FAILING
    else:
        known.outcome, known.strikes, known.failing_since = finding.outcome, 0, None
    known.due_at = now + (AGAIN if known.outcome == Outcome.HEALTHY else NIGHTLY)
    known.save()
    pause_host(known.host, finding, now)
    tell_the_resource(known)


def tell_the_resource(check):
    """Bring what readers see of a link in line with what is known of it."""
    since = check.failing_since if check.outcome == Outcome.BROKEN else None
    changed = Resource.objects.filter(pk=check.pk).exclude(
        Q(link_broken_since=since) if since else Q(link_broken_since=None)
    )
    if changed.update(link_broken_since=since):
        verb = ResourceVerb.LINK_BROKEN if since else ResourceVerb.LINK_HEALED
        record(verb, subject=check.resource)


def pause_host(host, finding, now):
    """Leave a host alone that asked for it or did not answer, each time twice as long; an answer ends that."""
    if finding.pause is None:
        LinkHost.objects.filter(host=host).delete()
        return
    known = LinkHost.objects.select_for_update().filter(host=host).first()
    seconds = min(known.pause_seconds * 2, LONGEST_PAUSE) if known else SHORTEST_PAUSE
    seconds = max(seconds, int(finding.pause.total_seconds()))
    LinkHost.objects.update_or_create(
        host=host,
        defaults={"paused_until": now + timedelta(seconds=seconds), "pause_seconds": seconds},
    )


def release_links(checks, now=None):
    """Give back checks that were claimed and not asked after all: their host had to be left alone."""
    LinkCheck.objects.filter(pk__in=[check.pk for check in checks]).update(due_at=now or timezone.now())


@transaction.atomic
def archive_link(check, archived_url, *, by=None):
    """Say where a copy of what an address once showed is kept; "" takes it back."""
    known = LinkCheck.objects.select_for_update().select_related(None).get(pk=check.pk)
    if known.archived_url == archived_url:
        return known
    known.archived_url = archived_url
    known.save(update_fields=["archived_url"])
    record(ResourceVerb.LINK_ARCHIVED, actor=by, subject=known.resource)
    return known


def hurry_link(check):
    """Have an address asked again as soon as a worker is free, its host's pause or not."""
    LinkHost.objects.filter(host=check.host).delete()
    LinkCheck.objects.filter(pk=check.pk).update(due_at=timezone.now())

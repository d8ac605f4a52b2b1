"""Two addresses for whoever watches the site: does the process answer, and can it do its work?"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from time import monotonic

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activity.models import Activity
from portal.celery import app
from search import upkeep

logger = logging.getLogger(__name__)

SECONDS_FOR_CHECKS = 3
# A check that hangs keeps its thread; with all of them kept the next checks fail at once instead of piling up.
threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="readiness")


class IndexNotReady(Exception):
    """The index is missing, damaged or behind: in the words of the search room, which name no secret."""


def probes(get_response):
    """Middleware, the first of all: a probe by IP address meets no host check, redirect, session or language."""
    answers = {"/healthz": healthz, "/readyz": readyz}

    def answer(request):
        view = answers.get(request.path_info)
        return view(request) if view else get_response(request)

    return answer


@require_safe
@never_cache
def healthz(request):
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request):
    """Database, broker and index, asked at once and for three seconds at most: 200 when all work, or 503."""
    checks = {"database": database, "broker": broker, "index": index}
    until = monotonic() + SECONDS_FOR_CHECKS
    running = {name: threads.submit(in_thread, check) for name, check in checks.items()}
    waiting = threads.submit(in_thread, oldest_undelivered)
    answers = {name: outcome(name, future, until) for name, future in running.items()}
    ready = all(answer["ok"] for answer in answers.values())
    age = outcome("oldest undelivered activity", waiting, until)
    body = {"ready": ready, **answers, "oldest_undelivered_seconds": age.get("detail")}
    return JsonResponse(body, status=200 if ready else 503)


def in_thread(check):
    """Run a check and give its database connection back."""
    try:
        return check()
    finally:
        connection.close()


def outcome(name, future, until):
    """What a check found. Its exception goes to the log only: it may name hosts, users or passwords."""
    try:
        detail = future.result(timeout=max(0, until - monotonic()))
    except IndexNotReady as error:
        return {"ok": False, "error": str(error)}
    except TooSlow:
        future.cancel()
        return {"ok": False, "error": f"no answer within {SECONDS_FOR_CHECKS} seconds"}
    except Exception as error:
        logger.warning("not ready: %s: %s", name, error)
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True} if detail is None else {"ok": True, "detail": detail}


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker():
    """The broker takes messages: a folder that can be written, or a server that answers."""
    if not settings.REDIS_URL:
        queue = settings.BROKER_DIR / "queue"
        if not os.access(queue, os.W_OK | os.X_OK):
            raise PermissionError(f"{queue} cannot be written")
        return
    with app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=SECONDS_FOR_CHECKS)
        broker_connection.default_channel.client.ping()


def index():
    ok, detail = upkeep.health()
    if not ok:
        raise IndexNotReady(detail)


def oldest_undelivered():
    """Age in whole seconds of the oldest activity that still waits for a handler; None when none waits."""
    oldest = Activity.objects.undelivered().aggregate(oldest=Min("at"))["oldest"]
    return None if oldest is None else max(0, int((timezone.now() - oldest).total_seconds()))

"""The web server. The application is loaded once, before the workers fork, so that they share its memory."""

import gc
from pathlib import Path

from django.db import connections
from gunicorn.http import message

from portal import settings

wsgi_app = "portal.wsgi"
preload_app = True
worker_class = "gthread"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
timeout = 30
graceful_timeout = 8
keepalive = 5
loglevel = "warning"
# Its control socket would lie in the home of whoever starts it, and be shared by all portals there.
control_socket_disable = True
max_requests = 10000
max_requests_jitter = 1000
# gunicorn answers longer lines with a bare 414; a page that says what is too long is kinder, so up to here they pass.
message.MAX_REQUEST_LINE = limit_request_line = 64 * 1024
# The heartbeat file on a disk can stall a worker while the disk is busy.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def when_ready(server):
    """Nothing opened while loading may be shared by forks; frozen objects keep their pages shared."""
    connections.close_all()
    gc.collect()
    gc.freeze()

"""A throw-away nginx with the project's own deploy/nginx.conf; only addresses and folders are those of this machine."""

import os
import subprocess
from contextlib import contextmanager

from lib.environment import ROOT
from lib.processes import start, stop
from lib.services import find, free_port, wait_until

SITE = ROOT / "deploy" / "nginx.conf"
FOLDER = "/var/lib/portal"
MAIN = """\
{user} worker_processes 2; daemon off; pid {folder}/pid; error_log stderr;
events {{}}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; sendfile on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/other; uwsgi_temp_path {folder}/other; scgi_temp_path {folder}/other;
    include {folder}/site.conf;
}}
"""


@contextmanager
def nginx(folder, *, web_port, var_dir, port=None):
    """nginx before the web server on a port of this machine; gives (process, port). `find("nginx")` says whether it is there."""
    port = port or free_port()
    (folder / "cache").mkdir(parents=True)
    (folder / "site.conf").write_text(
        SITE.read_text()
        .replace("server web:8000;", f"server 127.0.0.1:{web_port};")
        .replace("listen 80 ", f"listen 127.0.0.1:{port} ")
        .replace("/var/cache/nginx", str(folder / "cache"))
        .replace(FOLDER, str(var_dir))
    )
    # Folders made for a test or a benchmark are open to their owner only.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder))
    with (folder / "log").open("w+") as log:
        child = start(
            [find("nginx"), "-e", "stderr", "-c", folder / "nginx.conf"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until((folder / "pid").exists, child, log, "nginx")
            yield child, port
        finally:
            stop([child])

"""Programs from Debian's packages: installed by root, or unpacked into a folder by anybody else."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

LAUNCHER = """#!/bin/sh
# Chromium out of unpacked packages: it finds its libraries and fonts beside itself.
root={root}
export LD_LIBRARY_PATH={libraries} FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/chromium" "$@"
"""

FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/var/cache/fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans</family><family>DejaVu Sans</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif</family><family>DejaVu Serif</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


class AptFailed(Exception):
    """apt-get did not do what was asked; the text is the last line that it printed."""


def apt(*arguments, **settings):
    """Run apt-get without questions; no package starts a server of its own."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1", "LC_ALL": "C.UTF-8"}
    options = [
        part for name, value in settings.items() for part in ("-o", f"{name.replace('__', '::')}={value}")
    ]
    done = subprocess.run(
        ["apt-get", "-q", *options, *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines() or ["it printed nothing"]
        raise AptFailed(f"apt-get {' '.join(arguments)}: {said[-1]}")


def can_install():
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages):
    """Install packages for the whole machine; only root can."""
    apt("update")
    apt("install", "-y", "--no-install-recommends", *packages)


def unpacked_chromium(folder):
    """Path of a Chromium that needs no root: its packages and those it depends on, unpacked below `folder` once."""
    launcher = folder / "chromium"
    if launcher.exists():
        return str(launcher)
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    root = folder / "root"
    shutil.rmtree(folder, ignore_errors=True)
    root.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="portal-apt-", dir=folder) as name:
        own = Path(name)
        for part in ("lists/partial", "cache/archives/partial", "log"):
            (own / part).mkdir(parents=True)
        settings = {
            "Dir__State__lists": own / "lists",
            "Dir__Cache": own / "cache",
            "Dir__Log": own / "log",
            "Debug__NoLocking": "1",
        }
        apt("update", **settings)
        wanted = ["chromium", "fonts-dejavu-core", "fonts-noto-core"]
        apt("install", "-y", "--download-only", "--no-install-recommends", *wanted, **settings)
        for package in (own / "cache" / "archives").glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    libraries = sorted({str(path.parent) for path in root.rglob("*.so*") if "/lib/" in str(path)})
    (root / "fonts.conf").write_text(FONTS.format(root=root))
    launcher.write_text(LAUNCHER.format(root=f"'{root}'", libraries="'" + ":".join(libraries) + "'"))
    launcher.chmod(0o755)
    return str(launcher)

"""Compile `locale/*/LC_MESSAGES/*.po` without the gettext tools."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the translations whose .po file is newer than what was compiled from it."

    def handle(self, *args, **options):
        compiled = compile_translations(settings.LOCALE_PATHS)
        self.stdout.write(f"{compiled} translation file{'' if compiled == 1 else 's'} compiled.")


def compile_translations(folders):
    """Write each .mo that is missing or older than its .po; returns how many were written."""
    compiled = 0
    for po in sorted(po for folder in folders for po in Path(folder).glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        try:
            catalogue = polib.pofile(str(po))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{po} cannot be compiled: {error}") from error
        half_written = mo.with_suffix(".mo.new")
        catalogue.save_as_mofile(str(half_written))
        half_written.replace(mo)
        compiled += 1
    return compiled

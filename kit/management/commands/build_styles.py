from django.core.management.base import BaseCommand

from kit.styles import BUILT, build


class Command(BaseCommand):
    help = "Joins static/css/**/*.css into static/portal.css. Run it after a change to a style; a test says when it was forgotten."

    def handle(self, *args, **options):
        text = build()
        BUILT.write_text(text)
        self.stdout.write(f"{BUILT.name}: {len(text.encode()):,} bytes")

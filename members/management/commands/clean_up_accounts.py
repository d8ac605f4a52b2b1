"""Delete what is kept no longer than it is needed."""

from django.core.management.base import BaseCommand

from members import actions


class Command(BaseCommand):
    help = "Delete old letters, browsers, proofs, unverified accounts and expired exports; each day the clock does it, too."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say how many rows it would be, and delete none"
        )

    def handle(self, *args, dry_run, **options):
        if dry_run:
            counts = {rule: rows.count() for rule, rows in actions.old_rows().items()}
            counts["exports after a day"] = actions.expired_exports().count()
        else:
            counts = actions.clean_up()
        for rule, count in counts.items():
            self.stdout.write(f"{count:>8}  {rule}")
        self.stdout.write("Nothing was deleted." if dry_run else "Deleted.")

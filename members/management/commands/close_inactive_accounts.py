"""Start to close the accounts nobody has used for two years."""

from django.core.management.base import BaseCommand

from members import actions


class Command(BaseCommand):
    help = (
        "Write to members who have not signed in for two years; whoever does not sign in within six weeks is erased."
        " Staff accounts are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="list the accounts, and write to nobody")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            for member in actions.inactive_members().order_by("pk"):
                last = member.last_login or member.joined_at
                self.stdout.write(f"{member.pk:>8}  {last:%Y-%m-%d}  {member.email}")
            self.stdout.write("Nobody was written to.")
            return
        self.stdout.write(
            f"{actions.close_inactive()} accounts will be closed in six weeks unless somebody signs in."
        )

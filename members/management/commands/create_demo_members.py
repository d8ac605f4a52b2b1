"""Two accounts to try the portal with: one of staff, one ordinary."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from members.actions import create_demo_members


class Command(BaseCommand):
    help = "Create a staff account and an ordinary account for a demonstration on this machine, and print the password."

    def handle(self, *args, **options):
        try:
            accounts = create_demo_members()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        for account in accounts:
            self.stdout.write("{email}  {password}  ({role})".format(**account))

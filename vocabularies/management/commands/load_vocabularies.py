"""Loads countries, regions, languages, topics and organisations from `vocabularies/data`."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vocabularies import actions
from vocabularies.load.files import DATA, VocabularyError


class Command(BaseCommand):
    help = "Load countries, regions, languages, topics and organisations from their files. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", default=str(DATA), help="folder of the files")
        parser.add_argument("--check", action="store_true", help="check the files and change nothing")

    def handle(self, *, folder, check, verbosity, **options):
        try:
            if check:
                read = actions.read_vocabularies(folder)
                return self.stdout.write(_("The files are in order: %d tables.") % len(read))
            changes = actions.load_vocabularies(
                folder, progress=lambda name: verbosity and self.progress(name)
            )
        except VocabularyError as error:
            raise CommandError(_("Nothing was loaded. %s") % error) from error
        if verbosity:
            self.tell(changes)

    def progress(self, name):
        self.stdout.write(_("Loading %s …") % name)
        self.stdout.flush()

    def tell(self, changes):
        heads = [_("created"), _("updated"), _("unchanged"), _("removed")]
        self.stdout.write(" " * 28 + "".join(f"{head:>11}" for head in heads))
        for change in changes:
            counts = [change.created, change.updated, change.unchanged, change.removed]
            self.stdout.write(f"{change.name:28}" + "".join(f"{count:>11}" for count in counts))
            for name in change.kept:
                self.stdout.write(
                    "  " + _("“%s” is no longer in the file, but it is in use and stays.") % name
                )

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from resources.volume import NothingToReferTo, clear_volume, make_volume


class Command(BaseCommand):
    help = "Make realistic volume for benchmarks; running it again completes what is missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--resources", type=int, default=18_000, help="how many resources (18,000 without)"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same resources")
        parser.add_argument("--clear", action="store_true", help="remove all made-up resources instead")

    def handle(self, *, resources, seed, clear, verbosity, **_options):
        def progress(batches):
            return tqdm(batches, unit="batch", desc="volume", disable=verbosity == 0, mininterval=0.5)

        try:
            if clear:
                self.stdout.write(f"{clear_volume(progress=progress):,} made-up resources removed.")
                return
            written = make_volume(resources, seed=seed, progress=progress)
        except NothingToReferTo as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run the same command again to go on from here.") from None
        self.stdout.write(f"{written:,} made-up resources written, {resources:,} asked for.")

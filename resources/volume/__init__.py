"""Volume for benchmarks: many made-up resources that look, to the database and the index, like real ones."""

from resources.volume.store import SOURCE, NothingToReferTo, clear_volume, make_volume

__all__ = ["SOURCE", "NothingToReferTo", "clear_volume", "make_volume"]

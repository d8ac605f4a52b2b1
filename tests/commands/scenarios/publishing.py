"""Resources are published and withdrawn while a worker runs."""

import json

from activity.models import Activity
from resources import actions
from resources.models import Status
from search.find import find
from search.results import SearchUnavailable
from tests import make
from tests.commands.scenarios import wait_for, worker


def hits(text):
    try:
        return find(text).total
    except SearchUnavailable:
        return 0


def main():
    with worker():
        make.resource(title="Warming up the worker")
        warm = wait_for(lambda: hits("warming") == 1)
        drafts = [
            make.resource(title=f"Unpublished {word}", status=Status.SUBMITTED)
            for word in ("maize", "sorghum")
        ]
        found, gone = [], []
        for word in ("millet", "cassava", "teff"):
            resource = make.resource(title=f"Cash transfers and {word}")
            found.append(wait_for(lambda word=word: hits(word) == 1))
            actions.withdraw_resource(resource, reason="Replaced")
            gone.append(wait_for(lambda word=word: hits(word) == 0))
        wait_for(lambda: not Activity.objects.undelivered().exists())
        unpublished = sum(hits(word) for word in ("unpublished", "maize", "sorghum"))
    print(
        json.dumps(
            {"warm": warm, "found": found, "gone": gone, "drafts": len(drafts), "unpublished": unpublished}
        )
    )


if __name__ == "__main__":
    main()

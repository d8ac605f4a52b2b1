"""Which handlers answer which verbs; rooms declare them in `handlers.py`."""

from collections import defaultdict

_handlers = defaultdict(dict)


def handles(*verbs):
    """Register a function `handler(activity)` for verbs; its dotted name is the key of its receipts."""

    def register(function):
        for verb in verbs:
            _handlers[str(verb)][f"{function.__module__}.{function.__name__}"] = function
        return function

    return register


def handlers_of(verb):
    """The handlers of a verb by name."""
    return dict(_handlers.get(str(verb), {}))

"""Places in a page that rooms above fill; the page never hears of them.

A template says `{% slot "resources.detail" resource %}`. A room's `slots.py` registers a function
`(request, subject) -> html or ""` with `@fills("resources.detail")`.
"""

from collections import defaultdict

_fillings = defaultdict(list)


def fills(name):
    """Register a function for the slot `name`; functions run in the order of the rooms."""

    def register(function):
        if function not in _fillings[name]:
            _fillings[name].append(function)
        return function

    return register


def fillings(name):
    return list(_fillings.get(name, ()))

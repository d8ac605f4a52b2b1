"""What a process may keep for a few minutes instead of asking the database again."""

from functools import wraps
from time import monotonic
from typing import Any, NamedTuple

from kit import generation

MOST = 2000  # answers a function keeps; the oldest goes first
# After a change a dear answer is made anew more rarely than a cheap one, so that it never costs more than 2 % of the time.
REST = 50
_memories = []


class Answer(NamedTuple):
    value: Any
    until: float
    mark: Any
    rests_until: float

    def stands(self, now, mark):
        return now < self.until and (mark == self.mark or now < self.rests_until)


def remembered(*, seconds):
    """Keep the answers of a function by its arguments, for `seconds` or until something published changes."""

    def decorate(function):
        memory = {}
        _memories.append(memory)

        @wraps(function)
        def answer(*args):
            mark = generation.current()[0]
            known = memory.get(args)
            began = monotonic()
            if known and known.stands(began, mark):
                return known.value
            value = function(*args)
            ended = monotonic()
            memory.pop(args, None)
            while len(memory) >= MOST:
                memory.pop(next(iter(memory)), None)
            memory[args] = Answer(value, ended + seconds, mark, ended + REST * (ended - began))
            return value

        return answer

    return decorate


def forget_everything():
    for memory in _memories:
        memory.clear()

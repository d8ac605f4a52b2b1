"""What a process may keep for a few minutes instead of asking the database again."""

from functools import wraps
from time import monotonic

_memories = []


def remembered(*, seconds):
    """Keep the answers of a function by its arguments, which must come from a small closed set."""

    def decorate(function):
        memory = {}
        _memories.append(memory)

        @wraps(function)
        def answer(*args):
            known = memory.get(args)
            if known and known[0] > monotonic():
                return known[1]
            value = function(*args)
            memory[args] = (monotonic() + seconds, value)
            return value

        answer.forget = memory.clear
        return answer

    return decorate


def forget_everything():
    for memory in _memories:
        memory.clear()

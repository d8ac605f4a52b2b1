"""What a process may keep for a few minutes instead of asking the database again."""

from functools import wraps
from time import monotonic

MOST = 2000  # answers a function keeps; the oldest goes first
_memories = []


def remembered(*, seconds):
    """Keep the answers of a function by its arguments."""

    def decorate(function):
        memory = {}
        _memories.append(memory)

        @wraps(function)
        def answer(*args):
            known = memory.get(args)
            if known and known[0] > monotonic():
                return known[1]
            value = function(*args)
            memory.pop(args, None)
            while len(memory) >= MOST:
                memory.pop(next(iter(memory)), None)
            memory[args] = (monotonic() + seconds, value)
            return value

        answer.forget = memory.clear
        return answer

    return decorate


def forget_everything():
    for memory in _memories:
        memory.clear()

import pytest

from kit import generation, remember


@pytest.fixture
def clock(monkeypatch):
    """The time, which passes only when a test says so."""
    now = [1000.0]
    monkeypatch.setattr(remember, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def mark(monkeypatch):
    """What the generation says."""
    now = [1]
    monkeypatch.setattr(generation, "current", lambda: (now[0], 0.0))
    return now


def test_an_answer_is_kept_by_its_arguments_until_its_time_is_over(clock, mark):
    asked = []

    @remember.remembered(seconds=60)
    def double(number):
        asked.append(number)
        return number * 2

    answers = [double(1), double(1), double(2)]
    clock[0] += 60.1
    answers.append(double(1))

    assert answers == [2, 2, 4, 2]
    assert asked == [1, 2, 1]


def test_a_change_of_what_is_published_ends_an_answer(clock, mark):
    asked = []

    @remember.remembered(seconds=60)
    def ask():
        asked.append(mark[0])

    ask()
    mark[0] = 2
    ask()
    ask()

    assert asked == [1, 2]


def test_a_dear_answer_rests_after_a_change_in_the_measure_of_its_cost(clock, mark):
    asked = []

    @remember.remembered(seconds=600)
    def ask():
        asked.append(mark[0])
        clock[0] += 2

    ask()
    mark[0] = 2
    clock[0] += 99
    ask()
    clock[0] += 2
    ask()

    assert asked == [1, 2]


def test_everything_can_be_forgotten_at_once(mark):
    asked = []

    @remember.remembered(seconds=60)
    def ask():
        asked.append(1)

    ask()
    remember.forget_everything()
    ask()

    assert asked == [1, 1]


def test_memory_is_bounded_and_the_oldest_answer_goes_first(monkeypatch, mark):
    monkeypatch.setattr(remember, "MOST", 2)
    asked = []

    @remember.remembered(seconds=60)
    def ask(number):
        asked.append(number)

    for number in (1, 2, 3, 3, 2, 1):
        ask(number)

    assert asked == [1, 2, 3, 1]

from kit import remember


def test_an_answer_is_kept_by_its_arguments_until_its_time_is_over(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(remember, "monotonic", lambda: clock[0])
    asked = []

    @remember.remembered(seconds=60)
    def double(number):
        asked.append(number)
        return number * 2

    answers = [double(1), double(1), double(2)]
    clock[0] = 60.1
    answers.append(double(1))

    assert answers == [2, 2, 4, 2]
    assert asked == [1, 2, 1]


def test_everything_can_be_forgotten_at_once():
    asked = []

    @remember.remembered(seconds=60)
    def ask():
        asked.append(1)

    ask()
    remember.forget_everything()
    ask()

    assert asked == [1, 1]


def test_memory_is_bounded_and_the_oldest_answer_goes_first(monkeypatch):
    monkeypatch.setattr(remember, "MOST", 2)
    asked = []

    @remember.remembered(seconds=60)
    def ask(number):
        asked.append(number)

    for number in (1, 2, 3, 3, 2, 1):
        ask(number)

    assert asked == [1, 2, 3, 1]

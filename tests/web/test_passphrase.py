"""The passphrase before a class may be opened."""

import pytest

from explorer.web.throttle import (
    PASSPHRASE_FREE,
    PASSPHRASE_HELD,
    PASSPHRASE_QUEUE,
    Passphrase,
    TooManyGuesses,
)


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def gate(time: Time) -> Passphrase:
    return Passphrase("green apples", time.clock, time.sleep)


def test_the_words_open_and_others_do_not() -> None:
    """The very words are let in, with spaces around them; nothing near them is."""
    found = gate(Time())
    assert found.lets_in(" green apples ", "a")
    assert not found.lets_in("Green apples", "a")
    assert not found.lets_in("", "a")
    assert not found.is_open
    assert Passphrase("").is_open


def test_guesses_take_longer_and_longer() -> None:
    """Three wrong words are free, then each takes twice as long, up to eight seconds."""
    time = Time()
    found = gate(time)
    for _ in range(9):
        assert not found.lets_in("pears", "a")
    assert time.slept == [0, 0, 0, 1, 2, 4, 8, 8, 8]


def test_another_address_is_not_slowed() -> None:
    """Guesses from one address do not hold up a teacher at another one."""
    time = Time()
    found = gate(time)
    for _ in range(5):
        found.lets_in("pears", "a")
    time.slept.clear()
    assert found.lets_in("green apples", "b")
    assert time.slept == [0]


def test_after_a_calm_time_words_are_free_again() -> None:
    """Ten quiet minutes later the first word is answered at once."""
    time = Time()
    found = gate(time)
    for _ in range(5):
        found.lets_in("pears", "a")
    time.now += 601
    time.slept.clear()
    assert found.lets_in("green apples", "a")
    assert time.slept == [0]


def test_a_long_line_is_refused() -> None:
    """Guesses sent all at once from one address do not fill the server."""
    refused: list[bool] = []

    def crowd(_seconds: float) -> None:
        if len(refused) == 0:
            refused.append(False)
            caller = next(iter(found._known.values()))
            caller.waiting = PASSPHRASE_QUEUE
            with pytest.raises(TooManyGuesses):
                found.lets_in("pears", "a")
            caller.waiting = 1

    found = Passphrase("green apples", sleep=crowd)
    assert found.lets_in("green apples", "a")
    assert refused == [False]


def test_one_household_is_one_address() -> None:
    """Whoever changes the last half of an IPv6 address is slowed all the same."""
    time = Time()
    found = gate(time)
    for number in range(5):
        found.lets_in("pears", f"2001:db8::{number}")
    assert time.slept == [0, 0, 0, 1, 2]


def test_no_address_is_kept_as_it_is() -> None:
    """Only its hash is in memory."""
    found = gate(Time())
    found.lets_in("pears", "192.0.2.7")
    assert b"192.0.2.7" not in b"".join(found._known)


def test_guessers_of_many_addresses_hold_few_threads() -> None:
    """Guesses that sleep are bounded over all addresses; a teacher elsewhere still gets in."""
    asleep: list[float] = []
    refused: list[str] = []

    def sleep(seconds: float) -> None:
        if not seconds:
            return
        asleep.append(seconds)
        other = f"guesser {len(asleep)}"
        if len(asleep) <= PASSPHRASE_HELD:
            guess_while_others_sleep(other)
        else:
            pytest.fail("one more guess sleeps than there are places")

    def guess_while_others_sleep(address: str) -> None:
        if len(asleep) == PASSPHRASE_HELD:
            assert found.lets_in("green apples", "a teacher")
        try:
            found.lets_in("pears", address)
        except TooManyGuesses:
            refused.append(address)

    found = Passphrase("green apples", sleep=sleep)
    for number in range(PASSPHRASE_HELD + 1):
        for _ in range(PASSPHRASE_FREE):
            found.lets_in("pears", f"guesser {number}")
    assert not found.lets_in("pears", "guesser 0")
    assert len(asleep) == PASSPHRASE_HELD
    assert refused == [f"guesser {PASSPHRASE_HELD}"]
    asleep.clear()
    refused.clear()
    assert not found.lets_in("pears", "guesser 0")  # the places are given back

"""What a nurse's check is worth: who passes it without knowing, and who by knowing."""

from explorer.domain.guessing import Guesser
from tests.benchmarks.check_passes import guesses, knows, rate
from tests.questions import bank

BANK = bank()
NOTHING = guesses(Guesser.ASKS, testwise=True)


def test_guessing_does_not_pass_and_knowing_does() -> None:
    """Forty checks each: none is passed by guessing, all by who knows all and never slips."""
    assert rate(BANK, NOTHING, 40)[0] == 0
    assert rate(BANK, knows(1, 0, NOTHING), 40) == (1, 100)

"""Codes as people type them."""

import pytest

from explorer.classes.keys import normalise_code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cdf-346", "CDF346"),
        (" C D F 3 4 6\n", "CDF346"),
        ("<CDF346>", "CDF346"),
        ("CDF346" * 50, "CDF346CDF346"),
        ("\u0663\u0664", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, code: str) -> None:
    """Case and other characters do not matter; what is longer than any code is cut."""
    assert normalise_code(typed) == code

"""The count of checks in a browser: what is sent to it, and what is believed of its answer."""

from types import SimpleNamespace

import pytest

from explorer.ui.components import attempt_count


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("1/now 3", 3),
        ("1/now 9999", 9999),
        ("", 0),
        ("2/then 3", 0),
        ("1/now 99999", 0),
        ("1/now -1", 0),
        ("1/now x", 0),
    ],
)
def test_only_a_number_of_this_check_counts(
    monkeypatch: pytest.MonkeyPatch, told: str, number: int
) -> None:
    """Anybody may have written what a browser tells; another check's number is none of this one."""
    sent: list[object] = []

    def component(**given: object) -> SimpleNamespace:
        sent.append(given["data"])
        return SimpleNamespace(told=told)

    monkeypatch.setattr(attempt_count, "_component", component)
    assert attempt_count.number("1/now", key="k") == number
    assert sent == [{"name": attempt_count.NAME, "check": "1/now"}]

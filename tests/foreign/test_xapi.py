"""A nurse's record as xAPI, held to the check of a record store that is not ours."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from explorer.export import record_json
from tests.domain.test_records import record, run
from tests.foreign.xapi import faults
from tests.questions import bank

pytestmark = pytest.mark.foreign


def statements(*, right: bool) -> list[dict[str, Any]]:
    """Give the statements of a record of which all, or nothing, was right."""
    questions = bank()
    found: list[dict[str, Any]] = json.loads(
        record_json.write_xapi(record(questions, run(questions, lambda _: right)))
    )
    return found


@pytest.mark.parametrize("right", [True, False])
def test_a_record_store_takes_each_statement_of_a_record(right: bool) -> None:
    """Learning Locker's check finds nothing wrong with the check and with each point."""
    found = statements(right=right)
    assert len(found) > 1
    assert faults(found) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("verb"),
        lambda one: one.update(timestamp="yesterday"),
        lambda one: one["result"].update(duration="5 minutes"),
    ],
    ids=["no-verb", "no-time", "no-duration"],
)
def test_the_check_tells_a_fault(spoil: Callable[[dict[str, Any]], object]) -> None:
    """It can say no: to a missing verb, a time and a duration that are none."""
    first, *_ = statements(right=True)
    spoil(first)
    assert len(faults([first])) == 1

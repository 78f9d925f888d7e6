"""Learning Locker's check of xAPI statements, as a record store runs it on each that arrives."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

_SCRIPT = (
    "const check = require('@learninglocker/xapi-validation').default;"
    "const said = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    "const told = said.flatMap((one) => check(one, ['statement']));"
    "console.log(JSON.stringify(told.map(String)))"
)


def faults(statements: Sequence[dict[str, Any]]) -> list[str]:
    """Give what a record store would refuse.

    Args:
        statements: each as JSON reads it.
    """
    said = subprocess.run(
        ["node", "-e", _SCRIPT],
        input=json.dumps(list(statements)),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: list[str] = json.loads(said.stdout)
    return found

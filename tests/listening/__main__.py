"""Walk pages by hand: ``python -m tests.listening ADDRESS KEY ...``; keys as in a route's lines.

A key is ``h``, ``Down*5``, ``wait:3``, ``type:fever`` or ``open:/quiz``; ``--phone`` is narrow.
"""

import sys
import tempfile
from pathlib import Path

from tests.listening.desk import Desk, settings_of, versions, what_is_missing
from tests.listening.player import Route, Step, play


def _step(word: str) -> Step:
    kind, colon, what = word.partition(":")
    if colon and kind in {"wait", "type", "open", "patience"}:
        return Step(kind, what)
    return Step("press", word.replace("*", " *"))


def main(arguments: list[str]) -> int:
    """Print what is heard; return 2 where a program is missing."""
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    missing = what_is_missing()
    if missing:
        sys.stderr.write(f"not on this machine: {missing}\n")
        return 2
    window = {"window": "phone"} if "--phone" in arguments else {}
    address, *keys = [word for word in arguments if word != "--phone"]
    route = Route("by-hand", address, window, [Step("open", ""), *map(_step, keys)])
    with (
        tempfile.TemporaryDirectory(prefix="ear-", ignore_cleanup_errors=True) as folder,
        Desk(Path(folder), settings_of(window)) as desk,
    ):
        sys.stdout.write(f"{versions()}\n")
        for step in route.steps:
            one = Route("step", "", window, [step])
            for item in play(one, desk, address):
                sys.stdout.write(f"> {item.name}\n" + "".join(f"  {x}\n" for x in item.lines))
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

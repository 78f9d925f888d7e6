"""Packets that get lost on their way, by rules of nftables: needs root, and the package ``nftables``."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

PERCENT: Final = 5
"""Of how many packets in a hundred nothing arrives: a poor wireless network."""


class Loss:
    """Drops packets to and from ports of this machine, at random, on the loopback device only.

    What TCP shows of it to a program are stalls: from 0.2 seconds on, longer each time that the same
    packet is lost again.

    Args:
        ports: the ports; other connections lose nothing.
    """

    def __init__(self, ports: Iterable[int]) -> None:
        self._ports = "{ " + ", ".join(str(port) for port in ports) + " }"
        self._table = f"chaos_{os.getpid()}"

    def can_be(self) -> bool:
        """Return whether this user may make such rules."""
        if shutil.which("nft") is None:
            return False
        try:
            self.begin()
        except subprocess.CalledProcessError:
            return False
        self.end()
        return True

    def begin(self) -> None:
        """Begin to drop."""
        chance = f"numgen random mod 100 < {PERCENT} counter drop"
        rules = "\n".join(
            f"iif lo tcp {side} {self._ports} {chance}" for side in ("dport", "sport")
        )
        self._nft(
            f"table inet {self._table} {{ chain lossy {{\n"
            f"type filter hook input priority 0;\n{rules}\n}}\n}}\n"
        )

    def end(self) -> int:
        """Drop no more, and return how many packets were dropped."""
        listed = self._nft(f"list table inet {self._table}")
        self._nft(f"delete table inet {self._table}")
        return sum(int(number) for number in re.findall(r"counter packets (\d+)", listed))

    def close(self) -> None:
        """Take the rules away where they are left."""
        with suppress(OSError, subprocess.CalledProcessError):
            self.end()

    def _nft(self, said: str) -> str:
        done = subprocess.run(
            ["nft", "-f", "-"], input=said, text=True, capture_output=True, check=True
        )
        return done.stdout

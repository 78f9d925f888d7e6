"""What the tests of the command share: the shipped content, checked once a process."""

from typing import Any

import pytest

from explorer import paths, runtime
from explorer.content.load import Content


class ReadOnce:
    """``read_checked``, which remembers what it made of the shipped folder."""

    def __init__(self) -> None:
        self._read = runtime.read_checked
        self._kept: Content | None = None

    def __call__(self, folder: Any, *given: Any, **named: Any) -> Content:
        """Return the content of a folder; only that of the shipped one, as it is, is remembered."""
        if folder != paths.DATA or given or named != {"jurisdiction": "us", "local": None}:
            return self._read(folder, *given, **named)
        if self._kept is None:
            self._kept = self._read(folder, **named)
        return self._kept


@pytest.fixture(scope="session")
def remembered() -> ReadOnce:
    """Return the memory of this process."""
    return ReadOnce()


@pytest.fixture
def read_once(remembered: ReadOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands in this process read the shipped content once for all of them."""
    monkeypatch.setattr(runtime, "read_checked", remembered)

"""The catalogue of interface words and sentence templates, kept as data, not in code."""

from functools import cached_property
from typing import Annotated

from explorer.domain.base import Frozen
from explorer.domain.prose import Code, Layer, Prose

Message = tuple[Annotated[str, Code("key")], Annotated[str, Prose(Layer.INTERFACE)]]
"""A message by its dotted key."""


class Words(Frozen):
    """Interface words by key; sentence templates carry ``{names}`` to be filled in."""

    entries: tuple[Message, ...]
    derived: tuple[Annotated[str, Code("key")], ...] = ()
    """Keys of messages whose text is held in another file, where the rules read it."""

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return dict(self.entries)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key.

        Args:
            key: dotted key, such as ``compare.title``.
            values: what the template's ``{names}`` stand for.

        Raises:
            KeyError: no such key, or the template names a value that was not given.
        """
        template = self._by_key[key]
        return template.format(**values) if values else template

    def has(self, key: str) -> bool:
        """Return whether a key exists."""
        return key in self._by_key

    def told_by(self, texts: dict[str, str]) -> "Words":
        """Return words in which some messages are told by other content than ``words.toml``.

        Args:
            texts: the new text of each key; the keys exist.
        """
        return self.evolve(
            entries=tuple((key, texts.get(key, text)) for key, text in self.entries),
            derived=(*self.derived, *texts),
        )

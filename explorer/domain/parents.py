"""What a parent reads: whole sentences, written by hand, in the place of those to a patient.

Most sentences fit everybody ("Ask your team."). Where one speaks of the patient as "you", a parent
would read it of themselves. Nothing is rewritten by a program here: a sentence is taken out whole
and another one, which an editor wrote and the rules compared with it, is put in. A sentence that
nobody wrote for parents stays as it is.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Final

from explorer.domain.base import Frozen, Text
from explorer.domain.prose import Code, Layer, Prose

MEDICINE: Final = "{medicine}"
"""Stands for the one medicine that a sentence names."""

_BETWEEN: Final = re.compile(r"((?<=[.!?])\s+(?=[A-Z'\"(0-9]))")


class ParentSentence(Frozen):
    """A sentence of the content, and the same for a parent."""

    said: Annotated[Text, Code("a sentence of the content, as it stands there")]
    parent: Annotated[Text, Prose(Layer.DETAIL)]


class ParentVoice(Frozen):
    """All sentences for parents, and the names that may stand for ``{medicine}`` in them."""

    sentences: tuple[ParentSentence, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def _by_said(self) -> dict[str, str]:
        return {item.said: item.parent for item in self.sentences}

    @cached_property
    def _name(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.names, key=len, reverse=True)
        return (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
            if longest_first
            else None
        )

    def of(self, text: str) -> str:
        """Return a text in the words of a parent.

        Args:
            text: one or more sentences as a patient reads them.
        """
        if not self.sentences:
            return text
        return "".join(self._one(part) for part in _BETWEEN.split(text))

    def entry_of(self, sentence: str) -> str:
        """Return the ``said`` by which a sentence is found, or nothing where there is none."""
        if sentence in self._by_said:
            return sentence
        general, _ = self._general(sentence)
        return general if general in self._by_said else ""

    def _one(self, sentence: str) -> str:
        if sentence in self._by_said:
            return self._by_said[sentence]
        general, name = self._general(sentence)
        return (
            self._by_said[general].replace(MEDICINE, name) if general in self._by_said else sentence
        )

    def _general(self, sentence: str) -> tuple[str, str]:
        """Put ``{medicine}`` in the place of the medicine, where a sentence names just one."""
        found = set(self._name.findall(sentence)) if self._name else set()
        if len(found) != 1:
            return "", ""
        (name,) = found
        return sentence.replace(name, MEDICINE), name


def sentences_of(texts: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of some texts, cut as they are cut for a parent."""
    for text in texts:
        yield from _BETWEEN.split(text)[::2]

"""The one way to a file for a learning platform: questions, format, and what is lost."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.drawings import Drawing
from explorer.domain.messages import Words
from explorer.domain.questions import Audience, Bank
from explorer.export.quiz_exchange.entries import About, QuizEntry, entries
from explorer.export.quiz_exchange.losses import ExchangeFormat, Loss, losses, said

FILES: Final[dict[ExchangeFormat, tuple[str, str]]] = {
    ExchangeFormat.GIFT: ("gift.txt", "text/plain"),
    ExchangeFormat.MOODLE: ("moodle.xml", "application/xml"),
    ExchangeFormat.QTI21: ("qti21.zip", "application/zip"),
    ExchangeFormat.APKG: ("anki.apkg", "application/octet-stream"),
    ExchangeFormat.H5P: ("questions.h5p", "application/zip"),
    ExchangeFormat.OLX: ("olx.tar.gz", "application/gzip"),
    ExchangeFormat.SCORM12: ("scorm12.zip", "application/zip"),
    ExchangeFormat.SCORM2004: ("scorm2004.zip", "application/zip"),
    ExchangeFormat.CMI5: ("cmi5.zip", "application/zip"),
    ExchangeFormat.AIKEN: ("aiken.txt", "text/plain"),
    ExchangeFormat.ANKI: ("anki.txt", "text/plain"),
    ExchangeFormat.QTI12: ("qti12.zip", "application/zip"),
}
"""How a file's name ends, and its media type."""


def file_name(target: ExchangeFormat) -> str:
    """Return how a file of a format is called."""
    return f"anakinra-explorer-{FILES[target][0]}"


@dataclass(frozen=True)
class Prepared:
    """A file that can be made, with what its format cannot carry; nothing is written yet."""

    target: ExchangeFormat
    found: tuple[QuizEntry, ...]
    lost: tuple[Loss, ...]
    words: Words
    version: str
    day: date

    @property
    def count(self) -> int:
        """How many questions will be in the file."""
        out = {name for loss in self.lost if loss.left_out for name in loss.questions}
        return len(self.found) - len(out)

    @property
    def told(self) -> tuple[str, ...]:
        """What the format cannot carry, a sentence each."""
        return said(self.lost, len(self.found), self.words)

    def made(self) -> bytes:
        """Return the bytes of the file, the same for the same content.

        Raises:
            NothingFits: none of the questions can be said in the format.
        """
        write: Callable[[Sequence[QuizEntry], About], bytes]
        write = import_module(f"explorer.export.quiz_exchange.{self.target}").write
        words = self.words
        head = words("exchange.note", version=self.version, n=self.count)
        lines = said(self.lost, len(self.found), words, ids=True)
        about = About(words("exchange.bank"), (head, *lines), self.day, words)
        return write(self.found, about)


def whole(catalogue: Catalogue, version: str) -> Iterator[Prepared]:
    """Yield the whole bank in each format.

    Args:
        catalogue: the content.
        version: content version, named in the files.
    """
    day, bank, words = catalogue.review.content_date, catalogue.bank, catalogue.words
    for target in FILES:
        yield prepare(target, bank, words, version, day=day, drawings=catalogue.drawings)


def prepare(
    target: ExchangeFormat,
    bank: Bank,
    words: Words,
    version: str,
    topics: Sequence[str] = (),
    audience: Audience | None = None,
    *,
    day: date,
    drawings: Iterable[Drawing] = (),
) -> Prepared:
    """Choose the questions, and say what the format cannot carry before a file is made.

    Args:
        target: the format.
        bank: the questions.
        words: interface words.
        version: content version, named in the file's own comment.
        topics: ids of topics; none for all.
        audience: who is asked; None for everyone.
        day: the day of the content.
        drawings: those of the site; a question whose drawing is not among them goes without it.

    Raises:
        UnknownId: there is no such topic.
        NoQuestions: no question is left.
    """
    found = entries(bank, words, topics, audience, drawings)
    return prepared(target, found, words, version, day)


def prepared(
    target: ExchangeFormat, found: tuple[QuizEntry, ...], words: Words, version: str, day: date
) -> Prepared:
    """Say what a format cannot carry of questions that were chosen in another way.

    Args:
        target: the format.
        found: the questions.
        words: interface words.
        version: content version, named in the file's own comment.
        day: the day of the content.
    """
    lost = losses(target, found)
    return Prepared(target=target, found=found, lost=lost, words=words, version=version, day=day)

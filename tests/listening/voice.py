"""A voice for Orca that keeps what it is given: as much of speech-dispatcher's protocol as it asks for.

It takes the time that a voice of so many words a minute would take, so that what a key press cuts
off is known, as well as when a word was heard.
"""

import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

WORD = re.compile(r"[^\W_]+(?:['\u2019.,:/-][^\W_]+)*")

Notice = Callable[[int, int, str, str], None]
"""Tells a client of a message: code, number of the message, name of the event, mark."""


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(WORD.findall(text))


@dataclass
class Spoken:
    """One message that was given to the voice.

    Attributes:
        number: its place among all.
        text: its words, without markup.
        marks: names of the marks in it, one a word.
        heard: how many of its words were spoken.
        begun: when it was begun; 0 before.
        state: ``waiting``, ``speaking``, ``said`` or ``cut``.
    """

    number: int
    text: str
    marks: list[str] = field(default_factory=list)
    heard: int = 0
    begun: float = 0.0
    state: str = "waiting"

    @property
    def words(self) -> int:
        """How many words it has; a sign alone counts as one."""
        return max(1, count_words(self.text)) if self.text.strip() else 0

    @property
    def as_heard(self) -> str:
        """What of it was heard."""
        text = " ".join(self.text.split())
        if self.state != "cut":
            return text
        found = list(WORD.finditer(text))[: self.heard]
        return text[: found[-1].end()] if found else ""

    @property
    def shown(self) -> str:
        """What was heard, and in brackets what was cut off."""
        text = " ".join(self.text.split())
        lost = text[len(self.as_heard) :].strip()
        return f"{self.as_heard} [cut off: {lost}]".strip() if lost else text


class Voice:
    """A speech server on a socket.

    Args:
        path: where the socket is made.
        words_a_minute: how fast it speaks.
    """

    def __init__(self, path: Path, words_a_minute: float) -> None:
        self.all: list[Spoken] = []
        self.last = time.monotonic()
        self._pause = 60 / words_a_minute
        self._queue: list[tuple[Spoken, Notice]] = []
        self._condition = threading.Condition()
        self._speaking: Spoken | None = None
        self._cancelled = threading.Event()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(path))
        self._socket.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()
        threading.Thread(target=self._play, daemon=True).start()

    @property
    def is_busy(self) -> bool:
        """Whether it speaks or has something to speak."""
        with self._condition:
            return self._speaking is not None or bool(self._queue)

    def close(self) -> None:
        """Take no more clients."""
        self._socket.close()

    def stop(self) -> None:
        """Fall silent at once, as after a key press."""
        with self._condition:
            for spoken, tell in self._queue:
                spoken.state = "cut"
                tell(703, spoken.number, "CANCELED", "")
            self._queue.clear()
            if self._speaking is not None:
                self._cancelled.set()
            self.last = time.monotonic()

    def take(self, text: str, tell: Notice) -> int:
        """Queue a message, and return its number.

        Args:
            text: what to say, with marks or without.
            tell: hears what becomes of it.
        """
        marks = re.findall(r'<mark name="([^"]*)"/>', text)
        with self._condition:
            plain = unescape(re.sub(r"<[^>]*>", "", text))
            spoken = Spoken(len(self.all) + 1, plain, marks)
            self.all.append(spoken)
            self._queue.append((spoken, tell))
            self.last = time.monotonic()
            self._condition.notify_all()
        return spoken.number

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            number += 1
            client = Client(connection, number, self)
            threading.Thread(target=client.serve, daemon=True).start()

    def _play(self) -> None:
        while True:
            with self._condition:
                while not self._queue:
                    self._condition.wait()
                spoken, tell = self._queue.pop(0)
                self._speaking = spoken
                self._cancelled.clear()
                spoken.state, spoken.begun = "speaking", time.monotonic()
            tell(701, spoken.number, "BEGIN", "")
            for place in range(spoken.words):
                if place < len(spoken.marks):
                    tell(700, spoken.number, "INDEX MARK", spoken.marks[place])
                if self._cancelled.wait(self._pause):
                    break
                spoken.heard = place + 1
            with self._condition:
                is_cut = spoken.heard < spoken.words
                spoken.state = "cut" if is_cut else "said"
                self._speaking = None
                self.last = time.monotonic()
            tell(703 if is_cut else 702, spoken.number, "CANCELED" if is_cut else "END", "")


class Client:
    """One connection to the voice.

    Args:
        connection: its socket.
        number: its number, which the protocol names.
        voice: speaks for it.
    """

    def __init__(self, connection: socket.socket, number: int, voice: Voice) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")
        self._number = number
        self._voice = voice
        self._lock = threading.Lock()
        self._wants_events = False

    def serve(self) -> None:
        """Answer each line until the client leaves."""
        while line := self._read():
            name, _, rest = line.strip().partition(" ")
            if name.upper() == "QUIT":
                self._reply("231 HAPPY HACKING")
                return
            self._answer(name.upper(), rest)

    def _answer(self, name: str, rest: str) -> None:
        if name == "SPEAK":
            self._reply("230 OK RECEIVING DATA")
            self._queue(self._body())
        elif name in {"CHAR", "KEY", "SOUND_ICON"}:
            self._queue(rest)
        elif name in {"CANCEL", "STOP"}:
            self._voice.stop()
            self._reply("210 OK STOPPED")
        elif name == "HISTORY":
            self._reply(f"245-{self._number}", "245 OK CLIENT ID SENT")
        elif name == "LIST":
            code, entry = (249, "plain\ten\tnone") if "VOICES" in rest.upper() else (250, "listen")
            self._reply(f"{code}-{entry}", f"{code} OK LIST SENT")
        elif name == "GET":
            self._reply(f"251-{'en' if 'LANG' in rest.upper() else '0'}", "251 OK GET RETURNED")
        else:
            self._wants_events |= name == "SET" and "NOTIFICATION" in rest.upper()
            self._reply("220 OK")

    def _body(self) -> str:
        lines = []
        while (line := self._read().rstrip("\r\n")) != ".":
            lines.append(line[1:] if line.startswith("..") else line)
        return "\n".join(lines)

    def _queue(self, text: str) -> None:
        number = self._voice.take(text, self._tell)
        self._reply(f"225-{number}", "225 OK MESSAGE QUEUED")

    def _tell(self, code: int, number: int, name: str, mark: str) -> None:
        if self._wants_events:
            more = [f"{code}-{mark}"] if mark else []
            self._reply(f"{code}-{number}", f"{code}-{self._number}", *more, f"{code} {name}")

    def _read(self) -> str:
        try:
            return self._lines.readline().decode("utf-8", "replace")
        except OSError:
            return ""

    def _reply(self, *lines: str) -> None:
        with self._lock:
            try:
                self._connection.sendall("".join(f"{line}\r\n" for line in lines).encode())
            except OSError:
                return  # the client has left

"""Routes as text: what is pressed, what must be heard after it, and what must not.

A route is a file of lines. ``#`` begins a remark, the first one says what the route is.

    window: phone            a phone's width; without it a desk's
    class: yes               a class, and its phone's page to open; ``host``: its console; ``screen``
    open /quiz               load a page of the site
    press h                  press a key by xdotool's name; ``press Down *3`` presses it three times
    press Tab,space *2       press several, as one who knows the way: each as soon as anything is said
    seek b Next: my sheet    press a key until this is heard: how often is the page's affair
    type fever               type a text
    wait 3                   only listen, for so many seconds
    patience 60              listen for so long after each step from here on, while it speaks
    class show               let the host of a class do something (see ``tests.browser.classroom``)
    answer *20               answer so many drawn questions, known by what is said (``answering``)
      hear Question 1 of     must be heard in this step; capitals and double blanks do not count
      within 4 Right.        must be begun so many seconds after the key
      never Streamlit        must not be heard in this step
      first Right. | Wrong.  must be the first thing that is heard; ``|`` parts what may stand there
      most 60                no more words than this may be said

What the browser and Orca say of themselves while a page loads is theirs, and stays in the transcript.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from explorer.domain.questions import Bank
from tests.listening.answering import SAVED, NotAnsweredError, answer, asked
from tests.listening.desk import Desk
from tests.listening.voice import Spoken

LOADING = 45.0
PATIENCE = 30.0
MORE = 2.0
"""How many seconds are listened to a page that is read as a whole once what is waited for was said."""
LOADED = 3
"""How many messages a page is waited for that loads without an expectation."""
A_KEY = 4.0
"""How many seconds are waited for what a key within a question says; a choice may say nothing."""
EXPECTATIONS = ("hear", "within", "never", "first", "most")
STEPS = ("open", "press", "seek", "type", "wait", "class", "patience", "answer")
MOST = 20
"""Presses of a key after which what is sought counts as not there."""


class RouteError(ValueError):
    """A line of a route that nobody can follow."""


@dataclass
class Step:
    """One step of a route.

    Attributes:
        kind: what is done: one of ``STEPS``.
        what: with what.
        expected: what is expected of what is heard: kind and words.
    """

    kind: str
    what: str
    expected: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Route:
    """A way through the site.

    Attributes:
        name: its file's name.
        about: what it is, in a line.
        head: settings such as ``window``.
        steps: what is done, in order.
    """

    name: str
    about: str
    head: dict[str, str]
    steps: list[Step]


@dataclass
class Heard:
    """What was heard after one key, load or wait.

    Attributes:
        step: what it belongs to.
        name: what was done, for the transcript.
        spoken: what was said.
        at: when the key was pressed.
        is_whole: whether the voice had ended when the next step came.
    """

    step: Step
    name: str
    spoken: list[Spoken]
    at: float
    is_whole: bool

    @property
    def lines(self) -> list[str]:
        """What was said with its second, a line each."""
        shown = [
            f"{(item.begun or self.at) - self.at:6.1f} s  {item.shown}" for item in self.spoken
        ]
        return (shown or ["          (nothing)"]) + ([] if self.is_whole else ["          ..."])

    def seconds_to(self, words: str) -> float | None:
        """Return when these words were begun, in seconds after the key; None where they were not."""
        for item in self.spoken:
            if plain(words) in plain(item.as_heard):
                return item.begun - self.at
        return None


def read(path: Path) -> Route:
    """Read a route.

    Args:
        path: its file.

    Raises:
        RouteError: a line says nothing that is known here.
    """
    about, head = "", {}
    steps: list[Step] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        word, _, rest = line.strip().partition(" ")
        if not word:
            continue
        if word == "#":
            about = about or rest
        elif word.endswith(":"):
            head[word[:-1]] = rest
        elif word in STEPS:
            sought = [("hear", rest.partition(" ")[2])] if word == "seek" else []
            steps.append(Step(word, rest, sought))
        elif word in EXPECTATIONS and steps:
            steps[-1].expected.append((word, rest))
        else:
            raise RouteError(f"{path.name}, line {number}: {word!r} is no step and no expectation")
    return Route(path.stem, about, head, steps)


def play(
    route: Route,
    desk: Desk,
    base: str,
    lead: Callable[[str], None] | None = None,
    bank: Bank | None = None,
) -> list[Heard]:
    """Walk a route.

    Args:
        route: the route.
        desk: where it is walked.
        base: address of the site.
        lead: does what the host of a class does.
        bank: the questions that may be drawn.

    Returns:
        What was heard, in order.
    """
    heard: list[Heard] = []
    patience = PATIENCE
    for step in route.steps:
        if step.kind == "patience":
            patience = float(step.what)
            continue
        if step.kind == "answer":
            if bank is None:
                raise RouteError("this route needs the questions")
            _answer(step, desk, bank, patience, heard)
            continue
        acts = _acts(step, desk, base, lead)
        for number, (name, act) in enumerate(acts, start=1):
            at = time.monotonic()
            mark = len(desk.voice.all)
            if step.kind == "open":
                mark = desk.load(base + step.what)
                at = time.monotonic()
            elif step.kind == "wait":
                time.sleep(float(step.what))
            else:
                act()
            has_come = partial(_has_come, step if number == len(acts) else None, desk, mark)
            if step.kind == "open":
                whole = desk.listen(LOADING, has_come, MORE)
            elif "," in step.what and step.kind == "press" and number < len(acts):
                whole = desk.listen(patience, partial(_is_begun, desk, mark), more=0)
            else:
                whole = desk.listen(patience, has_come)
            heard.append(Heard(step, name, desk.since(mark), at, whole))
            if step.kind == "seek" and _has_come(step, desk, mark):
                break
    return heard


def _answer(step: Step, desk: Desk, bank: Bank, patience: float, heard: list[Heard]) -> None:
    """Answer drawn questions one after another; what is not understood is kept as heard."""

    def press(key: str, until: str = "", *, types: bool = False) -> str:
        at, mark = time.monotonic(), len(desk.voice.all)
        (desk.type_text if types else desk.press)(key)

        def has_come() -> bool:
            said = " ".join(one.text for one in desk.since(mark))
            return bool(said) and re.search(until, said, re.IGNORECASE) is not None

        is_next = until == SAVED
        whole = desk.listen(patience if is_next else A_KEY, has_come, MORE if is_next else 0)
        heard.append(
            Heard(step, f"{'type' if types else 'press'} {key}", desk.since(mark), at, whole)
        )
        return " ".join(one.text for one in desk.since(mark))

    said = " ".join(one.text for one in heard[-1].spoken)
    for _ in range(int(step.what.removeprefix("*"))):
        try:
            said = answer(asked(bank, said), press)
        except NotAnsweredError as error:
            step.expected.append(("hear", f"an answer: {error}"))
            return
    last = heard[-1]
    last.is_whole = desk.listen(patience, more=patience)  # what follows the last one is heard out
    if last.spoken:
        last.spoken = desk.since(last.spoken[0].number - 1)


def _has_come(step: Step | None, desk: Desk, mark: int) -> bool:
    """Return whether what a step waits for was said: a busy machine is late with it.

    Of a step of several keys only the last one waits; a page that loads is waited for in any case.
    """
    if step is None:
        return True
    said = plain(" ".join(one.text for one in desk.since(mark) if one.state == "said"))
    wanted = [words for kind, words in step.expected if kind == "hear"]
    wanted += [words.partition(" ")[2] for kind, words in step.expected if kind == "within"]
    firsts = [words.split("|") for kind, words in step.expected if kind == "first"]
    if step.kind == "open" and not wanted + firsts:
        return len(desk.since(mark)) >= LOADED
    return all(plain(words) in said for words in wanted) and all(
        any(plain(words) in said for words in choice) for choice in firsts
    )


def _is_begun(desk: Desk, mark: int) -> bool:
    """Return whether anything is said: then who knows the way presses the next key."""
    return bool(desk.since(mark))


def _acts(
    step: Step, desk: Desk, base: str, lead: Callable[[str], None] | None
) -> Sequence[tuple[str, Callable[[], None]]]:
    """Return what a step does, one for each key, with its name."""
    if step.kind == "press":
        keys, _, times = step.what.partition(" *")
        return [(f"press {key}", partial(desk.press, key)) for key in keys.split(",")] * int(
            times or 1
        )
    if step.kind == "seek":
        key = step.what.partition(" ")[0]
        return [(f"press {key}", partial(desk.press, key))] * MOST
    if step.kind == "class":
        if lead is None:
            raise RouteError("this route needs a class")
        return [(f"the class: {step.what}", lambda: lead(step.what))]
    if step.kind == "type":
        return [(f"type {step.what}", lambda: desk.type_text(step.what))]
    return [(f"{step.kind} {step.what}", lambda: None)]


def transcript(route: Route, heard: Sequence[Heard], versions: str) -> str:
    """Return what was heard as text.

    Args:
        route: the route.
        heard: what was heard on it.
        versions: of which reader and browser.
    """
    lines = [route.about, versions, ""]
    for item in heard:
        lines += [f"> {item.name}", *(f"  {line}" for line in item.lines), ""]
    return "\n".join(lines)


def complaints(heard: Sequence[Heard]) -> list[str]:
    """Return what was not heard as the route expects it, a line each.

    A step of several keys is judged as one: what must be heard may come after any of them.

    Args:
        heard: what was heard on a route.
    """
    found: list[str] = []
    by_step: dict[int, list[Heard]] = {}
    for item in heard:
        by_step.setdefault(id(item.step), []).append(item)
    for parts in by_step.values():
        step = parts[0].step
        for kind, words in step.expected:
            if not _is_met(kind, words, parts):
                said = " / ".join(one.as_heard for part in parts for one in part.spoken)
                found.append(f"{step.kind} {step.what}: {kind} {words!r}; heard: {said[:400]!r}")
    return found


def _is_met(kind: str, words: str, parts: Sequence[Heard]) -> bool:
    spoken = [one for part in parts for one in part.spoken]
    said = plain(" ".join(one.as_heard for one in spoken))
    match kind:
        case "hear":
            return plain(words) in said
        case "never":
            return plain(words) not in said
        case "first":
            return said.startswith(tuple(plain(one) for one in words.split("|")))
        case "most":
            return sum(one.heard for one in spoken) <= int(words)
        case _:
            limit, _, wanted = words.partition(" ")
            found = [part.seconds_to(wanted) for part in parts]
            return any(item is not None and item <= float(limit) for item in found)


def plain(text: str) -> str:
    """Return a text without capitals and double blanks."""
    return " ".join(text.split()).casefold()

"""Where a reader is in a quiz, as a browser tab holds it, and how a held run is made to fit again.

A held run may not fit any more: its questions may have changed with an update of the site, and a
tab may hold anything. Each answer that still fits its question stays.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, Literal

from pydantic import TypeAdapter

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer, validation_error
from explorer.domain.questions import Bank
from explorer.domain.quiz_run import (
    MOST_ATTEMPTS,
    QuizMode,
    QuizResponse,
    QuizRun,
    QuizStep,
    Sureness,
)

Phase = Literal["ask", "feedback", "read", "pause", "done"]
"""What is on screen: a question, the reasons, what to read before a second try, a pause after two
misses of a critical point, or the end."""

_GIVEN: Final[TypeAdapter[Answer]] = TypeAdapter(Answer)


class QuizProgress(Frozen):
    """A run and what is on screen."""

    phase: Phase
    run: QuizRun

    @property
    def fits_its_phase(self) -> bool:
        """True where the run has what its phase shows."""
        match self.phase:
            case "feedback":
                return bool(self.run.responses)
            case "done":
                return bool(self.run.ended)
            case "read":
                return self.run.is_in_second_tries
            case "pause":
                return _has_a_second_try(self.run)
            case _:
                return True


class Restored(Frozen):
    """A held run after reading: None where nothing of it can be gone on with."""

    progress: QuizProgress | None
    changed: bool


def restore(bank: Bank, text: str, at: str) -> Restored:
    """Read a run that was held as JSON text, and make it fit the questions there are.

    Args:
        bank: the questions.
        text: any text.
        at: time now, ISO 8601 with its zone; for a run that lost its own.

    Returns:
        The run as it is, where it fits; else the nearest one. A check with a question that does
        not exist any more is not gone on with: its result would rest on fewer questions than the
        record says.
    """
    try:
        found = QuizProgress.model_validate_json(text)
    except ValueError:
        found = None
    if found is not None and is_sound(bank, found.run) and found.fits_its_phase:
        return Restored(progress=found, changed=False)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    return Restored(progress=_repaired(bank, raw, at), changed=True)


def is_sound(bank: Bank, run: QuizRun) -> bool:
    """Return whether a run that was held elsewhere can be gone on with.

    Args:
        bank: the questions.
        run: as it was read.

    Returns:
        True where each question is one of the bank with all its options, the answers fit and were
        given in the order of the questions, and the times are times.
    """
    every = (*run.steps, *run.extra)
    names = [step.question for step in every]
    answered = [response.question for response in run.responses]
    return (
        bool(run.steps)
        and len(set(names)) == len(names)
        and answered == names[: len(answered)]
        and all(bank.has(name) for name in names)
        and all(_has_all_options(bank, step) for step in every)
        and not any(
            response.given is not None
            and validation_error(bank.question(response.question), response.given)
            for response in run.responses
        )
        and {bank.question(step.question).concept for step in run.extra}
        <= {bank.question(step.question).concept for step in run.steps}
        and _is_time(run.started)
        and (not run.ended or _is_time(run.ended))
    )


def _repaired(bank: Bank, raw: object, at: str) -> QuizProgress | None:
    held = _mapping(raw)
    kept = _mapping(held.get("run"))
    mode = next((mode for mode in QuizMode if mode == kept.get("mode")), QuizMode.PRACTICE)
    steps = _steps(bank, kept.get("steps"), taken=set())
    if not steps or (mode is QuizMode.CHECK and len(steps) < len(_items(kept.get("steps")))):
        return None
    given = {item.question: item for item in _responses(bank, kept.get("responses"))}
    # what was answered stands first, since the answers of a run follow its questions
    steps.sort(key=lambda step: step.question not in given)
    every = list(steps)
    extra: list[QuizStep] = []
    if all(step.question in given for step in steps):
        concepts = {bank.question(step.question).concept for step in steps}
        taken = {step.question for step in steps}
        extra = [
            step
            for step in _steps(bank, kept.get("extra"), taken=taken)
            if mode is QuizMode.CHECK and bank.question(step.question).concept in concepts
        ]
        extra.sort(key=lambda step: step.question not in given)
        every += extra
    seed, content = kept.get("seed"), kept.get("content")
    started, ended = kept.get("started"), kept.get("ended")
    attempt = kept.get("attempt")
    run = QuizRun(
        mode=mode,
        seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else 0,
        content=_whole(content) if isinstance(content, str) else "",
        started=started if isinstance(started, str) and _is_time(started) else at,
        steps=tuple(steps),
        responses=tuple(given[step.question] for step in every if step.question in given),
        extra=tuple(extra),
        ended=ended if isinstance(ended, str) and _is_time(ended) else "",
        seen=tuple(
            name for name in _items(kept.get("seen")) if isinstance(name, str) and bank.has(name)
        ),
        attempt=attempt
        if isinstance(attempt, int)
        and not isinstance(attempt, bool)
        and 0 <= attempt <= MOST_ATTEMPTS
        else 0,
    )
    return QuizProgress(phase=_phase(run, held.get("phase")), run=run)


def _has_a_second_try(run: QuizRun) -> bool:
    return not run.ended and bool(run.extra) and len(run.responses) > len(run.steps)


def _phase(run: QuizRun, held: object) -> Phase:
    if run.ended:
        return "done"
    if run.is_in_second_tries and held == "read":
        return "read"
    if held == "pause" and _has_a_second_try(run):
        return "pause"
    if run.mode is QuizMode.PRACTICE and run.responses and held == "feedback":
        return "feedback"
    return "ask"  # where no question is left, the page goes on from here


def _steps(bank: Bank, raw: object, *, taken: set[str]) -> list[QuizStep]:
    """Read steps, each question once; options in an order that lost one stand as in the bank."""
    found: list[QuizStep] = []
    for item in map(_mapping, _items(raw)):
        name = item.get("question")
        if not isinstance(name, str) or name in taken or not bank.has(name):
            continue
        taken.add(name)
        options = [option.id for option in bank.question(name).options]
        held = [part for part in _items(item.get("options")) if isinstance(part, str)]
        if sorted(held) == sorted(options):
            options = held
        found.append(QuizStep(question=name, options=tuple(options)))
    return found


def _responses(bank: Bank, raw: object) -> Iterator[QuizResponse]:
    """Read the answers that fit their question; what was skipped is an answer of its own."""
    for item in map(_mapping, _items(raw)):
        name, answer = item.get("question"), item.get("given")
        if not isinstance(name, str) or not bank.has(name):
            continue
        sure = next((word for word in Sureness if word == item.get("sureness")), None)
        if answer is None:
            yield QuizResponse(question=name)
            continue
        try:
            given = _GIVEN.validate_python(tuple(_items(answer)), strict=True)
        except ValueError:
            continue
        if not validation_error(bank.question(name), given):
            yield QuizResponse(question=name, given=given, sureness=sure)


def _has_all_options(bank: Bank, step: QuizStep) -> bool:
    ours = [option.id for option in bank.question(step.question).options]
    return sorted(step.options) == sorted(ours)


def _is_time(text: str) -> bool:
    """Return whether a text is a time that can be moved into every time zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.tzinfo is not None and 1971 <= found.year < 9000


def _whole(text: str) -> str:
    """Return a text without halves of characters, which no page could show."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _items(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def _mapping(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, dict) else {}

"""Rendering the participant's page."""

import hashlib
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from explorer.classes.views import (
    BetweenView,
    ClosedView,
    EndedView,
    ParticipantView,
    ReadingView,
    WaitingView,
)
from explorer.domain.catalogue import Catalogue, Urgency
from explorer.domain.grading import LONGEST_TEXT
from explorer.domain.option_order import letter
from explorer.domain.sessions import ClassState
from explorer.web import assets

TAKE_HOME: Final = "/join/take-home"
"""URL of the page of a participant's answers, to keep."""

NOW: Final = "/join/now"
"""URL of the part of the page that changes."""

EVENTS: Final = "/join/events"
"""URL of the stream of such parts."""

EVERY: Final = 1500
"""Milliseconds between two polls of the script, give or take 15 %."""

REFRESH: Final = 5
"""Seconds after which a browser without scripts reloads a page without a form."""

_WITHOUT_FORM: Final = (WaitingView, ReadingView, ClosedView, BetweenView)

_NAMES: Final = {
    ClassState.PREPARED: "waiting",
    ClassState.OPEN: "waiting",
    ClassState.SHOWN: "open",
}
"""Names of states in keys of words, where they differ from the state's value."""

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"


class JoinPages:
    """Renders all pages.

    Args:
        catalogue: for interface words, contacts and red flags.
        days: after how many days answers are deleted.
        base: path under which the site is reached; links start with it.
    """

    def __init__(self, catalogue: Catalogue, days: int, base: str = "") -> None:
        self._base = base
        self.words = catalogue.words
        self._days = days
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
        )
        contact = catalogue.contact()
        poison = self.words("frame.poison", words=contact.poison_words, number="\0")
        environment.globals.update(
            w=self.words,
            contact=contact,
            poison=poison.partition("\0"),
            red_flags=[
                (urgency.value, found)
                for urgency in Urgency
                if (found := [flag for flag in contact.red_flags if flag.urgency is urgency])
            ],
            base=base,
            css=base + assets.address("join.css"),
            js=base + assets.address("join.js"),
            every=EVERY,
            letter=letter,
            longest_text=LONGEST_TEXT,
            take_home=base + TAKE_HOME,
        )
        self._page = environment.get_template("page.html.j2")
        self._enter = environment.get_template("enter.html.j2")
        self._trouble = environment.get_template("trouble.html.j2")
        self._kept = environment.get_template("take_home.html.j2")
        self._room = environment.get_template("room.html.j2")

    def part(self, view: ParticipantView, problem: tuple[str, ...] = ()) -> str:
        """Render the part of the page that changes.

        Args:
            view: what the participant sees.
            problem: lines about an answer that was not saved.
        """
        place = ""
        if not isinstance(view, WaitingView | BetweenView | EndedView):
            place = self.words("quiz.progress", n=view.place, all=view.total)
        name = _NAMES.get(view.state, view.state.value)
        return self._room.render(view=view, name=name, place=place, problem=problem)

    def room(self, view: ParticipantView, problem: tuple[str, ...] = ()) -> str:
        """Render the page of a class that the browser has joined.

        Args:
            view: what the participant sees.
            problem: lines about an answer that was not saved.
        """
        part = self.part(view)
        reloads = isinstance(view, _WITHOUT_FORM) and not problem
        return self._page.render(
            title=f"{self.words('join.class')} {view.code}",
            code=view.code,
            main=self.part(view, problem) if problem else part,
            script=not isinstance(view, EndedView),
            refresh=REFRESH if reloads else 0,
            now=f"{self._base}{NOW}?code={quote(view.code)}",
            events=f"{self._base}{EVENTS}?code={quote(view.code)}",
            tag=etag(part),
        )

    def take_home(self, view: EndedView) -> str:
        """Render the page that a participant keeps: questions, own answers, and when to get help.

        Args:
            view: what the participant sees after the end.
        """
        return self._static(
            self._kept.render(view=view), title=self.words("join.take-title"), code=view.code
        )

    def entry(self, *, code: str = "", title: str = "", problem: str = "") -> str:
        """Render the form for joining a class.

        Args:
            code: the code as typed, or that of the link.
            title: title of the class, if it was found.
            problem: suffix of the words' key of what prevents joining, or an empty string.
        """
        words = self.words
        main = self._enter.render(
            known=bool(title),
            title=title,
            code=code,
            problem=[words(f"join.{problem}"), words(f"join.{problem}-do")] if problem else [],
            wrong=problem in {"wrong", "no-code"},
            days=self._days,
        )
        return self._static(main)

    def failure(self, name: str) -> str:
        """Render the page for a class that cannot be read.

        Args:
            name: suffix of the words' key.
        """
        lines = [self.words(f"join.{name}"), self.words(f"join.{name}-do")]
        return self._static(self._trouble.render(lines=lines))

    def _static(self, main: str, *, title: str = "", code: str = "") -> str:
        """Render a page that does not change."""
        return self._page.render(
            title=title or self.words("join.title"),
            code=code,
            main=main,
            script=False,
            refresh=0,
            now="",
            events="",
            tag="",
        )


def etag(html: str) -> str:
    """Return the entity tag of a part."""
    return f'"{hashlib.blake2s(html.encode(), digest_size=9).hexdigest()}"'

"""What console and screen say alike of a class: where it is, what is old, and the votes."""

from explorer.classes.host_views import HostView
from explorer.classes.watching import Look
from explorer.domain.messages import Words
from explorer.domain.sessions import ClassState
from explorer.export import class_html


def trouble(look: Look, words: Words) -> str:
    """Say that what is shown is old, and since when, or that no answer is saved; or nothing."""
    if look.age is not None:
        return words("teach.old", n=max(1, round(look.age)))
    if look.unsaved is not None:
        return words("teach.unsaved", n=max(1, round(look.unsaved)))
    return ""


def where(view: HostView, words: Words) -> str:
    """Return at which question a class is, in words; empty where it is at none."""
    if view.planned is None:
        return ""
    phase = words(f"teach.place-{view.planned.phase}")
    said = words("teach.place", place=view.place, total=view.total, phase=phase)
    return f"{said}, {words('teach.vote')}." if view.vote > 1 else f"{said}."


def votes(view: HostView, words: Words) -> tuple[class_html.Vote, ...]:
    """Return what was chosen in this vote, and before it in the earlier one, if there was one."""
    answered = view.answered + sum(view.hands)
    if not view.earlier:
        title = words("teach.chosen")
        return (class_html.Vote(title=title, tallies=view.tallies, answered=answered),)
    return (
        class_html.Vote(
            title=words("teach.earlier"), tallies=view.earlier, answered=view.earlier_answered
        ),
        class_html.Vote(title=words("teach.later"), tallies=view.tallies, answered=answered),
    )


def step_of(view: HostView, words: Words) -> str:
    """Return what happens now, for the host."""
    if view.state is ClassState.CLOSED and view.planned and not view.planned.question.has_key:
        return words("teach.step-no-key")
    if view.state is ClassState.BETWEEN and not view.teaching:
        return words("teach.step-pause")
    step = words(f"teach.step-{view.state}")
    if view.state is ClassState.REVEALED and view.planned is not None:
        total = len(view.planned.reason_steps)
        step = f"{step} {words('teach.why-step', n=view.step + 1, all=total)}"
    return step

"""The host's console: the state of the class, the allowed actions, and the answers so far."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys
from explorer.domain.class_report import SMALLEST_GROUP
from explorer.domain.messages import Words
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import Action, ClassState, Refused
from explorer.export import class_html
from explorer.paths import PAGES
from explorer.ui import resources
from explorer.ui.components import anchors, clipboard, join_warning, presenter_keys
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import browser
from explorer.ui.state import teach as state
from explorer.ui.views import (
    class_choices,
    class_conclusion,
    class_controls,
    class_hands,
    class_keeping,
    class_texts,
)
from explorer.ui.views.class_words import step_of, trouble, votes, where

EVERY = 1.0
"""Polling interval in seconds, for counts; what a host does is pushed to consoles and screens."""

MAIN = (
    Action.OPEN,
    Action.SHOW,
    Action.CLOSE,
    Action.REVEAL,
    Action.MORE,
    Action.NEXT,
    Action.END,
)
"""The large button is the first of these that is allowed."""

SIDE = (Action.BACK, Action.REOPEN, Action.AGAIN, Action.NEXT, Action.SKIP)
"""Smaller buttons, in their order."""

SHORTCUTS = {Action.BACK: "B", Action.AGAIN: "V", Action.SKIP: "S", Action.REOPEN: "O"}
"""Keys of the smaller buttons; N is the large one's."""

PLACE = "teach-place"
"""Id of the line with the state of the class; it is focused after a press."""

_SHEET = (("N", "next"), ("B", "back"), ("V", "again"), ("S", "skip"), ("O", "reopen"))


def show(content: Content, keys: ClassKeys, view: HostView) -> None:
    """Show the console.

    Args:
        content: for words.
        keys: the keys of the class.
        view: what the host sees.
    """
    words = content.catalogue.words
    # typed by a person: as plain text, never as Markdown
    st.html(f"<h1>{escape(words('teach.console', title=view.title))}</h1>")
    join_warning.show(words, resources.join_address(), folded=True)
    class_keeping.sync(tell=False)
    _links(keys, words)
    _live(content, keys)
    class_keeping.show_link(keys, words)
    _more(content, keys)


def _links(keys: ClassKeys, words: Words) -> None:
    with st.container(horizontal=True, key="teach-links"):
        st.html(
            f'<a class="ax-link" href="teach#{escape(keys.for_projector)}" target="_blank" '
            f'rel="noopener">{escape(words("teach.screen"))}</a>'
        )
        st.page_link(PAGES / "results.py", label=words("teach.to-report"))


@st.fragment(run_every=EVERY)
def _live(content: Content, keys: ClassKeys) -> None:
    """Draw what changes during the class; runs as a fragment of its own."""
    words = content.catalogue.words
    try:
        look = resources.classes().watch(keys.console, for_host=True)
    except Refused as problem:
        st.html(f'<p class="ax-warn" role="alert">{escape(str(problem))}</p>')
        return
    view = look.view
    if look.age is None:
        resources.follow_class(keys.console, for_host=True)
    said = trouble(look, words)
    if said:
        st.html(f'<p class="ax-warn" role="alert">{escape(said)}</p>')
    _status(view, words)
    if look.age is None:  # nothing can be pressed, and nothing read, while the store is away
        if view.state is ClassState.ENDED:
            _ended(keys, view, words)
        _buttons(keys, view, words)
        class_hands.show(keys, view, words)
        class_conclusion.show_missed(keys, view, words)
    _question(content, view)
    if look.age is None:
        class_texts.show(keys, view, words)


def _ended(keys: ClassKeys, view: HostView, words: Words) -> None:
    """Draw the links to the report and to another class, and the way back, after the end."""
    st.page_link(PAGES / "results.py", label=words("teach.take-report"))
    st.caption(words("teach.resume-text"))
    label = words("teach.press-resume")
    _button(keys, view, Action.RESUME, label, main=False, key_on=False)
    later = class_choices.later_text(view, words)
    if later:
        st.caption(later)
        label = words("teach.press-later")
        _button(keys, view, Action.LATER, label, main=False, key_on=False)
    if st.button(words("teach.new"), key="teach.another", help=words("teach.new-help")):
        state.drop_class_keys()
        st.rerun()


def _status(view: HostView, words: Words) -> None:
    numbers = class_html.JoinInfo(
        address=resources.join_address(), code=view.code, joined=view.joined
    )
    place = where(view, words)
    items = [words("teach.joined-of", n=view.joined, most=view.capacity)]
    if view.state in (ClassState.SHOWN, ClassState.CLOSED, ClassState.REVEALED):
        items.append(words("teach.answered-of", n=view.answered, joined=view.joined))
        graded = view.planned is None or view.planned.question.has_key
        # where the phones ask how sure people are, "not sure" is an answer with a doubt
        unknown = "teach.no-idea" if view.sureness else "teach.not-sure"
        items.append(words(unknown if graded else "teach.passed", n=view.not_sure))
    if view.sure_wrong:
        items.append(words("teach.sure-wrong", n=view.sure_wrong))
    if view.hands:
        items.append(words("teach.hands-now", n=sum(view.hands)))
    if view.unreadable:
        items.append(words("teach.unreadable", n=view.unreadable))
    if view.locked:
        items.append(words("teach.locked"))
    note = state.note()
    st.html(
        f"<p>{escape(words('teach.join-at'))} <b>{escape(numbers.address)}</b> "
        f'{escape(words("teach.code"))} <b class="ax-code">{escape(numbers.spoken_code)}</b></p>'
        f'<div id="{PLACE}" tabindex="-1" aria-live="polite"><p class="ax-said">{escape(place)} '
        f"{escape(step_of(view, words))}</p></div>"
        + (f'<p class="ax-warn" role="alert">{escape(note)}</p>' if note else "")
        + (f'<p class="ax-warn">{escape(words("teach.rush"))}</p>' if view.rush else "")
        + '<ul class="ax-numbers">'
        + "".join(f"<li>{escape(item)}</li>" for item in items)
        + "</ul>"
    )
    anchors.move_to(PLACE, stage=str(state.presses()), key="teach.move")
    if view.state is ClassState.SHOWN and 0 < view.joined < SMALLEST_GROUP:
        st.caption(words("teach.few-shown"))


def _buttons(keys: ClassKeys, view: HostView, words: Words) -> None:
    """Draw the buttons; a button's key names the version, so that a double click counts once."""
    main = next((action for action in MAIN if action in view.allowed_actions), None)
    use_keys = state.shortcuts_are_on()
    if main is None:
        return
    with st.container(key="teach-press-main"):
        _button(keys, view, main, _main_label(view, main, words), main=True, key_on=use_keys)
    side = [item for item in SIDE if item in view.allowed_actions and item is not main]
    if main is Action.MORE and Action.NEXT not in view.allowed_actions:  # the last question
        side.append(Action.END)
    if side:
        with st.container(horizontal=True, key="teach-press-side"):
            for action in side:
                with st.container(key=f"teach-press-{action}", width="content"):
                    label = words(
                        "teach.press-finish" if action is Action.END else f"teach.press-{action}"
                    )
                    _button(keys, view, action, label, main=False, key_on=use_keys)


def _main_label(view: HostView, action: Action, words: Words) -> str:
    if action is Action.NEXT and view.state is ClassState.OPEN:
        return words("teach.press-first")
    if action is Action.NEXT and view.state is ClassState.BETWEEN:
        return words("teach.press-on")
    return words("teach.press-finish" if action is Action.END else f"teach.press-{action}")


def _button(
    keys: ClassKeys, view: HostView, action: Action, label: str, *, main: bool, key_on: bool
) -> None:
    shortcut = "N" if main and action is not Action.END else SHORTCUTS.get(action)
    st.button(
        label,
        key=f"teach.press.{action}.{view.version}",
        type="primary" if main else "secondary",
        width="stretch" if main else "content",
        on_click=press,
        args=(keys.console, action, view.version),
        shortcut=shortcut if key_on else None,
    )


def press(console: str, action: Action, version: int) -> None:
    """Apply an action; a refusal is kept as the note of the next run."""
    state.count_press()
    try:
        resources.classes().advance(console, action, version)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")


def _question(content: Content, view: HostView) -> None:
    catalogue, words = content.catalogue, content.catalogue.words
    planned = view.planned
    if planned is None:
        return
    question = planned.question
    parts = [class_html.stem(question, planned.case, catalogue)]
    if view.state is ClassState.READING:
        parts = [class_html.ask(question, planned.case, catalogue, reading=False)]
    else:
        revealed = view.state is ClassState.REVEALED
        if question.kind is not QuestionKind.TEXT:
            parts.append(
                class_html.chart(question, votes(view, words), catalogue, revealed=revealed)
            )
    with st.container(key="teach-question"):
        if view.state is ClassState.SHOWN:
            st.caption(words("teach.see-answers"))
        st.html(SafeHtml("".join(parts)))
        if not question.has_key:
            return
        why = class_html.reveal(question, planned.evidence, catalogue)
        if view.state is ClassState.REVEALED:
            st.html(SafeHtml(why))
        else:
            with st.expander(words("teach.see-why")):
                st.html(SafeHtml(why))


def _more(content: Content, keys: ClassKeys) -> None:
    """Draw rarely used controls: links, the sheet of keys, ending early, deleting."""
    words = content.catalogue.words
    with st.expander(words("teach.links")):
        st.markdown(words("teach.links-text"))
        for name, fragment, page in (
            ("console", keys.fragment, "teach"),
            ("screen", keys.for_projector, "teach"),
            ("report", keys.for_report, "results"),
        ):
            clipboard.copy(
                f"{browser.sibling_address(page)}#{fragment}",
                label=words(f"teach.copy-{name}"),
                done=words("teach.copied"),
                failed=words("teach.not-copied"),
                key=f"teach.copy.{name}",
            )
        class_controls.offer_forget(words, "teach.forget-text")
        _key_sheet(words)
        class_choices.show(keys, words)
        class_controls.offer_doors(keys, words)
        st.header(words("teach.end-title"), anchor=False)
        st.markdown(words("teach.end-text"))
        sure = st.checkbox(words("teach.end-sure"), key=state.END_SURE)
        st.button(
            words("teach.end-now"),
            key="teach.end",
            disabled=not sure,
            on_click=_end,
            args=(keys.console,),
        )
        class_controls.confirm_delete(keys, words, state.drop_class_keys)
        st.caption(words("teach.privacy", days=resources.keep_days()))


def _key_sheet(words: Words) -> None:
    st.header(words("teach.keys-title"), anchor=False)
    st.toggle(words("teach.keys-on"), key=state.SHORTCUTS_ON, value=True)
    st.toggle(words("teach.remote-on"), key=state.REMOTE_ON)
    presenter_keys.listen(on=state.remote_is_on(), key="teach.remote")
    lines = [(key, words(f"teach.key-{name}")) for key, name in _SHEET]
    lines.append((words("teach.key-page"), words("teach.key-remote")))
    rows = "".join(
        f'<tr><th scope="row"><kbd>{escape(key)}</kbd></th><td>{escape(said)}</td></tr>'
        for key, said in lines
    )
    st.html(
        f'<table class="ax-keys-sheet"><thead><tr><th scope="col">{escape(words("teach.keys-do"))}'
        f'</th><th scope="col">{escape(words("teach.keys-mean"))}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _end(console: str) -> None:
    """End the class from whatever state it is in."""
    state.untick(state.END_SURE)
    try:
        version = resources.classes().host(console).version
    except Refused as problem:
        state.set_note(str(problem))
    else:
        press(console, Action.END, version)

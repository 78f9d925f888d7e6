"""A reader without a pointer: everything is reached with Tab and arrows, and pressed by keys."""

from typing import TYPE_CHECKING

from explorer.domain.questions import Question, QuestionKind

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STOPS = 80
"""Presses of Tab after which something counts as out of reach."""

_FOCUSED = "nodes => nodes.findIndex(node => node === document.activeElement)"


def reach(targets: "Locator") -> int:
    """Press Tab until one of some controls has the focus, and return its place among them."""
    targets.first.wait_for(state="attached")
    for _ in range(STOPS):
        found: int = targets.evaluate_all(_FOCUSED)
        if found >= 0:
            return found
        targets.page.keyboard.press("Tab")
    raise AssertionError(f"{STOPS} presses of Tab do not reach {targets}")


def press(page: "Page", name: str) -> None:
    """Reach a button by its name, and press Enter."""
    reach(page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def answer(page: "Page", question: Question, *, right: bool = True) -> None:
    """Answer a question of any kind; ``right`` is for those with one key."""
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE:
            wanted = next(option for option in question.options if option.key is right)
            _pick(page.get_by_role("radiogroup").first, wanted.text)
        case QuestionKind.SEVERAL:
            keys = {option.text for option in question.options if option.key}
            boxes = page.locator("[data-testid=stForm]").get_by_role("checkbox")
            names = [_label(box) for box in boxes.all()]
            for place, name in enumerate(names):
                if name in keys:
                    reach(boxes.nth(place))
                    page.keyboard.press("Space")
        case QuestionKind.SORT:
            labels = {item.id: item.label for item in question.groups}
            rows = {option.text: labels[option.group] for option in question.options}
            groups = page.get_by_role("radiogroup")
            for place in range(len(rows)):
                row = groups.nth(place)
                _pick(row, rows[row.get_attribute("aria-label") or ""])
        case QuestionKind.ORDER:
            for place, option in enumerate(question.options):
                reach(page.get_by_role("combobox").nth(place))
                page.keyboard.type(option.text)
                page.get_by_role("option").filter(has_text=option.text).wait_for()
                page.keyboard.press("Enter")
                page.get_by_role("option").first.wait_for(state="detached")
        case QuestionKind.NUMBER:
            assert question.number is not None
            reach(page.get_by_role("textbox").first)
            page.keyboard.type(str(question.number.value))


def _label(control: "Locator") -> str:
    said: str = control.evaluate("node => node.labels[0].innerText.trim()")
    return said


def _pick(group: "Locator", text: str) -> None:
    """Choose one of a group: Tab leads into it, arrows go through it, Space marks the first."""
    radios = group.get_by_role("radio")
    names = [_label(radio) for radio in radios.all()]
    wanted, here = names.index(text), reach(radios)
    if wanted == here:
        group.page.keyboard.press("Space")
    for _ in range(wanted - here):
        group.page.keyboard.press("ArrowDown")
    for _ in range(here - wanted):
        group.page.keyboard.press("ArrowUp")

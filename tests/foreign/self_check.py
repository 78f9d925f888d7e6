"""What the tests of the self-check's packages share: a small bank, and somebody who answers it."""

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.domain.questions import Bank, QuestionKind, Topic
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import prepare
from tests.exchange import DAY
from tests.questions import question
from tests.shipped import shipped

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page


def bank() -> Bank:
    """One question of each kind, of the small bank."""
    questions = tuple(question(f"q-{kind}", kind) for kind in QuestionKind if kind in KINDS)
    return Bank(topics=(Topic(id="t", order=1, title="All kinds", questions=questions),))


KINDS = ("single", "several", "true-false", "order", "sort", "number")


def packed(target: ExchangeFormat) -> bytes:
    """Give the package of the small bank."""
    return prepare(target, bank(), shipped().catalogue.words, "v", day=DAY).made()


def unpack(target: ExchangeFormat, folder: Path) -> None:
    """Lay the files of the package of the small bank into a folder."""
    zipfile.ZipFile(io.BytesIO(packed(target))).extractall(folder)


def answer(page: "Page | FrameLocator", *, wrong: str = "") -> None:
    """Answer each question that is open: rightly, but one."""
    for kind in KINDS:
        form = page.locator(f"#q-q-{kind}")
        if not form.locator("button").is_enabled():
            continue
        if kind == "number":
            form.locator("input").fill("7" if kind == wrong else "100")
        for menu in form.locator("select").all():
            menu.select_option(menu.get_attribute("data-value"))
        for option in form.locator("input[name=option]").all():
            if (option.get_attribute("data-key") is not None) is (kind != wrong):
                option.check()
        form.locator("button").click()

"""A small, valid data folder, and ways to break it in one place."""

import shutil
from datetime import date
from pathlib import Path

from explorer import paths
from explorer.content.check import check_folder
from explorer.content.findings import Report
from explorer.content.load import Parsed, load
from explorer.domain.catalogue import Catalogue

SMALL = Path(__file__).parent / "content" / "small"
TODAY = date(2026, 11, 23)

PARSED: Parsed = {}
"""Parsed files by their bytes: nearly all of a small folder are the same in every test."""


def small_folder(target: Path) -> Path:
    """Copy the small folder: two medicines, two conditions, five rows, the shipped words, kinds and blueprint."""
    folder = target / "data"
    shutil.copytree(SMALL, folder)
    for shared in ("words.toml", "kinds.toml", "blueprint.toml", "mirrors.toml"):
        shutil.copy(paths.DATA / shared, folder / shared)
    return folder


def small_catalogue(target: Path) -> Catalogue:
    """Load the small folder."""
    return load(small_folder(target)).catalogue


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text in a file; the text must stand there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check(folder: Path) -> Report:
    """Check a folder on a fixed day."""
    return check_folder(folder, TODAY, kept=PARSED)


INFECTIONS = "questions/infections.toml"


def question_folder(target: Path) -> Path:
    """Copy the small folder and add one topic: two parallel critical questions and their concept."""
    folder = small_folder(target)
    (folder / "questions").mkdir()
    (folder / INFECTIONS).write_text(TOPIC, encoding="utf-8")
    (folder / "concepts.toml").write_text(CONCEPT, encoding="utf-8")
    return folder


CONCEPT = """
[c1-infection]
label = "Signs of infection: call the same day"
audience = "both"
card = "With fever or chills, call your team the same day, before the next dose."
signs = ["infection"]
"""

TOPIC = """
order = 1
title = "Signs of infection"

[[cases]]
id = "ana"
text = "Ana takes one shot a day. Her next dose is due at 8."

[[questions]]
id = "infection-1"
version = 1
kind = "single"
concept = "c1-infection"
critical = true
audience = "both"
level = "apply"
case = "ana"
stem = "Ana wakes up with chills. What should she do now?"
supported_by = [ { ref = "alpha/flags/alpha-flag-infection", hash = "351da1be" } ]
reads = [ { on = 2026-11-20, by = "first reader", human = false }, { on = 2026-11-21, by = "second reader", human = false } ]
due = 2027-11-23

[[questions.options]]
id = "call"
text = "Call her team today."
key = true
rationale = "Chills can be a sign of an infection that needs help the same day."
signs = ["infection"]
[[questions.options]]
id = "wait"
text = "Wait for her next visit."
rationale = "An infection can get worse fast, so waiting for weeks is not wise."
action = "Call your team the same day."
[[questions.options]]
id = "rest"
text = "Rest and take the dose."
rationale = "The next dose has to wait until her team has said what to do."
action = "Call your team before the next dose."

[[questions]]
id = "infection-2"
version = 1
kind = "sort"
concept = "c1-infection"
critical = true
audience = "both"
level = "apply"
stem = "How soon does each of these signs need a call?"
groups = [ { id = "today", label = "Call today" }, { id = "visit", label = "Tell at the visit" } ]
supported_by = [ { ref = "alpha/flags/alpha-flag-infection", hash = "351da1be" }, { ref = "alpha/how-often", hash = "89fca795" } ]
parallel_of = "infection-1"
reads = [ { on = 2026-11-20, by = "first reader", human = false }, { on = 2026-11-21, by = "second reader", human = false } ]
due = 2027-11-23
options = [
  { id = "fever", text = "Fever", group = "today", signs = ["infection"], rationale = "Fever can be a sign of an infection, so it cannot wait.", action = "Call your team today." },
  { id = "chills", text = "Chills", group = "today", signs = ["infection"], rationale = "Chills can be a sign of an infection, so they cannot wait.", action = "Call your team today." },
  { id = "sleep", text = "A short night", group = "visit", rationale = "One short night is no sign of an infection by itself.", action = "Tell your team when you see them." },
]
"""

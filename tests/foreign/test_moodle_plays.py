"""The self-check played in a real Moodle, in real Chromium, as a learner would, to Moodle's gradebook.

What SCORM and cmi5 report is read from Moodle's own tables afterwards.
"""

import json
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from explorer.export.quiz_exchange.losses import ExchangeFormat
from tests.foreign.moodle_site import PASSWORD, Moodle, needs_cmi5, needs_moodle
from tests.foreign.self_check import answer, packed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page, Response

pytestmark = [pytest.mark.foreign, needs_moodle]


def signed_in(chromium: "Browser", moodle: Moodle) -> "Page":
    """Open a window in which the administrator is signed in."""
    page = chromium.new_page()
    # Moodle asks the net for a program that sets formulas, and its pages wait for that
    page.route(lambda url: not url.startswith(moodle.address), lambda one: one.abort())
    page.goto(f"{moodle.address}/login/index.php")
    page.fill("#username", "admin")
    page.fill("#password", PASSWORD)
    page.click("#loginbtn")
    page.wait_for_url(lambda address: "/login/" not in address, wait_until="domcontentloaded")
    return page


def made(moodle: Moodle, module: str, target: ExchangeFormat, folder: Path) -> dict[str, Any]:
    """Make an activity of the small bank's package."""
    file = folder / "package.zip"
    file.write_bytes(packed(target))
    activity: dict[str, Any] = moodle.said_by("moodle_activity.php", module, file)
    return activity


def kept(moodle: Moodle, module: str, activity: dict[str, Any]) -> dict[str, Any]:
    """Give what Moodle holds of the learner's work."""
    where = (module, activity["instance"], activity["course"])
    said: dict[str, Any] = moodle.said_by("moodle_results.php", *where)
    return said


def entered(page: "Page", moodle: Moodle, activity: dict[str, Any]) -> "FrameLocator":
    """Open the package in Moodle's player."""
    page.goto(f"{moodle.address}/mod/scorm/view.php?id={activity['cm']}")
    page.get_by_role("button", name="Enter").click()
    frame = page.frame_locator("#scorm_object")
    frame.locator("body[data-ready]").wait_for()
    return frame


@pytest.mark.parametrize("target", [ExchangeFormat.SCORM12, ExchangeFormat.SCORM2004])
def test_moodle_s_player_keeps_score_completion_and_answers(
    target: ExchangeFormat, moodle_pages: Moodle, chromium: "Browser", tmp_path: Path
) -> None:
    """Left half-way, the answers come back; at the end the gradebook has the share that was right."""
    activity = made(moodle_pages, "scorm", target, tmp_path)
    page = signed_in(chromium, moodle_pages)
    frame = entered(page, moodle_pages, activity)
    first = frame.locator("#q-q-single")
    first.locator("input[data-key]").check()
    first.locator("button").click()
    page.goto(f"{moodle_pages.address}/my/")
    frame = entered(page, moodle_pages, activity)
    assert first.locator("button").is_disabled()
    assert "Questions left: 5" in (frame.locator("#result").text_content() or "")
    answer(frame, wrong="number")
    page.goto(f"{moodle_pages.address}/my/")
    page.close()
    said = kept(moodle_pages, "scorm", activity)
    tracks = said["held"]["tracks"]
    assert float(said["grade"]) == 83
    old = target is ExchangeFormat.SCORM12
    assert tracks["cmi.core.score.raw" if old else "cmi.score.raw"] == "83"
    assert tracks["cmi.core.lesson_status" if old else "cmi.completion_status"] == "completed"
    results = [value for name, value in tracks.items() if name.endswith(".result")]
    assert sorted(results) == ["correct"] * 5 + ["wrong" if old else "incorrect"]


def reports_completion(response: "Response") -> bool:
    """Tell whether a request said that the unit is completed."""
    return "verbs/completed" in (response.request.post_data or "")


@needs_cmi5
@pytest.mark.parametrize("hurried", [False, True])
def test_a_player_of_cmi5_takes_launch_statements_and_completion(
    hurried: bool, moodle_pages: Moodle, chromium: "Browser", tmp_path: Path
) -> None:
    """The unit is launched by the player's own address, and is satisfied when all was answered.

    Whoever closes it with the last answer loses no answer: a report that is under way then gets no end
    beside it, since this player refuses what it handles after the end.
    """
    activity = made(moodle_pages, "cmi5", ExchangeFormat.CMI5, tmp_path)
    page = signed_in(chromium, moodle_pages)
    page.goto(f"{moodle_pages.address}/mod/cmi5/view.php?id={activity['cm']}")
    launch = page.locator("a[href*='/mod/cmi5/launch.php']").first.get_attribute("href")
    refused: list[str] = []
    page.on("response", lambda one: refused.append(one.url) if one.status >= 400 else None)
    page.goto(str(launch))
    page.locator("body[data-ready]").wait_for()
    with nullcontext() if hurried else page.expect_response(reports_completion):
        answer(page, wrong="several")
    page.goto("about:blank")
    end = time.monotonic() + 60
    while True:
        held = kept(moodle_pages, "cmi5", activity)["held"]
        if len(held["statements"]) >= (9 if hurried else 10) or time.monotonic() > end:
            break
    page.close()
    said = [json.loads(one["statement_json"]) for one in held["statements"]]
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in said]
    wanted = ["initialized", *["answered"] * 6, "scored", "completed"]
    if hurried:
        assert sorted(verb for verb in verbs if verb != "terminated") == sorted(wanted)
    else:
        assert verbs == [*wanted, "terminated"]
    assert held["unit"]["completed"] == held["unit"]["satisfied"] == "1"
    assert held["registration"]["coursesatisfied"] == "1"
    assert refused == []

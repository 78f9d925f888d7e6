"""The self-check in real Chromium: under scorm-again as the platform, and under a small store of xAPI."""

import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote, urlencode

import pytest

from explorer import paths
from explorer.export.quiz_exchange.losses import ExchangeFormat
from tests.foreign.self_check import KINDS, answer, unpack
from tests.foreign.xapi import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.foreign

SCORM_AGAIN = Path(os.environ.get("NODE_PATH", "")) / "scorm-again" / "dist"

RECORDS = paths.ROOT / "build" / "foreign"
"""Where the recorded calls of the player are kept, if the folder is there."""

PLAYER = """<!doctype html><title>player</title><script src="player.js"></script><script>
const calls = []; window.calls = calls;
const settings = { autocommit: false, logLevel: 5 };
const api = "NAME" === "API" ? new Scorm12API(settings) : new Scorm2004API(settings);
const stored = sessionStorage.getItem("cmi");
if (stored) api.loadFromJSON(JSON.parse(stored), "");
const watched = {};
for (const name of ["Initialize", "SetValue", "GetValue", "Commit", "Terminate", "GetLastError",
  "LMSInitialize", "LMSSetValue", "LMSGetValue", "LMSCommit", "LMSFinish", "LMSGetLastError"]) {
  const call = api[name] ?? api[name.charAt(0).toLowerCase() + name.slice(1)];
  if (call) watched[name] = (...given) => {
    const said = call.apply(api, given);
    const error = "NAME" === "API" ? api.LMSGetLastError() : api.GetLastError();
    calls.push([name, ...given, String(said), String(error)]);
    return said;
  };
}
window.NAME = watched;
window.keep = () => sessionStorage.setItem("cmi", JSON.stringify(api.renderCMIToJSONObject().cmi));
</script><iframe src="course/index.html" width="900" height="700" title="course"></iframe>"""


class Store(SimpleHTTPRequestHandler):
    """Serves files; under ``/xapi`` it is a store of statements with one learner's launch."""

    statements: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[str]] = []
    ended: ClassVar[threading.Event] = threading.Event()
    refuses: ClassVar[list[str]] = []
    """Holds one entry for each report of completion that it fails to take."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _say(self, value: object, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def do_POST(self) -> None:
        self.asked.append(self.path)
        if self.path == "/token":
            self._say({"auth-token": "c2VjcmV0"})
            return
        assert self.headers["Authorization"] == "Basic c2VjcmV0"
        assert self.headers["X-Experience-API-Version"] == "1.0.3"
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.refuses and "completed" in str(said):
            self.refuses.pop()
            self._say({}, 503)
            return
        self.statements.extend(said)
        if "verbs/terminated" in str(said):
            self.ended.set()
        self._say([one["id"] for one in said])

    def do_GET(self) -> None:
        if not self.path.startswith("/xapi"):
            super().do_GET()
            return
        self.asked.append(self.path)
        if "LMS.LaunchData" in self.path:
            grouping = [{"id": "https://lms.invalid/unit"}]
            extensions = {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"}
            context = {"contextActivities": {"grouping": grouping}, "extensions": extensions}
            back = f"http://{self.headers['Host']}/back"
            self._say({"contextTemplate": context, "launchMode": "Normal", "returnURL": back})
        else:
            self._say({}, 404)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a folder; give its address."""
    Store.statements.clear()
    Store.asked.clear()
    Store.ended.clear()
    Store.refuses.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Store, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("target", "name", "script"),
    [
        (ExchangeFormat.SCORM12, "API", "scorm12.min.js"),
        (ExchangeFormat.SCORM2004, "API_1484_11", "scorm2004.min.js"),
    ],
)
def test_scorm_again_gets_score_and_completion(
    target: ExchangeFormat,
    name: str,
    script: str,
    served: tuple[str, Path],
    chromium: "Browser",
) -> None:
    """Answers left half-way come back; the whole is reported, and no call is refused."""
    address, folder = served
    unpack(target, folder / "course")
    (folder / "player.js").write_bytes((SCORM_AGAIN / script).read_bytes())
    (folder / "player.html").write_text(PLAYER.replace("NAME", name), encoding="utf-8")
    page = chromium.new_page()
    outside: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(address) else outside.append(one.url))
    page.goto(f"{address}/player.html")
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    first = frame.locator("#q-q-single")
    first.locator("button").click()
    assert "whole question" in (first.locator(".said").text_content() or "")
    first.locator("input[data-key]").check()
    first.locator("button").click()
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    page.wait_for_function("calls.some((call) => ['Terminate', 'LMSFinish'].includes(call[0]))")
    early = page.evaluate("calls")
    page.evaluate("keep()")
    page.reload()
    frame.locator("body[data-ready]").wait_for()
    assert first.locator("button").is_disabled()
    assert "Questions left: 5" in (frame.locator("#result").text_content() or "")
    answer(frame, wrong="number")
    assert "Right: 5 of 6" in (frame.locator("#result").text_content() or "")
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    page.wait_for_function("calls.some((call) => ['Terminate', 'LMSFinish'].includes(call[0]))")
    calls = early + page.evaluate("calls")
    page.close()
    if RECORDS.is_dir():
        lines = "".join(f"{' '.join(call)}\n" for call in calls)
        (RECORDS / f"calls-{target}.txt").write_text(lines, encoding="utf-8")
    assert [call for call in calls if call[-1] not in ("0", "403")] == []
    said = {call[1]: call[2] for call in calls if "SetValue" in call[0]}
    assert said["cmi.core.score.raw" if name == "API" else "cmi.score.raw"] == "83"
    status = "cmi.core.lesson_status" if name == "API" else "cmi.completion_status"
    assert [call[2] for call in calls if call[1] == status and len(call) > 4][-1] == "completed"
    results = [call[2] for call in calls if call[1].endswith(".result") and len(call) > 4]
    assert sorted(results)[:5] == ["correct"] * 5
    assert len(results) == 6
    assert outside == []


def launched(address: str) -> dict[str, str]:
    """Give what the address of a launch says."""
    return {
        "endpoint": f"{address}/xapi",
        "fetch": f"{address}/token",
        "actor": json.dumps({"account": {"homePage": "https://lms.invalid", "name": "7"}}),
        "registration": "3f0c8a52-1111-4a11-9c11-000000000001",
        "activityId": "https://lms.invalid/activity/1",
    }


@pytest.mark.parametrize("fails", [False, True])
def test_a_store_of_xapi_gets_the_statements_of_cmi5(
    fails: bool, served: tuple[str, Path], chromium: "Browser"
) -> None:
    """Initialized, scored, completed and terminated, in order, each in the launch's context.

    A report of completion that the store could not take comes again with the end.
    """
    address, folder = served
    unpack(ExchangeFormat.CMI5, folder)
    Store.refuses.extend(["once"] if fails else [])
    asked = launched(address)
    page = chromium.new_page()
    page.goto(f"{address}/index.html?{urlencode(asked, quote_via=quote)}")
    page.locator("body[data-ready]").wait_for()
    answer(page, wrong="several")
    page.wait_for_function("document.querySelector('#result').textContent.includes('5 of 6')")
    page.locator("#leave").click()
    page.wait_for_url(f"{address}/back")  # a page that is closed on its way may never be gone
    assert Store.ended.wait(20)
    page.close()
    said = Store.statements
    assert faults(said) == []
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in said]
    assert verbs == ["initialized", *["answered"] * 6, "scored", "completed", "terminated"]
    assert said[7]["result"] == {"score": {"scaled": 0.8333}}
    assert said[8]["result"]["completion"] is True
    answered = {one["object"]["id"].rpartition("/")[2]: one["result"] for one in said[1:7]}
    assert {name: one["success"] for name, one in answered.items()} == {
        f"q-{kind}.v1": kind != "several" for kind in KINDS
    }
    assert answered["q-number.v1"]["response"] == "100"
    for one in said:
        assert one["context"]["registration"] == asked["registration"]
        assert one["context"]["extensions"]
        assert one["context"]["contextActivities"]["grouping"]
        assert one["object"]["id"].startswith(asked["activityId"])
    kinds = [
        [item["id"].rpartition("/")[2] for item in one["context"]["contextActivities"]["category"]]
        for one in said
    ]
    assert kinds == [["cmi5"], *[[]] * 7, ["cmi5", "moveon"], ["cmi5"]]
    assert [path.partition("?")[0] for path in Store.asked[:3]] == [
        "/token",
        "/xapi/activities/state",
        "/xapi/agents/profile",
    ]


def test_a_unit_of_cmi5_that_ends_leads_back_to_its_platform(
    served: tuple[str, Path], chromium: "Browser"
) -> None:
    """The button says the end first, and goes where the launch said."""
    address, folder = served
    unpack(ExchangeFormat.CMI5, folder)
    page = chromium.new_page()
    page.goto(f"{address}/index.html?{urlencode(launched(address), quote_via=quote)}")
    page.locator("body[data-ready]").wait_for()
    page.locator("#leave").click()
    page.wait_for_url(f"{address}/back")
    page.close()
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in Store.statements]
    assert verbs == ["initialized", "terminated"]


def test_without_a_platform_the_page_works_and_says_so(
    served: tuple[str, Path], chromium: "Browser"
) -> None:
    """Nothing is reported, and the answers are explained all the same."""
    address, folder = served
    unpack(ExchangeFormat.SCORM12, folder)
    page = chromium.new_page()
    page.goto(f"{address}/index.html")
    page.locator("body[data-ready]").wait_for()
    assert page.locator("#alone").is_visible()
    answer(page)
    assert "Right: 6 of 6" in (page.locator("#result").text_content() or "")
    page.locator("#again").click()
    assert "Questions left: 6" in (page.locator("#result").text_content() or "")
    page.close()

"""Figures and log hold nothing that a person typed, answered or was given: a marker is typed everywhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Client
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosedError

from explorer.domain.own_questions import OwnDraft, finished
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from tests.browser.classroom import ClassRoom
from tests.hostile.tab import Tab, browser_cookie, run, tab
from tests.servers import Server
from tests.web.test_metrics import TOKEN, read

MARKER = "kneeache7261"

ASKED = PlannedQuestion(
    question=finished(OwnDraft(kind=QuestionKind.TEXT, stem=f"What of {MARKER}?")).asked(),
    phase=TeachingPhase.FREE,
)

TYPED = {"text_input", "text_area", "number_input", "bidi_component"}
"""Widgets that take what somebody types."""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server with figures, a log in JSON and a passphrase."""
    folder = tmp_path_factory.mktemp("watched")
    found = Server(
        folder=folder,
        database=f"sqlite:///{folder}/classes.sqlite3",
        environment={
            "EXPLORER_METRICS_TOKEN": TOKEN,
            "EXPLORER_LOG": "json",
            "EXPLORER_TEACH_PASSPHRASE": "four green apples here",
        },
        log=folder / "server.log",
    )
    try:
        found.start()
        yield found
    finally:
        found.close()


def watched_log(server: Server) -> Path:
    """Return the file of what the server says."""
    assert server._log is not None
    return server._log


def _fields(found: Tab) -> list[WidgetState]:
    """Return the marker for each field that the page has drawn so far."""
    states: dict[str, WidgetState] = {}
    for data in found.texts:
        message = ForwardMsg()
        message.ParseFromString(data)
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        sends = kind == "button" and element.button.is_form_submitter
        if not sends and kind not in TYPED:
            continue
        name = getattr(element, kind).id
        state = WidgetState(id=name)
        if sends:
            state.trigger_value = True
        elif kind == "number_input":
            state.double_value = 7261
        elif kind == "bidi_component":
            is_address = "link-keys" in name  # which has no keys
            state.json_value = json.dumps({"found": "none"} if is_address else {"told": MARKER})
        else:
            state.string_value = MARKER
        states[name] = state
    return list(states.values())


async def _type_on_pages(base: str) -> int:
    """Type the marker into every field and address of the pages; return how many fields it were."""
    count = 0
    pages = {
        "compare": f"c=ra&m=anakinra,methotrexate&a={MARKER}",
        "visit": f"c={MARKER}",
        "quiz": f"topic={MARKER}",
        "results": MARKER,
        "teach": MARKER,
    }
    for page, query in pages.items():
        async with tab(base, cookie=browser_cookie(base), others={"X-Note": MARKER}) as found:
            await found.look(page, query)
            for _ in range(2):  # the second time with what the first answer drew
                fields = _fields(found)
                await found.rerun(page, query, fields)
                await found.finished()
            count += len(fields)
    return count


@pytest.mark.server
def test_no_word_and_no_code_is_in_figures_or_log(watched: Server) -> None:
    """The marker is in the class's title, its question, an answer, wrong codes, paths and fields."""
    room = ClassRoom(watched.base, watched.database, (ASKED,))
    code = room.keys.code
    room.press("next", "show")
    with Client(base_url=watched.base, headers={"User-Agent": MARKER}) as phone:
        phone.get(f"/join?code={MARKER}")
        phone.get(f"/read/{MARKER}?m={MARKER}")
        phone.get(f"/{MARKER}")
        phone.get(f"/join?code={code}")
        secret = phone.cookies["participant"]
        assert phone.post("/join", data={"code": code}).status_code == 303
        place = room.teaching.participant(code, secret).position_token
        answer = {"code": code, "step": place, "given": MARKER, "sure": MARKER}
        assert phone.post("/join/answer", data=answer).status_code == 303
        assert phone.post("/join/answer", data={**answer, "given": MARKER * 200}).status_code >= 400
        phone.post("/join/leave", data={"code": MARKER})
        typed = run(_type_on_pages(watched.base))
        text = phone.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    room.close()
    assert typed > 5
    found = read(text)
    assert found["explorer_classes", ("shown",)] == 1
    assert (found["explorer_class_people", ()], found["explorer_answers_kept", ()]) == (1, 1)
    assert found["explorer_request_seconds_count", ("answer", "303")] == 1
    assert found["explorer_wrong_guesses_total", ("code",)] >= 1
    assert found["explorer_wrong_guesses_total", ("passphrase",)] == 1
    assert found["explorer_page_run_seconds_count", ()] >= 15
    log = watched_log(watched).read_text(encoding="utf-8")
    for hidden in (MARKER, code, secret, room.keys.console, TOKEN, "green"):
        assert hidden not in text
        assert hidden not in log


@pytest.mark.server
def test_each_line_of_the_log_is_json(watched: Server) -> None:
    """Time, level, place and message in each; also of what Streamlit says of a message that is none."""

    async def confuse() -> None:
        async with tab(watched.base) as found:
            await found.look("compare")
            await found.socket.send(b"\xff" * 20)
            with pytest.raises(ConnectionClosedError):
                await found.finished()

    run(confuse())
    lines = watched_log(watched).read_text(encoding="utf-8").splitlines()
    said = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "message"} <= set(item) for item in said)
    assert any(item["message"].startswith("version ") for item in said)
    own = f"listens on {watched.base}"
    assert not any("127.0.0.1" in item["message"].replace(own, "") for item in said)

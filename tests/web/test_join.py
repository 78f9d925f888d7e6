"""The participant's page over HTTP: a real class on a store in memory, led by the test."""

import asyncio
import logging
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from explorer.classes.views import EndedView
from explorer.content.load import Content
from explorer.domain.class_report import LaterChange, PairedChange
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import (
    ClassState,
    Door,
    NotSaved,
    PlannedQuestion,
    SupportingPassage,
    TeachingPhase,
    Unavailable,
    Unreadable,
)
from explorer.web import throttle as guessing
from explorer.web.join import join_routes
from explorer.web.join.render import JoinPages
from explorer.web.security_headers import SecurityHeaders
from explorer.web.throttle import Guesses, TooManyGuesses
from tests.questions import question
from tests.web.live_class import CODE, LiveClass, ids

FIRST_VISIT = 60_000
"""Bytes that a phone may load before it takes part, all told."""

KINDS = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SORT, QuestionKind.NUMBER)

RIGHT = {
    QuestionKind.SINGLE: ["a"],
    QuestionKind.SEVERAL: ["a", "b"],
    QuestionKind.SORT: ["a=now", "b=later", "c=now"],
    QuestionKind.NUMBER: ["100"],
}


PLAN = tuple(
    PlannedQuestion(
        question=question(kind.value, kind),
        phase=TeachingPhase.FREE,
        evidence=(
            SupportingPassage(
                text="The line of the guide.",
                address="guide#infection",
                source="US label of Kineret, section 5.1",
            ),
        ),
    )
    for kind in KINDS
)
"""One question of each kind that a class may have."""

STATES = [state for state in ClassState if state is not ClassState.PREPARED]
"""States in which somebody has joined."""


@pytest.fixture
def lesson() -> LiveClass:
    """Open a class."""
    return LiveClass(PLAN)


@pytest.fixture
def clock() -> list[float]:
    """Give a clock that a test sets."""
    return [0.0]


@pytest.fixture
def server(content: Content, lesson: LiveClass, clock: list[float]) -> Starlette:
    """Serve the class."""
    return served(content, lesson, clock)


def served(content: Content, lesson: LiveClass, clock: list[float]) -> Starlette:
    """Put the routes behind our headers, as the real server does."""

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    guesses = Guesses(clock=lambda: clock[0], sleep=sleep)
    return Starlette(
        routes=join_routes(
            lambda: content.catalogue, lambda: lesson.service, days=30, guesses=guesses
        ),
        middleware=[Middleware(SecurityHeaders)],
    )


@contextmanager
def browser(server: Starlette, base: str = "http://room.test") -> Iterator[TestClient]:
    """Open a browser with a cookie jar of its own."""
    with TestClient(server, base_url=base) as client:
        yield client


@pytest.fixture
def phone(server: Starlette) -> Iterator[TestClient]:
    """Open a phone that has not joined."""
    with browser(server) as client:
        yield client


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def join(phone: TestClient) -> None:
    """Open the link of the QR code and press Join."""
    assert phone.get(f"/join?code={CODE}").status_code == 200
    answer = phone.post("/join", data={"code": CODE})
    assert answer.status_code == 200, answer.text
    assert str(answer.url).endswith(f"/join?code={CODE}")


def send(phone: TestClient, step: str, *given: str, **more: str) -> Any:
    """Post the form of a question as a browser without scripts does."""
    data: dict[str, object] = {"code": CODE, "step": step, "given": list(given)} | more
    return phone.post("/join/answer", data=data)


# Headers, cookie, weight


def test_the_policy_is_strict(phone: TestClient) -> None:
    """Only files of our own, no inline script or style, no frame, no other form target."""
    policy = phone.get("/join").headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("path", ["/join", "/join/now?code=ABC234", "/join/files/none.js"])
def test_every_answer_has_the_headers(phone: TestClient, path: str) -> None:
    """Pages, parts and refusals send no referrer and are not guessed at."""
    headers = phone.get(path).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "no-store" in headers["cache-control"]


@pytest.mark.parametrize("state", STATES)
def test_nothing_runs_inline(phone: TestClient, lesson: LiveClass, state: ClassState) -> None:
    """No state of the page holds a script, a style or a handler in its text."""
    join(phone)
    lesson.go(state)
    html = phone.get(f"/join?code={CODE}").text
    assert re.findall(r"<script(?![^>]* src=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


@pytest.mark.parametrize("path", ["/join/", f"/join/{CODE}", "/join/a/b"])
def test_more_than_the_address_leads_to_the_form(phone: TestClient, path: str) -> None:
    """Whoever types the code behind the address does not end on a page of another product."""
    answer = phone.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/join")


def test_the_cookie_is_for_the_server_only(phone: TestClient) -> None:
    """The cookie is HttpOnly and SameSite, holds 256 random bits, and lives as long as the class."""
    cookie = r"participant=[\w-]{43}; HttpOnly; Max-Age=%d; Path=/join; SameSite=lax"
    header = phone.get(f"/join?code={CODE}").headers["set-cookie"]
    assert re.fullmatch(cookie % 86_400, header)
    joined = phone.post("/join", data={"code": CODE}, follow_redirects=False)
    again = phone.get(f"/join?code={CODE}")
    for header in (joined.headers["set-cookie"], again.headers["set-cookie"]):
        assert re.fullmatch(cookie % (30 * 86_400), header)


def test_the_cookie_is_secure_on_https(server: Starlette) -> None:
    """Behind TLS the cookie goes over TLS only; a classroom's plain http still works."""
    with browser(server, "https://room.test") as phone:
        assert "; Secure" in phone.get("/join").headers["set-cookie"]


def test_two_browsers_are_two_people(server: Starlette, lesson: LiveClass) -> None:
    """Each browser gets a value of its own."""
    with browser(server) as one, browser(server) as other:
        join(one)
        join(other)
    assert len(lesson.people) == 2


def test_the_token_is_in_no_page_and_no_address(phone: TestClient, lesson: LiveClass) -> None:
    """Who shares a link or a screenshot's address does not share who they are."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    token = phone.cookies["participant"]
    answer = phone.get(f"/join?code={CODE}")
    assert token not in answer.text
    assert token not in str(answer.url)


def test_a_first_visit_is_light(phone: TestClient, lesson: LiveClass) -> None:
    """All that a phone loads until it sees a question stays under the limit, uncompressed."""
    way_in = phone.get(f"/join?code={CODE}")
    phone.post("/join", data={"code": CODE}, follow_redirects=False)
    lesson.go(ClassState.SHOWN)
    room = phone.get(f"/join?code={CODE}")
    files = set(re.findall(r'(?:href|src)="(/join/files/[^"]+)"', way_in.text + room.text))
    assert len(files) == 2
    loaded = [phone.get(name).content for name in files]
    assert len(way_in.content) + len(room.content) + sum(map(len, loaded)) <= FIRST_VISIT


def test_nothing_is_loaded_from_elsewhere(phone: TestClient) -> None:
    """The page names no other host."""
    join(phone)
    html = phone.get(f"/join?code={CODE}").text
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', html) == []


def test_files_are_kept_for_a_year_and_renamed_when_changed(phone: TestClient) -> None:
    """A file's name holds its hash: another hash is not found."""
    name = re.search(r"/join/files/join\.[0-9a-f]{10}\.js", phone.get(f"/join?code={CODE}").text)
    assert name is None  # the way in needs no script
    join(phone)
    found = re.search(r"/join/files/join\.[0-9a-f]{10}\.js", phone.get(f"/join?code={CODE}").text)
    assert found
    answer = phone.get(found[0], headers={"accept-encoding": "br"})
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.headers["content-encoding"] == "br"
    assert phone.get("/join/files/join.0123456789.js").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "a" * 5_000 + ".css",
        "%00.js",
        "%2e%2e%2fjoin.css",
        "join.css/",
        "\N{SNOWMAN}.js",
        "...css",
        ".js",
    ],
)
def test_an_odd_name_of_a_file_is_not_found(phone: TestClient, name: str) -> None:
    """However long or odd a name is, no such file is a plain 404 and never an error of ours."""
    assert phone.get(f"/join/files/{name}").status_code == 404


def test_no_token_is_logged(phone: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """No log line of ours or of the server's parts holds the cookie's value."""
    caplog.set_level(logging.DEBUG)
    join(phone)
    phone.get("/join?code=WRONG2")
    ours = [record for record in caplog.records if not record.name.startswith("httpx2")]
    assert phone.cookies["participant"] not in "".join(record.getMessage() for record in ours)


# The way in


def test_joining_by_plain_forms(phone: TestClient, lesson: LiveClass) -> None:
    """A code typed in small letters with a space joins, and leads to the room."""
    phone.get("/join")
    answer = phone.post("/join", data={"code": "abc 234"})
    assert "You are in" in answer.text
    assert lesson.people == ids(phone.cookies["participant"])


def test_joining_twice_is_joining_once(phone: TestClient, lesson: LiveClass) -> None:
    """A double click on Join makes one person."""
    join(phone)
    join(phone)
    assert len(lesson.people) == 1


@pytest.mark.parametrize(
    ("code", "state", "status", "words"),
    [
        ("ZZZ999", ClassState.OPEN, 404, "There is no class with this code."),
        ("", ClassState.OPEN, 422, "There is no code yet."),
        (CODE, ClassState.ENDED, 410, "This class has ended."),
    ],
)
def test_a_code_that_does_not_work_says_what_to_do(
    phone: TestClient, lesson: LiveClass, code: str, state: ClassState, status: int, words: str
) -> None:
    """Wrong (or past), missing and ended: the field is there again, with what to do."""
    lesson.go(state)
    phone.get("/join")
    answer = phone.post("/join", data={"code": code})
    assert answer.status_code == status
    assert words in answer.text
    assert 'name="code"' in answer.text


def test_a_link_of_an_ended_class_says_so(phone: TestClient, lesson: LiveClass) -> None:
    """Who opens the link too late is told."""
    lesson.go(ClassState.ENDED)
    answer = phone.get(f"/join?code={CODE}")
    assert answer.status_code == 410
    assert "This class has ended." in answer.text


def test_the_end_shows_the_own_answers_with_what_is_right_and_a_page_to_keep(
    server: Starlette, lesson: LiveClass
) -> None:
    """One right, one wrong, one not sure; what was not asked, or skipped, is left out."""
    with browser(server) as phone, browser(server) as stranger:
        join(phone)
        for given in (("a",), ("a", "c"), ()):
            lesson.act("next", "show")
            send(phone, lesson.position_token, *given, **({} if given else {"unsure": "1"}))
            lesson.act("close", "reveal")
        early = phone.get(f"/join/take-home?code={CODE}", follow_redirects=False)
        assert early.headers["location"] == f"/join?code={CODE}"
        lesson.act("next", "skip", "end")
        shown = phone.get(f"/join?code={CODE}").text
        kept = phone.get(f"/join/take-home?code={CODE}").text
        elsewhere = stranger.get(f"/join/take-home?code={CODE}", follow_redirects=False)
        assert elsewhere.headers["location"] == f"/join?code={CODE}"
    for page in (shown, kept):
        assert "1 of 3 right." in page
        assert page.count("Not right yet.") == 1
        assert "You were not sure." in page
        assert "Why c." in page
        assert "What about number?" not in page
        assert "US label of Kineret, section 5.1" in page
        assert "The room, before and after" not in page
    assert f"/join/take-home?code={CODE}" in shown
    assert "<script" not in kept
    assert "Call 911 now" in kept


def test_after_the_round_weeks_later_a_phone_shows_all_three(content: Content) -> None:
    """In place of before and after, which are of other people."""
    row = LaterChange(label="Fever", people=6, hidden=False, before=0.5, after=1.0, later=0.75)
    two = PairedChange(label="Fever", pairs=9, hidden=False, before=0.1, after=0.2)
    view = EndedView(
        code=CODE, position_token="t", state=ClassState.ENDED, changes=(two,), later=(row,)
    )
    made = JoinPages(content.catalogue, 30).part(view)
    assert "from the 6 people who were asked all three times" in made
    assert "<td>50%</td><td>100%</td><td>75%</td></tr>" in made
    assert "10%" not in made


def test_a_trial_phone_leaves_with_its_answers(phone: TestClient, lesson: LiveClass) -> None:
    """Not from another site, and not after the end; whoever left can join again."""
    join(phone)
    lesson.act("next", "show")
    send(phone, lesson.position_token, "a")
    forged = phone.post(
        "/join/leave", data={"code": CODE}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (forged.status_code, len(lesson.people)) == (403, 1)
    left = phone.post("/join/leave", data={"code": CODE})
    assert "Your answers are deleted." in left.text
    assert (lesson.people, lesson.answers) == (set(), [])
    join(phone)
    lesson.go(ClassState.ENDED)
    kept = phone.post("/join/leave", data={"code": CODE})
    assert "Thank you" in kept.text
    assert len(lesson.people) == 1


def test_a_full_class_says_so(content: Content, clock: list[float]) -> None:
    """The next one is told; who is in stays in."""
    server = served(content, LiveClass(PLAN, capacity=1), clock)
    with browser(server) as first, browser(server) as second:
        join(first)
        second.get("/join")
        answer = second.post("/join", data={"code": CODE})
        assert answer.status_code == 409
        assert "This class is full." in answer.text
        join(first)


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("locked", 409, "Nobody more can join this class right now."),
        ("renewed", 410, "This class has a new code now."),
        ("lost", 503, "This class cannot be shown."),
    ],
)
def test_a_class_that_takes_nobody_says_why_and_is_no_wrong_code(
    phone: TestClient,
    lesson: LiveClass,
    clock: list[float],
    what: str,
    status: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the link and by the press, as often as it is tried: a whole room has the old code."""
    monkeypatch.setattr(guessing, "FREE", 5)
    if what == "lost":
        lesson.store.read_error = Unreadable
    else:
        lesson.turn(Door.LOCK if what == "locked" else Door.RENEW)
    phone.get("/join")
    for _ in range(guessing.FREE + 2):
        for answer in (phone.get(f"/join?code={CODE}"), phone.post("/join", data={"code": CODE})):
            assert answer.status_code == status
            assert words in answer.text
    assert clock == [0.0]
    assert lesson.people == set()


def test_a_class_that_is_lost_under_a_phone_sends_it_to_the_page_that_says_so(
    phone: TestClient, lesson: LiveClass
) -> None:
    """The script loads the page again at 404; it would go on asking at 503."""
    join(phone)
    lesson.store.read_error = Unreadable
    assert phone.get(f"/join/now?code={CODE}").status_code == 404
    answer = send(phone, lesson.position_token, "a")
    assert (answer.status_code, "This class cannot be shown." in answer.text) == (503, True)


FOCUSABLE = re.compile(r"<(?:a|button|summary|input|select)\b[^>]*>")


@pytest.mark.parametrize("place", ["way-in", "wrong", "room", "lost"])
def test_the_first_thing_to_reach_is_a_way_past_the_signs(
    phone: TestClient, lesson: LiveClass, place: str
) -> None:
    """A page whose first object unfolds something is not read aloud, and its reading keys are dead."""
    if place == "room":
        join(phone)
    lesson.store.read_error = Unreadable if place == "lost" else None
    page = phone.get("/join?code=ZZZ999" if place == "wrong" else f"/join?code={CODE}").text
    first = next(FOCUSABLE.finditer(page[page.index("<body>") :]))
    assert first.group() == '<a class="skip" href="#room">'
    assert '<main id="room" tabindex="-1"' in page


def test_what_hinders_joining_gets_the_focus(phone: TestClient) -> None:
    """An alert that is there when the page loads is said by no screen reader."""
    phone.get("/join")
    page = phone.post("/join", data={"code": "ZZZ999"}).text
    assert '<div class="problem" role="alert" id="problem" tabindex="-1" autofocus>' in page
    assert page.count("autofocus") == 1


def test_signs_that_nobody_sees_are_not_shown_again(phone: TestClient, lesson: LiveClass) -> None:
    """An answer that does not fit comes back as one plain line."""
    join(phone)
    lesson.go(ClassState.SHOWN, KINDS.index(QuestionKind.NUMBER))
    answer = send(phone, lesson.position_token, "1\x00\u202e2\u2028\x1b[31m")
    assert answer.status_code == 422
    assert 'value="12 [31m"' in answer.text


def test_without_cookies_the_form_says_so(phone: TestClient, lesson: LiveClass) -> None:
    """A browser that sends no cookie back is told what to allow, and joins nothing."""
    answer = phone.post("/join", data={"code": CODE})
    assert answer.status_code == 400
    assert "allow cookies" in answer.text
    assert lesson.people == set()


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.test"}]
)
def test_a_form_on_another_site_does_nothing(
    phone: TestClient, lesson: LiveClass, headers: dict[str, str]
) -> None:
    """A request that another site makes this browser send is refused."""
    phone.get("/join")
    assert phone.post("/join", data={"code": CODE}, headers=headers).status_code == 403
    assert lesson.people == set()


def test_words_that_look_like_markup_stay_words(phone: TestClient) -> None:
    """What is typed as a code comes back as text."""
    phone.get("/join")
    answer = phone.post("/join", data={"code": '"><b>'})
    assert "<b>" not in answer.text.split("<main", 1)[1].split("</form>")[0]


def test_who_opens_the_link_without_joining_sees_no_room(
    phone: TestClient, lesson: LiveClass
) -> None:
    """The question is for who has joined; the live part says 401."""
    lesson.go(ClassState.SHOWN)
    assert lesson.plan[0].question.stem not in phone.get(f"/join?code={CODE}").text
    assert phone.get(f"/join/now?code={CODE}").status_code == 401


# Answers


@pytest.mark.parametrize("number", range(4), ids=[kind.value for kind in KINDS])
def test_each_kind_is_answered_by_a_plain_form(
    phone: TestClient, lesson: LiveClass, number: int
) -> None:
    """The form's own fields make an answer, and the page says that it is saved."""
    join(phone)
    lesson.go(ClassState.SHOWN, number)
    html = phone.get(f"/join?code={CODE}").text
    kind = KINDS[number]
    values = re.findall(r'value="([^"]+)"', html)
    assert kind is QuestionKind.NUMBER or set(RIGHT[kind]) <= set(values)
    answer = send(phone, lesson.position_token, *RIGHT[kind])
    assert "Your answer is saved." in answer.text
    assert lesson.answers == [tuple(RIGHT[kind])]


def test_nothing_is_chosen_beforehand(phone: TestClient, lesson: LiveClass) -> None:
    """No option is preselected."""
    join(phone)
    for number in range(4):
        lesson.go(ClassState.SHOWN, number)
        html = phone.get(f"/join?code={CODE}").text
        assert " checked>" not in html
        assert " selected" not in html


def test_an_answer_can_be_changed(phone: TestClient, lesson: LiveClass) -> None:
    """The last answer before closing stands, and it is shown as chosen."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    send(phone, lesson.position_token, "b")
    html = send(phone, lesson.position_token, "c").text
    assert lesson.answers == [("c",)]
    assert 'value="c" checked' in html


def test_not_sure_is_an_answer(phone: TestClient, lesson: LiveClass) -> None:
    """The second button keeps "not sure", whatever is chosen."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    answer = send(phone, lesson.position_token, "b", unsure="1")
    assert lesson.answers == [None]
    assert "Saved: you are not sure." in answer.text


def test_what_is_missing_is_said_and_nothing_chosen_is_lost(
    phone: TestClient, lesson: LiveClass
) -> None:
    """An unfinished sorting comes back with its choices and one line on what is missing."""
    join(phone)
    lesson.go(ClassState.SHOWN, 2)
    answer = send(phone, lesson.position_token, "a=now", "", "c=later")
    assert answer.status_code == 422
    assert "Put every line into a group." in answer.text
    assert 'value="c=later" selected' in answer.text
    assert lesson.answers == []


def test_after_closing_an_answer_is_refused(phone: TestClient, lesson: LiveClass) -> None:
    """The page says that it was not counted, and what was saved before stands."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    step = lesson.position_token
    send(phone, step, "b")
    lesson.go(ClassState.CLOSED)
    answer = send(phone, step, "a")
    assert answer.status_code == 409
    assert "closed before your answer came" in answer.text
    assert lesson.answers == [("b",)]


def test_an_unfinished_answer_after_closing_never_looks_saved(
    phone: TestClient, lesson: LiveClass
) -> None:
    """The page of the closed question shows the answer that is saved, not the one that came late."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    token = lesson.position_token
    send(phone, token, "b")
    lesson.go(ClassState.CLOSED)
    answer = send(phone, token, "a", "c")
    assert answer.status_code == 422
    assert "Your answer:" in answer.text
    assert [text in answer.text for text in ("Text a.", "Text b.", "Text c.")] == [
        False,
        True,
        False,
    ]


def test_an_answer_to_the_question_before_is_not_taken_for_this_one(
    phone: TestClient, lesson: LiveClass
) -> None:
    """A page left open on an older question does not answer the new one."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    before = lesson.position_token
    lesson.go(ClassState.SHOWN, 1)
    assert send(phone, before, "a").status_code == 409
    assert lesson.answers == []


def test_an_answer_that_is_not_durable_is_not_confirmed(
    phone: TestClient, lesson: LiveClass
) -> None:
    """When the store fails the page says so, keeps the choice, and does not say saved."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    lesson.store.write_error = NotSaved
    answer = send(phone, lesson.position_token, "b")
    assert answer.status_code == 503
    assert "Your answer is not saved yet. Please send it again." in answer.text
    assert "Your answer is saved." not in answer.text
    assert 'value="b" checked' in answer.text


def test_a_stranger_cannot_answer(phone: TestClient, lesson: LiveClass) -> None:
    """An answer without joining is not kept."""
    phone.get("/join")
    lesson.go(ClassState.SHOWN)
    send(phone, lesson.position_token, "a")
    assert lesson.answers == []


def test_a_huge_form_is_refused(phone: TestClient, lesson: LiveClass) -> None:
    """Nobody fills the server's memory."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    assert send(phone, lesson.position_token, "a" * 9000).status_code == 413
    assert lesson.answers == []


def test_the_script_gets_the_part_and_the_same_tag(phone: TestClient, lesson: LiveClass) -> None:
    """An answer sent by the script comes back as the room's part; then nothing is new."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    answer = phone.post(
        "/join/answer",
        data={"code": CODE, "step": lesson.position_token, "given": "b"},
        headers={"x-part": "room"},
    )
    assert answer.status_code == 200
    assert "<html" not in answer.text
    again = phone.get(f"/join/now?code={CODE}", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    lesson.go(ClassState.CLOSED)
    moved = phone.get(f"/join/now?code={CODE}", headers={"if-none-match": answer.headers["etag"]})
    assert moved.status_code == 200


# What may be seen when


@pytest.mark.parametrize("state", [ClassState.READING, ClassState.SHOWN, ClassState.CLOSED])
@pytest.mark.parametrize("number", range(4), ids=[kind.value for kind in KINDS])
def test_nothing_of_the_solution_before_the_reveal(
    phone: TestClient, lesson: LiveClass, state: ClassState, number: int
) -> None:
    """Neither the page nor the part holds a reason, an action, a verdict or a source."""
    join(phone)
    if state is not ClassState.READING:
        lesson.go(ClassState.SHOWN, number)
        send(phone, lesson.position_token, *RIGHT[KINDS[number]])
    lesson.go(state, number)
    seen = (phone.get(f"/join?code={CODE}").text + phone.get(f"/join/now?code={CODE}").text).lower()
    asked = lesson.plan[number].question
    hidden = [item.rationale for item in asked.options] + [
        item.action for item in asked.options if item.action
    ]
    for text in [*hidden, "the line of the guide", "this is right", "kineret", 'class="key"']:
        assert text.lower() not in seen
    if KINDS[number] is QuestionKind.NUMBER and state is ClassState.READING:
        assert "100" not in seen.split("<main", 1)[1].split("</main>")[0]


def test_the_options_come_after_the_reading(phone: TestClient, lesson: LiveClass) -> None:
    """While the room reads, the question is there and no option and no form is."""
    join(phone)
    lesson.go(ClassState.READING)
    html = phone.get(f"/join?code={CODE}").text
    assert "What about single?" in html
    assert "Text a." not in html
    assert "/join/answer" not in html


def test_the_reveal_shows_the_own_answer_with_the_reasons(
    phone: TestClient, lesson: LiveClass
) -> None:
    """After the reveal each option has its reason, and the place that settles it is named."""
    join(phone)
    lesson.go(ClassState.SHOWN)
    send(phone, lesson.position_token, "b")
    lesson.go(ClassState.REVEALED)
    html = phone.get(f"/join?code={CODE}").text
    for text in ("Not right", "Why a.", "Why b.", "Why c.", "You chose it.", "section 5.1"):
        assert text in html
    assert 'href="/guide#infection"' in html


def test_who_came_late_gets_the_reasons_too(phone: TestClient, lesson: LiveClass) -> None:
    """Joining at the reveal shows the reasons and claims no answer."""
    lesson.go(ClassState.REVEALED)
    join(phone)
    html = phone.get(f"/join?code={CODE}").text
    assert "No answer came from you." in html
    assert "Why a." in html


def test_one_person_does_not_see_the_answer_of_another(
    server: Starlette, lesson: LiveClass
) -> None:
    """What one chose is on no other page."""
    with browser(server) as one, browser(server) as other:
        join(one)
        join(other)
        lesson.go(ClassState.SHOWN)
        send(one, lesson.position_token, "b")
        assert " checked>" not in other.get(f"/join?code={CODE}").text


@pytest.mark.parametrize(
    ("state", "refreshes"),
    [
        (ClassState.OPEN, True),
        (ClassState.READING, True),
        (ClassState.SHOWN, False),
        (ClassState.ENDED, False),
    ],
)
def test_without_scripts_a_page_without_a_form_looks_again(
    phone: TestClient, lesson: LiveClass, state: ClassState, refreshes: bool
) -> None:
    """A page with a form is never loaded anew under somebody's fingers."""
    join(phone)
    lesson.go(state)
    assert ('http-equiv="refresh"' in phone.get(f"/join?code={CODE}").text) is refreshes


# Guessing codes


def test_guessing_is_slowed_and_counted(phone: TestClient, clock: list[float]) -> None:
    """Three hundred wrong codes cost nothing; then each one waits for a tenth of a second."""
    for number in range(guessing.FREE):
        phone.get(f"/join?code=WR{number}")
    assert clock[0] == 0
    for number in range(50):
        phone.get(f"/join?code=WX{number}")
    assert clock[0] == pytest.approx(50 * guessing.REGAIN)


@pytest.mark.slow
def test_a_class_behind_one_router_is_not_held_up(
    server: Starlette, lesson: LiveClass, clock: list[float]
) -> None:
    """Sixty phones and 36 mistyped codes in one instant, while somebody there guesses: 60 joined."""
    phones = [TestClient(server, base_url="http://room.test") for _ in range(60)]
    guesser = TestClient(server, base_url="http://room.test")
    for number in range(guessing.FREE - 2 * 36):
        guesser.get(f"/join?code=WR{number}")

    def come_in(number: int) -> None:
        if number < 36:
            assert phones[number].get(f"/join?code=ABC{number}").status_code == 404
        join(phones[number])

    with ThreadPoolExecutor(max_workers=60) as threads:
        list(threads.map(come_in, range(60)))
    assert clock == [0.0]
    assert len(lesson.people) == 60


def wrong_codes(
    guesses: Guesses, number: int, address: str = "192.0.2.7"
) -> Coroutine[Any, Any, None]:
    """Guess some wrong codes, one after the other."""

    async def guess() -> None:
        for at in range(number):
            async with guesses.attempt(address, f"W{at}") as attempt:
                attempt.was_wrong()

    return guess()


def test_a_line_of_guesses_is_refused_unseen() -> None:
    """Beyond the bound a line forms, and a full one refuses; what was right there passes at once."""

    async def play() -> int:
        never = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            await never.wait()

        guesses = Guesses(clock=lambda: 0.0, sleep=sleep)
        async with guesses.attempt("192.0.2.7", CODE) as attempt:
            attempt.was_right()
        await wrong_codes(guesses, guessing.FREE)
        waiting = [asyncio.create_task(wrong_codes(guesses, 1)) for _ in range(guessing.QUEUE)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyGuesses):
            await wrong_codes(guesses, 1)
        await wrong_codes(guesses, 1, "192.0.2.8")  # another address is not held up
        async with guesses.attempt("192.0.2.7", CODE) as attempt:
            attempt.was_wrong()  # the class was deleted meanwhile: no longer let through
        with pytest.raises(TooManyGuesses):
            async with guesses.attempt("192.0.2.7", CODE):
                pass
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return guesses.wrong

    assert run(play()) == guessing.FREE + 2


def test_codes_tried_at_once_count_before_they_are_known() -> None:
    """Whoever sends a thousand at once gets no more answers than the bound allows."""

    async def play() -> int:
        looked_up = 0

        async def sleep(_seconds: float) -> None:
            await asyncio.Event().wait()

        guesses = Guesses(clock=lambda: 0.0, sleep=sleep)

        async def guess(number: int) -> None:
            nonlocal looked_up
            async with guesses.attempt("192.0.2.7", f"W{number}") as attempt:
                looked_up += 1
                await asyncio.sleep(0)
                attempt.was_wrong()

        tasks = [asyncio.create_task(guess(number)) for number in range(1000)]
        await asyncio.wait(tasks, timeout=0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return looked_up

    assert run(play()) == guessing.FREE


def test_wrong_codes_are_forgotten() -> None:
    """Half a minute later the same address guesses freely again; no address is kept as it is."""
    now = [0.0]

    async def play() -> Guesses:
        async def sleep(seconds: float) -> None:
            now[0] += seconds

        guesses = Guesses(clock=lambda: now[0], sleep=sleep)
        await wrong_codes(guesses, guessing.FREE)
        now[0] = guessing.FREE * guessing.REGAIN
        await wrong_codes(guesses, guessing.FREE)
        assert now[0] == guessing.FREE * guessing.REGAIN
        return guesses

    assert b"192.0.2.7" not in b"".join(run(play())._known)


# A store that cannot be reached


def test_an_unreachable_class_says_so(phone: TestClient, lesson: LiveClass) -> None:
    """The page says that nothing saved is lost and what to do; the script hears 503."""
    join(phone)
    lesson.store.read_error = Unavailable
    answer = phone.get(f"/join?code={CODE}")
    assert answer.status_code == 503
    assert "The class cannot be reached right now." in answer.text
    assert phone.get(f"/join/now?code={CODE}").status_code == 503


def test_an_unreachable_class_keeps_nobody_as_a_guesser(
    phone: TestClient, lesson: LiveClass, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes that could not be looked up are not wrong codes."""
    monkeypatch.setattr(guessing, "FREE", 5)
    lesson.store.read_error = Unavailable
    for _ in range(guessing.FREE + 2):
        assert phone.get(f"/join?code={CODE}").status_code == 503
    assert clock[0] == 0

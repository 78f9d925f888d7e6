"""What phones and hosts can send, and what a database can hold, stops no view of a class."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.classes.keys import IssuedKeys
from explorer.classes.service import ClassService
from explorer.content.load import Content
from explorer.domain.grading import grade, validation_error
from explorer.domain.letters import one_line, typed
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.sessions import (
    LONGEST_TITLE,
    Action,
    ClassState,
    Door,
    NoSuchClass,
    NotJoined,
    PlannedQuestion,
    TeachingPhase,
    Unreadable,
)
from explorer.export import (
    class_html,
    report_csv,
    report_html,
    report_lines,
    report_pdf,
    report_xlsx,
    room_html,
)
from explorer.store import open_store
from explorer.store.memory import MemoryStore
from explorer.ui.views.class_words import votes
from explorer.web.join import join_routes
from explorer.web.throttle import Guesses
from tests.questions import question

pytestmark = pytest.mark.slow

KINDS = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.NUMBER, QuestionKind.SORT)

PLAN = tuple(
    PlannedQuestion(question=question(f"q{at}", kind, concept="c1"), phase=phase)
    for phase in (TeachingPhase.BEFORE, TeachingPhase.AFTER)
    for at, kind in enumerate(KINDS)
)

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
"""Any text that Python can hold, halves of pairs and noncharacters too."""


def opened(teaching: ClassService, title: str = "A lesson") -> IssuedKeys:
    """Open a class."""
    return teaching.open_session(PLAN, title=title, content="v1", concepts={"c1": "A concept"})


def press(teaching: ClassService, keys: IssuedKeys, *actions: Action) -> None:
    """Lead a class."""
    for action in actions:
        teaching.advance(keys.console, action, teaching.host(keys.console).version)


def right(asked: Question) -> tuple[str, ...]:
    """Give a right answer."""
    if asked.kind is QuestionKind.NUMBER and asked.number is not None:
        return (str(asked.number.value),)
    if asked.kind is QuestionKind.SORT:
        return tuple(f"{item.id}={item.group}" for item in asked.options)
    return tuple(sorted(asked.keys))


def every_screen(
    teaching: ClassService, keys: IssuedKeys, tokens: list[str], content: Content
) -> None:
    """Draw the host's screen, the projector, and the phones."""
    catalogue = content.catalogue
    for standing in (teaching.host(keys.console), teaching.projector(keys.projector)):
        if standing.planned is not None:
            chosen = votes(standing, catalogue.words)
            room_html.why(standing.planned, chosen, standing.step, catalogue)
            room_html.bars(standing.planned, chosen, catalogue)
            class_html.reveal(standing.planned.question, standing.planned.evidence, catalogue)
    client = phone(teaching, content)
    code = teaching.host(keys.console).code
    for token in tokens:
        client.cookies.set("participant", token)
        assert client.get(f"/join?code={code}").status_code == 200
        assert client.get(f"/join/now?code={code}").status_code == 200
    assert any(item.code == code for item in teaching.listed())


def every_view(
    teaching: ClassService, keys: IssuedKeys, tokens: list[str], content: Content, *, pdf: bool
) -> None:
    """Draw all that is drawn of a class: the screens, and the report in each of its files."""
    every_screen(teaching, keys, tokens, content)
    report = teaching.report(keys.report)
    words = content.catalogue.words
    report_html.facts(report, words)
    report_lines.tables(report, words)
    assert report_csv.write(report, words)
    assert report_xlsx.write(report, words)
    if pdf:
        assert report_pdf.write(report, words)


def phone(teaching: ClassService, content: Content) -> TestClient:
    """Give a phone without a script."""

    async def at_once(_: float) -> None:
        """Hold up nobody who guesses: that is tried elsewhere, and takes a second each."""

    guesses = Guesses(sleep=at_once)
    routes = join_routes(lambda: content.catalogue, lambda: teaching, days=30, guesses=guesses)
    return TestClient(Starlette(routes=routes))


FORM = {"content-type": b"application/x-www-form-urlencoded"}


def sent_as(fields: Mapping[str, str | list[str]]) -> bytes:
    """Encode a form byte by byte, as a program would: halves of pairs too, which no library sends."""
    return urlencode(fields, doseq=True, errors="surrogatepass").encode()


@given(st.lists(ANYTHING, max_size=4), st.sampled_from(KINDS))
def test_what_fits_can_be_judged(given_answer: list[str], kind: QuestionKind) -> None:
    """Whatever is said to fit is graded, and whatever does not fit is said to in words."""
    asked = question("q", kind)
    answer = tuple(given_answer)
    problem = validation_error(asked, answer)
    if problem:
        with pytest.raises(ValueError, match=r"\w"):
            grade(asked, answer)
    else:
        assert 0 <= grade(asked, answer).score <= 1


@given(st.from_regex(r"[+-]?[0-9.,eE_ infaINFA\u0663]{1,12}", fullmatch=True))
def test_a_number_is_taken_only_where_it_can_be_judged(text: str) -> None:
    """Exponents, infinities and nine times nine digits are none."""
    asked = question("q", QuestionKind.NUMBER)
    if not validation_error(asked, (text,)):
        grade(asked, (text,))
        assert abs(Decimal(text.replace(",", "."))) < 10**9


@pytest.mark.parametrize("sent", ["1E9999999", "1e5", "inf", "NaN", "1_0", "9" * 10, "1.2.3", ""])
def test_a_number_without_an_end_is_refused(sent: str) -> None:
    """Nine signs once ended a class for good."""
    assert (
        validation_error(question("q", QuestionKind.NUMBER), (sent,))
        == "Type a number, such as 3 or 2.5."
    )


@pytest.mark.parametrize("sent", ["3", "2.5", "2,5", "+3", "-3", ".5", "3.", "123456789.123456789"])
def test_a_number_as_people_write_it_is_taken(sent: str) -> None:
    """Comma or point, with or without a sign."""
    assert validation_error(question("q", QuestionKind.NUMBER), (sent,)) == ""


@given(ANYTHING)
def test_a_name_is_one_plain_line(text: str) -> None:
    """No sign that turns, hides or breaks a line is kept."""
    line = typed(text, 20)
    assert len(line) <= 20
    assert one_line(line) == line
    assert typed(line, 20) == line


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(title="\ud800", sent=["\ud800"], step="\ud800", code="\ud800", unsure="\ud800", cookie="x")
@given(
    title=ANYTHING,
    sent=st.lists(ANYTHING, max_size=4),
    step=ANYTHING,
    code=ANYTHING,
    unsure=st.none() | ANYTHING,
    cookie=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=60),
)
def test_whatever_is_sent_every_view_comes_up(
    content: Content,
    title: str,
    sent: list[str],
    step: str,
    code: str,
    unsure: str | None,
    cookie: str,
) -> None:
    """Any text in the name of a class, in its keys, and in any field or cookie of a phone."""
    teaching = ClassService(MemoryStore())
    keys = opened(teaching, title)
    client = phone(teaching, content)
    honest = teaching.join(keys.code)
    tokens = [honest]
    for look in (teaching.host, teaching.projector, teaching.report, teaching.delete):
        with pytest.raises(NoSuchClass):
            look(title)
    odd = {"cookie": b"participant=" + cookie.encode("latin-1")}
    for path in ("/join", f"/join?code={keys.code}"):
        assert client.get(path, headers=odd).status_code == 200
    for path in ("/join", "/join/answer"):
        form = {"code": keys.code, "step": step, "given": sent}
        assert client.post(path, content=sent_as(form), headers=odd | FORM).status_code < 500
    client.get("/join")
    for form in ({"code": code}, {"code": keys.code}):
        client.post("/join", content=sent_as(form), headers=FORM, follow_redirects=False)
    tokens.append(str(client.cookies["participant"]))
    for _ in KINDS:
        press(teaching, keys, Action.NEXT, Action.SHOW)
        asked = teaching.host(keys.console).planned
        assert asked is not None
        where = teaching.participant(keys.code, honest).position_token
        teaching.answer(keys.code, honest, where, right(asked.question))
        for wanted in (where, step):
            form = {"code": keys.code, "step": wanted, "given": sent}
            if unsure is not None:
                form["unsure"] = unsure
            client.post("/join/answer", content=sent_as(form), headers=FORM, follow_redirects=False)
        press(teaching, keys, Action.CLOSE, Action.REVEAL)
        every_screen(teaching, keys, tokens, content)
    every_view(teaching, keys, [], content, pdf=False)
    result = teaching.report(keys.report)
    assert len(result.title) <= LONGEST_TITLE
    assert result.people == 2


GARBAGE = [
    "",
    "null",
    "1",
    "{}",
    '"a"',
    "[1, 2]",
    '["1E9999999"]',
    '["a=b=c", "="]',
    '["nobody"]',
    "[" * 100_000,
    '["' + "x" * 200_000 + '"]',
    '["\\ud800"]',
    "\x00",
    b"\xff\xfe",
    -1,
    1.5,
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Name the file of a database."""
    return tmp_path / "classes.sqlite3"


@pytest.fixture
def teaching(database: Path) -> Iterator[ClassService]:
    """Give a service on that file."""
    made = ClassService(open_store(f"sqlite:///{database}", database.parent))
    yield made
    made.close()


def written(database: Path, statement: str, *values: object) -> None:
    """Write into a database as no program of ours does."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement, values)


@pytest.fixture(scope="module")
def answered(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[bytes, IssuedKeys, list[str]]:
    """Give a database with a class in which six answered each kind of question, and its keys."""
    folder = tmp_path_factory.mktemp("answered")
    file = folder / "classes.sqlite3"
    teaching = ClassService(open_store(f"sqlite:///{file}", folder))
    keys = opened(teaching)
    tokens = [teaching.join(keys.code) for _ in range(6)]
    for _ in KINDS:
        press(teaching, keys, Action.NEXT, Action.SHOW)
        asked = teaching.host(keys.console).planned
        assert asked is not None
        for token in tokens:
            step = teaching.participant(keys.code, token).position_token
            teaching.answer(keys.code, token, step, right(asked.question))
        press(teaching, keys, Action.CLOSE, Action.REVEAL)
    teaching.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    return file.read_bytes(), keys, tokens


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_a_kept_answer_that_cannot_be_read_counts_as_not_right(
    answered: tuple[bytes, IssuedKeys, list[str]],
    database: Path,
    content: Content,
    request: pytest.FixtureRequest,
    garbage: object,
) -> None:
    """It is marked for the host and its phone, every view comes up, and the others count."""
    kept, keys, tokens = answered
    database.write_bytes(kept)
    teaching = request.getfixturevalue("teaching")
    written(
        database,
        "UPDATE responses SET given = ? WHERE participant ="
        " (SELECT id FROM participants ORDER BY rowid LIMIT 1)",  # the first phone
        garbage,
    )
    every_view(teaching, keys, tokens[:2], content, pdf=False)
    assert teaching.host(keys.console).unreadable == 1
    for item in teaching.report(keys.report).questions:
        assert (item.n, item.right, item.unreadable) == (6, 5, 1)
    press(teaching, keys, Action.END)
    every_view(teaching, keys, tokens[:2], content, pdf=False)


def test_the_report_says_how_many_answers_could_not_be_read(
    teaching: ClassService, database: Path, content: Content
) -> None:
    """On screen and in every file, since all render the same tables."""
    keys = opened(teaching)
    tokens = [teaching.join(keys.code) for _ in range(5)]
    press(teaching, keys, Action.NEXT, Action.SHOW)
    for token in tokens:
        teaching.answer(
            keys.code, token, teaching.participant(keys.code, token).position_token, ("a",)
        )
    press(teaching, keys, Action.END)
    written(database, "UPDATE responses SET given = '[1]'")
    tables = report_lines.tables(teaching.report(keys.report), content.catalogue.words)
    remarks = [remark for table in tables for remark in table.remarks]
    assert "Answers that could not be read: 5. They count as not right." in remarks


@pytest.mark.parametrize(
    "column", ["plan", "asks", "concepts", "step", "opened", "changed", "title"]
)
def test_a_class_that_cannot_be_read_stops_no_other(
    teaching: ClassService, database: Path, content: Content, column: str
) -> None:
    """Its console says so and can delete it, phones are told to wait, and the list goes on."""
    broken, sound = opened(teaching), opened(teaching)
    token = teaching.join(broken.code)
    teaching.join(sound.code)
    written(
        database,
        f"UPDATE sessions SET {column} = ?, version = 2 WHERE code = ?",
        "\x1b[31m{",
        broken.code,
    )
    again = ClassService(open_store(f"sqlite:///{database}", database.parent))
    codes = {item.code for item in again.listed()}
    assert codes == {broken.code, sound.code}
    every_view(again, sound, [], content, pdf=False)
    if column != "title":
        with pytest.raises(Unreadable):
            again.host(broken.console)
        client = phone(again, content)
        client.cookies.set("participant", token)
        assert client.get(f"/join?code={broken.code}").status_code == 503
    again.delete(broken.console)
    with pytest.raises(NoSuchClass):
        again.host(broken.console)
    assert [item.code for item in again.listed()] == [sound.code]
    again.close()


@pytest.mark.parametrize("value", ["now", None, 1.5, b"x"], ids=["text", "null", "float", "bytes"])
def test_a_participant_that_cannot_be_read_stops_nothing(
    teaching: ClassService, database: Path, content: Content, value: object
) -> None:
    """They count where they answered and are in no other question's room."""
    keys = opened(teaching)
    token = teaching.join(keys.code)
    press(teaching, keys, Action.NEXT, Action.SHOW)
    teaching.answer(keys.code, token, teaching.participant(keys.code, token).position_token, ("a",))
    written(database, "UPDATE participants SET joined = ?, seen = ?", value or "", value or "")
    every_view(teaching, keys, [token], content, pdf=False)


def odd_forms(code: str, step: str) -> Iterator[dict[str, object]]:
    """Give forms that no page of ours sends."""
    answers: tuple[object, ...] = (
        "1E9999999",
        ["a=b"] * 40,
        "a" * 7000,
        "\x00\u202e\x1b[31m",
        ["a", "a"],
        ["=", "==", "a="],
        json.dumps(["x"] * 90),
        "9" * 400,
        "\N{ARABIC-INDIC DIGIT THREE}",
        "",
    )
    for answer in answers:
        for place in (step, "9" * 400, "\x00", f"-1.{step}", "0.revealed", ""):
            yield {"code": code, "step": place, "given": answer}
        yield {"code": "\x00" * 50, "step": step, "given": answer}
        yield {"code": code, "step": step, "unsure": answer}
        yield {"code": [code] * 30, "step": [step] * 30, "given": answer}


STRANGERS = 4


class Stranger:
    """A phone that was let in like everybody else, and sends what no page of ours sends.

    Args:
        number: which of the strangers; they share the odd forms out among them.
    """

    def __init__(self, teaching: ClassService, content: Content, code: str, number: int) -> None:
        self._phone = phone(teaching, content)
        self._code = code
        self._number = number
        self._phone.get("/join")
        assert self._phone.post("/join", data={"code": code}).status_code == 200

    def work(self, step: str) -> int:
        """Send forms; give how many were answered with something else than a failure."""
        forms = islice(odd_forms(self._code, step), self._number, None, STRANGERS)
        answers = [self._phone.post("/join/answer", data=form) for form in forms]
        self._phone.post("/join", data={"code": self._code[:-1] + "?"})
        self._phone.get("/join/now?code=" + "%00" * 50)
        self._phone.get(f"/join?code={self._code}")
        return sum(answer.status_code < 500 for answer in answers)


def test_a_class_runs_to_its_end_while_hostile_phones_work_on_it(
    teaching: ClassService, content: Content
) -> None:
    """Four strangers, each odd form at each question: no honest answer is lost, every view comes up.

    In between the host lets go of phones that never answered, makes room, and locks the class.
    """
    keys = opened(teaching, "A lesson \N{BIOHAZARD SIGN}\u202e\x1b[31m")
    honest = [phone(teaching, content) for _ in range(20)]
    for client in honest:
        client.get("/join")
        assert client.post("/join", data={"code": keys.code}).status_code == 200
    tokens = [str(client.cookies["participant"]) for client in honest]
    strangers = [Stranger(teaching, content, keys.code, number) for number in range(STRANGERS)]
    taken = 0
    with ThreadPoolExecutor(max_workers=len(strangers)) as threads:
        for place in range(len(PLAN)):
            press(teaching, keys, Action.NEXT)
            if teaching.host(keys.console).planned is None:  # between the rounds
                press(teaching, keys, Action.NEXT)
            press(teaching, keys, Action.SHOW)
            asked = teaching.host(keys.console).planned
            assert asked is not None
            step = teaching.participant(keys.code, tokens[0]).position_token
            at_work = [threads.submit(item.work, step) for item in strangers]
            form = {"code": keys.code, "step": step, "given": list(right(asked.question))}
            for client in honest:
                sent = client.post("/join/answer", data=form, follow_redirects=False)
                assert sent.status_code == 303
            every_screen(teaching, keys, tokens[:2], content)
            taken += sum(item.result() for item in at_work)
            if place == 0:
                for door in (Door.LET_GO, Door.ENLARGE, Door.LOCK):
                    version = teaching.host(keys.console).version
                    teaching.turn_door(keys.console, door, version)
            press(teaching, keys, Action.CLOSE, Action.REVEAL)
            every_view(teaching, keys, tokens[:2], content, pdf=place == 0)
    assert taken == len(list(odd_forms("", ""))) * len(PLAN)
    press(teaching, keys, Action.END)
    every_view(teaching, keys, tokens, content, pdf=True)
    report = teaching.report(keys.report)
    assert len(report.questions) == len(PLAN)
    for item in report.questions:
        assert item.right is not None
        assert item.right >= len(honest)
        assert item.unreadable == 0
    for token in tokens:
        assert teaching.participant(keys.code, token).state is ClassState.ENDED


def test_whoever_has_not_joined_is_told_so_at_any_code(teaching: ClassService) -> None:
    """Odd codes name no class and break nothing."""
    for code in ("", "\x00", "ß" * 200, "'; DROP TABLE sessions; --", "\ud800"):
        with pytest.raises(NotJoined):
            teaching.participant(code, "t" * 43)


def test_times_are_read_or_sort_first(teaching: ClassService, database: Path) -> None:
    """A time that cannot be read is the earliest there is."""
    keys = opened(teaching)
    written(database, "UPDATE sessions SET opened = 'yesterday' WHERE code = ?", keys.code)
    (found,) = teaching.listed()
    assert found.opened == datetime.min.replace(tzinfo=UTC)

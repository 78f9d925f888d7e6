"""Any value in any column of a database of classes: it costs itself, and nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.classes.keys import IssuedKeys
from explorer.classes.service import ClassService
from explorer.content.load import Content
from explorer.domain.sessions import Action, ClassState, Refused, Unreadable
from explorer.store import open_store
from tests.web.test_hostile_room import every_view, opened, phone, press

COLUMNS = {
    "sessions": [
        "title",
        "content",
        "opened",
        "changed",
        "capacity",
        "plan",
        "concepts",
        "step",
        "version",
        "asks",
        "place",
        "ask",
        "locked",
    ],
    "participants": ["joined", "seen"],
    "responses": ["ask", "given"],
}

VALUES = st.one_of(
    st.text(max_size=20),
    st.binary(max_size=20),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.sampled_from(
        [
            "",
            "[]",
            "{}",
            "null",
            "[null]",
            '[["a"]]',
            '[{"number":0,"item":0}]',
            '[{"number":0,"item":9}]',
            "0001-01-01T00:00:00+00:00",
            "9999-12-31T23:59:59+00:00",
            "2026-11-27T12:00:00",
            *(step.value for step in ClassState),
            "\x1b[31m",
            "[" * 5000,
        ]
    ),
)
"""What a column may hold in SQLite, whatever it was declared as."""


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[bytes, IssuedKeys, IssuedKeys, list[str]]:
    """Give a database with two classes, each with a question open and answers, and their keys.

    Of the phones, the first and one of those that are like it come too.
    """
    folder = tmp_path_factory.mktemp("whole")
    teaching = ClassService(open_store(f"sqlite:///{folder / 'whole.sqlite3'}", folder))
    broken, sound = opened(teaching), opened(teaching)
    tokens = [teaching.join(broken.code) for _ in range(5)]
    tokens_of = {broken.code: tokens, sound.code: [teaching.join(sound.code)]}
    for keys in (broken, sound):
        press(teaching, keys, Action.NEXT, Action.SHOW)
        for token in tokens_of[keys.code]:
            teaching.answer(
                keys.code, token, teaching.participant(keys.code, token).position_token, ("a",)
            )
    teaching.close()
    with closing(sqlite3.connect(folder / "whole.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    return (folder / "whole.sqlite3").read_bytes(), broken, sound, tokens[:2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder for one database after the other."""
    return tmp_path_factory.mktemp("broken")


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from([(table, name) for table, names in COLUMNS.items() for name in names]),
    value=VALUES,
    as_text=st.booleans(),
    one=st.booleans(),
)
def test_any_value_in_any_column_costs_itself_only(
    whole: tuple[bytes, IssuedKeys, IssuedKeys, list[str]],
    folder: Path,
    content: Content,
    column: tuple[str, str],
    value: object,
    as_text: bool,
    one: bool,
) -> None:
    """The class comes up, or says that it cannot; the other class, list, purge and delete work."""
    kept, broken, sound, tokens = whole
    file = folder / "classes.sqlite3"
    for old in folder.iterdir():
        old.unlink()
    file.write_bytes(kept)
    table, name = column
    # bytes that are no UTF-8 can also stand where SQLite says that there is a text
    given_as = "CAST(? AS TEXT)" if as_text and isinstance(value, bytes) else "?"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        (session_id,) = connection.execute(
            "SELECT id FROM sessions WHERE code = ?", (broken.code,)
        ).fetchone()
        where = "id = ?" if table == "sessions" else "session_id = ?"
        if one and table != "sessions":
            where += (
                f" AND rowid = (SELECT min(rowid) FROM {table} WHERE session_id = '{session_id}')"
            )
        connection.execute(
            f"UPDATE OR IGNORE {table} SET {name} = {given_as} WHERE {where}", (value, session_id)
        )
        connection.commit()
    now = datetime.now(tz=UTC)
    teaching = ClassService(open_store(f"sqlite:///{file}", folder), clock=lambda: now)
    try:
        every_view(teaching, sound, [], content, pdf=False)
        try:
            every_view(teaching, broken, tokens, content, pdf=False)
        except Unreadable:
            client = phone(teaching, content)
            client.cookies.set("participant", tokens[0])
            page = client.get(f"/join?code={broken.code}")
            assert (page.status_code, "This class cannot be shown." in page.text) == (503, True)
            assert client.get(f"/join/now?code={broken.code}").status_code == 404
            sent = client.post("/join/answer", data={"code": broken.code, "step": "0.shown"})
            assert sent.status_code == 503
        else:
            for token in tokens:
                with suppress(Refused):
                    teaching.answer(
                        broken.code,
                        token,
                        teaching.participant(broken.code, token).position_token,
                        ("b",),
                    )
            every_view(teaching, broken, tokens, content, pdf=False)
        assert len(teaching.listed()) == 2
        assert teaching.purge(30) <= 1
        if len(teaching.listed()) == 2:
            teaching.delete(broken.console)
        assert [item.code for item in teaching.listed()] == [sound.code]
        assert ClassService(teaching._store, clock=lambda: now + timedelta(days=31)).purge(30) == 1
    finally:
        teaching.close()


@pytest.mark.parametrize("kept", ["A\x1b[31m\nclass\u202e", b"\xffA\x1b[31m"])
def test_a_name_of_an_earlier_version_is_one_plain_line(
    whole: tuple[bytes, IssuedKeys, IssuedKeys, list[str]], tmp_path: Path, kept: str | bytes
) -> None:
    """A name that was kept with control signs colours no terminal and breaks no list."""
    file = tmp_path / "classes.sqlite3"
    file.write_bytes(whole[0])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE sessions SET title = CAST(? AS TEXT)", (kept,))
        connection.commit()
    teaching = ClassService(open_store(f"sqlite:///{file}", tmp_path))
    titles = {item.title for item in teaching.listed()} | {teaching.host(whole[1].console).title}
    assert len(titles) == 1
    assert titles.pop().isprintable()
    teaching.close()

"""Tables of the database, as the migrations create them."""

from typing import Any, Final

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from explorer.store.port import KeyRole

metadata: Final = MetaData()


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _integer(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


sessions: Final = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    _text("code", unique=True),
    *(_text(name) for name in ("title", "content", "opened", "changed")),
    _integer("capacity"),
    Column("first_code", Text),
    _integer("locked", server_default="0"),
    _text("settings", server_default="{}"),
    *(_text(name) for name in ("plan", "concepts", "step")),
    _integer("version"),
    _text("asks"),
    _integer("place"),
    Column("ask", Integer),
    *(_text(role.value, unique=True) for role in KeyRole),
)
"""``step`` is the state, ``asks`` the rounds as JSON, ``place`` the index of the current round, and
``ask`` its number while it is on the screens: the names of the first version are kept."""

Index("sessions_first_code", sessions.c.first_code, unique=True)

upkeep: Final = Table(
    "upkeep",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("noticed", Text),
    Column("cut", Text),
)
"""One row: when classes were last announced to be deleted, and which."""

participants: Final = Table(
    "participants",
    metadata,
    Column("session_id", Text, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    _integer("joined"),
    _integer("seen", server_default="0"),
)

responses: Final = Table(
    "responses",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("ask", Integer, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("given", Text),
    Column("sure", Integer),
    ForeignKeyConstraint(
        ["session_id", "participant"],
        ["participants.session_id", "participants.id"],
        ondelete="CASCADE",
    ),
)
"""``ask`` is the number of the round, ``given`` the answer as JSON; null is "not sure". ``sure`` is
0 or 1, or null where nobody asked."""

codes: Final = Table(
    "codes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
)
"""All codes of a session: its present one and those it had before."""

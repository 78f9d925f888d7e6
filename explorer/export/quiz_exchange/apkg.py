"""The questions as an Anki deck: a ZIP around a database in the form that every Anki reads.

It is written with the standard library alone. genanki, the usual writer, had no release since 2023,
and Anki's own package is the whole program with its database engine, 30 times this site's size in
memory for ten tables that have not changed since 2012. That package reads our file in the tests.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, time
from html import escape, unescape
from typing import Any, Final

from explorer.export.quiz_exchange import anki
from explorer.export.quiz_exchange.entries import About, QuizEntry
from explorer.export.quiz_exchange.markup import packed, picture, picture_file, picture_files

_TABLES: Final = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
"""

_BASE: Final = 1_600_000_000_000
"""Ids are milliseconds of a moment in Anki; ours begin in 2020 and are spread by a hash."""

_NOTE_TYPE: Final = "Anakinra Explorer"

_LOOK: Final = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: left; color: black; "
    "background-color: white; } .topic { font-size: 15px; }"
)


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the deck.

    Args:
        found: the questions.
        about: name of the deck, in which each topic is one; the newer day wins over an older one.
    """
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(_TABLES)
        _fill(database, found, about)
        database.commit()
        media = picture_files(found)
        # Anki's own form: the files are called by number, and a list says their names
        numbered = {str(place): svg for place, svg in enumerate(media.values())}
        names = _json({str(place): name for place, name in enumerate(media)})
        return packed({"collection.anki2": database.serialize(), "media": names, **numbered})
    finally:
        database.close()


def _id(name: str) -> int:
    """Return a number that a name always has."""
    return _BASE + int(hashlib.sha256(name.encode()).hexdigest()[:10], 16)


def _fill(database: sqlite3.Connection, found: Sequence[QuizEntry], about: About) -> None:
    moment = int(datetime.combine(about.day, time(), tzinfo=UTC).timestamp())
    names = dict.fromkeys(anki.deck(about.title, entry) for entry in found)
    decks = {str(_id(f"deck/{name}")): _deck(name, moment) for name in names}
    parent = next(iter(names)).partition("::")[0]
    decks[str(_id(f"deck/{parent}"))] = _deck(parent, moment, " ".join(about.notes))
    decks["1"] = _deck("Default", moment) | {"id": 1}
    kind = _id("note type")
    database.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (
            moment,
            moment * 1000,
            moment * 1000,
            _json({"curDeck": 1, "nextPos": len(found) + 1, "sortType": "noteFld"}),
            _json({str(kind): _note_type(kind, moment)}),
            _json(decks),
            _json({"1": _OPTIONS}),
        ),
    )
    for place, entry in enumerate(found, 1):
        note = _id(f"note/{entry.question.id}")
        name = anki.deck(about.title, entry)
        fields = (
            anki.front(entry),
            anki.back(entry) + _drawn(entry),
            escape(entry.topic.title),
            escape(entry.name),
        )
        plain = _plain(fields[0])
        check = int(hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest()[:8], 16)
        tags = f" {' '.join(entry.tags)} "
        database.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (
                note,
                f"{anki.GUID}{entry.question.id}",
                kind,
                moment + entry.question.version,
                tags,
                "\x1f".join(_field(field) for field in fields),
                plain,
                check,
            ),
        )
        database.execute(
            "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            (_id(f"card/{entry.question.id}"), note, _id(f"deck/{name}"), moment, place),
        )


def _drawn(entry: QuizEntry) -> str:
    return "" if entry.drawing is None else picture(entry.drawing, picture_file(entry.drawing))


def _field(text: str) -> str:
    return text.replace("\x1f", " ")


def _plain(markup: str) -> str:
    """Return HTML of ours as the text that Anki compares first fields by."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _deck(name: str, moment: int, about: str = "") -> dict[str, Any]:
    return {
        "id": _id(f"deck/{name}"),
        "name": name,
        "desc": about,
        "mod": moment,
        "usn": -1,
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        "newToday": [0, 0],
        "revToday": [0, 0],
        "lrnToday": [0, 0],
        "timeToday": [0, 0],
    }


def _note_type(kind: int, moment: int) -> dict[str, Any]:
    names = ("Question", "Answer", "Topic", "Id")
    return {
        "id": kind,
        "name": _NOTE_TYPE,
        "type": 0,
        "mod": moment,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "vers": [],
        "tags": [],
        "req": [[0, "any", [0]]],
        "css": _LOOK,
        "latexPre": "",
        "latexPost": "",
        "flds": [
            {
                "name": name,
                "ord": place,
                "sticky": False,
                "rtl": False,
                "font": "Arial",
                "size": 20,
                "media": [],
            }
            for place, name in enumerate(names)
        ],
        "tmpls": [
            {
                "name": "Card",
                "ord": 0,
                "qfmt": '<p class="topic">{{Topic}}</p>{{Question}}',
                "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<p class="topic">{{Id}}</p>',
                "bqfmt": "",
                "bafmt": "",
                "did": None,
            }
        ],
    }


_OPTIONS: Final = {
    "id": 1,
    "name": "Default",
    "mod": 0,
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "dyn": False,
    "new": {
        "bury": False,
        "delays": [1, 10],
        "initialFactor": 2500,
        "ints": [1, 4, 0],
        "order": 1,
        "perDay": 20,
    },
    "rev": {
        "bury": False,
        "ease4": 1.3,
        "hardFactor": 1.2,
        "ivlFct": 1,
        "maxIvl": 36500,
        "perDay": 200,
    },
    "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
}
"""Anki's own options of a deck; needed by its form, and not taken over on import."""

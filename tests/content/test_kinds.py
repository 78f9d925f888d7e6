"""A new kind of medicine needs data only."""

from pathlib import Path

from explorer.content.load import load
from explorer.domain.facts import facts
from explorer.domain.profile import profile
from explorer.export import medicine_html
from tests.builders import check, edit, small_folder

NEW = """
[il23-blocker]
heading = "IL-23 blockers"
one = "an IL-23 blocker"
another = "another IL-23 blocker"
"""


def grown(target: Path) -> Path:
    """Add a kind, and let alpha be of it and not be taken with it."""
    folder = small_folder(target)
    path = folder / "kinds.toml"
    path.write_text(path.read_text(encoding="utf-8") + NEW, encoding="utf-8")
    alpha = folder / "medicines/alpha.toml"
    text = alpha.read_text(encoding="utf-8").replace(
        'kind = "il1-blocker"', 'kind = "il23-blocker"'
    )
    alpha.write_text(text, encoding="utf-8")
    edit(
        folder,
        "medicines/alpha.toml",
        "[[uses]]",
        '[[not_with]]\nkinds = ["il23-blocker", "tnf-blocker"]\n'
        'citations = [ { source = "label-one", place = "5.2", read_in = "label" } ]\n\n[[uses]]',
    )
    return folder


def test_a_new_kind_is_checked_shown_and_named(tmp_path: Path) -> None:
    """The check accepts it, and the page of the medicine names it as its own kind."""
    folder = grown(tmp_path)
    assert [item for item in check(folder).findings if item.rule.startswith("unknown")] == []
    catalogue = load(folder).catalogue
    html = "".join(medicine_html.pieces(profile(catalogue, "alpha"), catalogue).values())
    assert "another IL-23 blocker or a TNF blocker" in html


def test_the_name_of_a_kind_is_a_text_like_any_other(tmp_path: Path) -> None:
    """A banned word in it is found in kinds.toml, once, and not a second time as a message."""
    folder = grown(tmp_path)
    edit(folder, "kinds.toml", 'heading = "IL-23 blockers"', 'heading = "The best blockers"')
    assert [str(item) for item in check(folder).findings if item.rule == "banned-word"] == [
        "kinds.toml: il23-blocker.heading: error: 'best' is not used here; " + better(folder)
    ]


def better(folder: Path) -> str:
    """Give what the data says instead of a banned word."""
    return next(item.instead for item in load(folder).catalogue.banned if item.word == "best")


def test_messages_of_kinds_have_one_place(tmp_path: Path) -> None:
    """What a page looks up as a message of a kind is read by the rules in kinds.toml alone."""
    catalogue = load(grown(tmp_path)).catalogue
    assert catalogue.words("medicine.group-il23-blocker") == "IL-23 blockers"
    places = [fact.file for fact in facts(catalogue) if fact.text == "IL-23 blockers"]
    assert places == ["kinds.toml"]

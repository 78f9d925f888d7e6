"""What a person typed is shown in a label letter by letter, whatever Markdown would make of it."""

import ast
import re
from string import punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import paths
from explorer.domain.letters import one_line
from explorer.ui.plain import JOINER, as_label

SIGNS = st.text(st.sampled_from("ab1 w.W:@/-<>=~[]()*_`$#!|\\&;{}^+\n\t\u2060\u00e9"), max_size=60)
ANY = st.text(st.characters(exclude_categories=()), max_size=60)

AFTER_MARKDOWN = re.compile(
    r":[\w+-]+:"  # pictures by name: remark-emoji, and Streamlit's :material/…:
    r"|:material/|:streamlit:"
    r"|https?://|www\.|[-.\w+]@[-\w]"  # addresses: GFM's literal autolinks
    r"|<->|->|<-|--|>=|<=|~=",  # Streamlit's typographical signs
    re.IGNORECASE,
)
"""What is looked for in the text of a label after its escapes were read."""

LABELS = {
    *("badge", "button", "caption", "checkbox", "dialog", "download_button", "error", "expander"),
    *("form_submit_button", "header", "info", "link_button", "markdown", "metric", "multiselect"),
    *("number_input", "page_link", "pills", "popover", "radio", "segmented_control", "selectbox"),
    *("status", "subheader", "success", "tabs", "text_area", "text_input", "title", "toast"),
    *("toggle", "warning", "write"),
}


def read(label: str) -> str:
    """Read escapes as CommonMark does: a backslash before an ASCII sign is that sign."""
    return re.sub(rf"\\([{re.escape(punctuation)}])", r"\1", label)


@given(SIGNS | ANY)
def test_every_sign_is_escaped_and_nothing_else_is_changed(text: str) -> None:
    """No ASCII sign is left that Markdown could carry out; without the joiners it is the text."""
    label = as_label(text)
    assert not re.search(rf"[{re.escape(punctuation)}]", re.sub(r"\\[!-/:-@\[-`{-~]", "", label))
    assert read(label).replace(JOINER, "") == one_line(text).replace(JOINER, "")
    assert label == label.strip()
    assert "\n" not in label


@given(SIGNS)
def test_nothing_is_found_in_it_afterwards(text: str) -> None:
    """No short name of a picture, no address and no arrow is left once escapes are read."""
    assert AFTER_MARKDOWN.search(read(as_label(text))) is None


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("[press](x)", r"\[press\]\(x\)"),
        (":red[x] $y$", f"\\:{JOINER}red\\[x\\] \\$y\\$"),
        ("1. one\n# two", r"1\. one \# two"),
        ("how I sleep", "how I sleep"),
        ("www.x.example", f"www{JOINER}\\.x\\.example"),
    ],
)
def test_examples(typed: str, label: str) -> None:
    """A link, a colour, a formula, a list, plain words, an address."""
    assert as_label(typed) == label


def test_what_people_type_reaches_no_label_unescaped() -> None:
    """No call that draws Markdown names a typed value itself; HTML is escaped, or as_label used."""
    typed = re.compile(
        r"\b(?:own|why|notes|own_questions|find|name|pasted|passphrase)\b(?!\()|"
        r"\b(?:standing|view|report|lobby|room|visit|record)\.(?:title|own|notes|name)\b"
    )
    wrong = []
    for path in sorted([*(paths.PACKAGE / "ui").rglob("*.py"), *paths.PAGES.glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in LABELS or not node.args:
                continue
            shown = re.sub(r"'[^']*'|\"[^\"]*\"", "", ast.unparse(node.args[0]))
            if typed.search(shown) and "as_label(" not in shown:
                wrong.append(f"{path.name}:{node.lineno}: {shown}")
    assert wrong == []

"""The account of the site under AppTest: its figures are those of ``check``."""

import re
from collections import Counter
from html import unescape

import pytest

from explorer.content.load import Content
from explorer.content.summary import summary_of
from explorer.domain.guessing import panels
from explorer.domain.self_audit import AuditStatus
from explorer.export.pages_html import NEWEST
from tests.pages.drawn import html, opened


@pytest.fixture(scope="module")
def drawn() -> str:
    """Draw the page once."""
    return html(opened("about"))


def test_grades_are_those_that_check_measures(drawn: str, content: Content) -> None:
    """Each medicine and section of the guide has the grades that ``check`` prints."""
    lines = "\n".join(summary_of(content.catalogue))
    for medicine in content.catalogue.published:
        measured = re.search(
            rf"reading grade, {medicine.id}: core ([\d.]+), details ([\d.]+)", lines
        )
        assert measured is not None
        row = f'<th scope="row">{medicine.heading}</th><td>{measured[1]}</td><td>{measured[2]}</td>'
        assert row in drawn
    for section in content.catalogue.sections:
        measured = re.search(rf"guide: .*\b{section.id} ([\d.]+)", lines)
        assert measured is not None
        assert re.search(rf'">{re.escape(section.question)}</th><td>{measured[1]}</td>', drawn)


def test_audit_counts_are_those_of_the_items(drawn: str, content: Content) -> None:
    """The table of counts adds up to the items below it, and each item gives its reason."""
    audit = content.catalogue.audit
    for status, label in zip(
        AuditStatus, ("Met", "Partly met", "Not yet", "Does not apply"), strict=True
    ):
        counts = [Counter(item.status for item in standard.items)[status] for standard in audit]
        cells = "".join(f"<td>{count}</td>" for count in counts)
        assert f'<th scope="row">{label}</th>{cells}' in drawn
    assert '<th scope="row">All items</th><td>44</td><td>24</td><td>20</td>' in drawn
    for standard in audit:
        for item in standard.items:
            assert f'id="audit-{standard.id}-{item.id}"' in drawn


def test_nothing_is_claimed_that_nobody_did(drawn: str) -> None:
    """No sign-off, review or certificate is claimed, and the page says so in words."""
    text = re.sub(r"<[^>]*>", " ", drawn)
    assert "No doctor, nurse or pharmacist has signed the content off." in text
    assert "Nobody outside the team has reviewed it." in text
    assert "Signed off by" not in text
    assert "Reviewed by" not in text
    assert set(re.findall(r"(\w+ \w+) certified", text)) <= {"is not"}
    assert "validated" not in text


def test_gaps_checks_and_changes_are_listed(drawn: str, content: Content) -> None:
    """Every known gap and automated check and the newest changes stand on the page."""
    review = content.catalogue.review
    assert len(review.gaps) >= 10
    for gap in review.gaps:
        assert f'id="{gap.id}"' in drawn
    for check in review.automated:
        assert check.on.isoformat() in drawn
    changes = drawn.split('id="changes"')[1].split("</ul>")[0]
    assert changes.count("<li>") == NEWEST
    assert all(item.what in unescape(changes) for item in content.catalogue.changes[:NEWEST])
    assert f'href="read/changes">All {len(content.catalogue.changes)} changes' in drawn


def test_without_an_address_the_page_says_so(drawn: str) -> None:
    """With no address set for reports, no link is shown that leads nowhere."""
    assert "has not set an address for reports yet" in drawn
    assert "mailto:" not in drawn


def test_every_claim_of_the_article_is_placed(drawn: str, content: Content) -> None:
    """Each claim stands there with what became of it, and the counts add up."""
    table = content.catalogue.claims
    for claim in table.claims:
        assert f'id="{claim.id}"' in drawn
    counts = re.search(r"Kept: (\d+)\. Put right: (\d+)\. Left out: (\d+)\.", drawn)
    assert counts is not None
    assert sum(int(count) for count in counts.groups()) == len(table.claims)
    fates = Counter(str(claim.fate) for claim in table.claims)
    assert [int(count) for count in counts.groups()] == [
        fates[fate] for fate in ("kept", "corrected", "left-out")
    ]


def test_the_panel_of_guessers_is_that_of_check(drawn: str, content: Content) -> None:
    """Each of the ten tricks has its score over all questions and the most important ones."""
    every, critical = panels(content.catalogue.bank)[:2]
    assert (every.name, critical.name) == ("whole bank", "critical")
    for one, other in zip(every.scores, critical.scores, strict=True):
        label = content.catalogue.words(f"about.guess-{one.guesser}").replace("'", "&#39;")
        cells = f"<td>{100 * one.score:.0f}</td><td>{100 * other.score:.0f}</td>"
        assert f'<th scope="row">{label}</th>{cells}' in drawn
    assert f"a program answers the {every.items} questions with one right answer" in drawn

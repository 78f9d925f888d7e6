"""Rules about the article's claims: none is forgotten, and none that is wrong comes back."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.support import supporting_text
from explorer.content.texts import question_file
from explorer.domain.article_claims import Outcome, normalise, repeats
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import Fact
from explorer.domain.medicine import Medicine
from explorer.domain.numbers import MedicineNumbers
from explorer.domain.prose import Layer
from explorer.domain.questions import Kind
from explorer.domain.red_flags import SUBJECT

FILE = "claims.toml"


@rule("claim-missing")
def claims_are_complete(context: Context) -> Iterator[Finding]:
    """Every claim of the article is in the table, once, and no other."""
    table = context.catalogue.claims
    numbers = [item.number for item in table.claims]
    for number in range(1, table.article.claims + 1):
        if numbers.count(number) != 1:
            said = "is missing" if number not in numbers else "stands there twice"
            reason = f"claim {number} of {table.article.claims} {said}"
            yield error("claim-missing", FILE, f"claims.claim-{number:02d}", reason)
    for item in table.claims:
        if not 1 <= item.number <= table.article.claims:
            reason = f"the article has {table.article.claims} claims, and this is none of them"
            yield error("claim-missing", FILE, f"claims.{item.id}", reason)


@rule("claim-fate", "claim-place")
def claims_are_placed(context: Context) -> Iterator[Finding]:
    """A claim that stands has a place, which exists; one that does not has a reason."""
    for item in context.catalogue.claims.claims:
        key = f"claims.{item.id}"
        if item.must_not_return and item.fate is Outcome.KEPT:
            reason = f"a claim that is {item.verdict} is put right or left out, not kept"
            yield error("claim-fate", FILE, key, reason)
        if item.must_not_return and not item.told:
            reason = f"a claim that is {item.verdict} names wordings that would repeat it"
            yield error("claim-fate", FILE, f"{key}.told", reason)
        if item.fate is not Outcome.KEPT and not item.reason.strip():
            yield error("claim-fate", FILE, f"{key}.reason", "say why")
        if item.fate is not Outcome.LEFT_OUT and not item.places:
            reason = "name the statement or the cell where it stands"
            yield error("claim-place", FILE, f"{key}.places", reason)
        for ref in item.places:
            if supporting_text(context.catalogue, ref) is None:
                reason = f"'{ref}' is no stated cell and no statement of the guide"
                yield error("claim-place", FILE, f"{key}.places", reason)


@rule("claim-repeated", excepted=True)
def claims_do_not_return(context: Context) -> Iterator[Finding]:
    """No text that a reader sees repeats a claim in the wording that was put right or left out."""
    seen = list(_seen(context))
    texts = [normalise(fact.text) for fact in seen]
    for item in context.catalogue.claims.claims:
        for place, found in repeats(item.told, texts).items():
            fact = seen[place]
            reason = f"'{found}' repeats {item.id} ('{item.claim}'), which is {item.verdict}"
            yield error("claim-repeated", fact.file, fact.key, reason)


def _seen(context: Context) -> Iterator[Fact]:
    """Yield what readers see, without what may say such a thing.

    The wrong answers of questions must be wrong, the record of claims and changes says what was
    put right, a source's title is its own, and another medicine's file may say of that medicine
    what is not true of this one.
    """
    wrong = _wrong_answers(context.catalogue)
    others = {item.id for item in context.catalogue.medicines if item.id != SUBJECT}
    for fact in context.facts:
        if fact.layer in (Layer.RECORD, Layer.REFERENCE):
            continue
        owner = fact.item.owner
        of_another = isinstance(owner, Medicine | MedicineNumbers) and owner.id in others
        if not of_another and (fact.file, fact.key) not in wrong:
            yield fact


def _wrong_answers(catalogue: Catalogue) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for topic in catalogue.bank.topics:
        for question in topic.questions:
            if question.kind not in (Kind.SINGLE, Kind.SEVERAL, Kind.TRUE_FALSE):
                continue
            file = question_file(topic)
            found |= {
                (file, f"{question.id}.{option.id}")
                for option in question.options
                if not option.key
            }
            if question.kind is Kind.TRUE_FALSE and any(
                option.key and option.id == "false" for option in question.options
            ):
                found.add((file, f"{question.id}.stem"))
    return found

"""Rules about the bank as a whole: its blueprint, its balance, and cues that only it shows."""

from collections import Counter
from collections.abc import Iterator

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding
from explorer.content.findings import Level as Severity
from explorer.content.rule import Stage, rule
from explorer.content.rules.questions.common import asked
from explorer.content.rules.questions.report import bank_report, cueing_of
from explorer.content.texts import question_file
from explorer.domain.questions import Audience, CognitiveLevel, QuestionKind, Topic
from explorer.domain.quiz_pick import rests_on

BANK = "questions"
WHOLE = "-"
ALPHA = 0.01
MOST_RECALL = 0.25
LEAST_APPLIED = 0.5
ENOUGH_TRUE_FALSE = 5
TRUE_SHARE = (0.4, 0.6)


@rule("q07-length-cue", stage=Stage.LINT)
def length_gives_no_cue(context: Context) -> Iterator[Finding]:
    """The key is not the longest or shortest option more often than chance has it (Q07)."""
    bank = context.catalogue.bank
    if not bank.questions:
        return
    measured = [(f"{BANK}/{topic.id}.toml", cueing_of(topic.questions)) for topic in bank.topics]
    for file, cueing in (*measured, (BANK, cueing_of(bank.questions))):
        for word, count, p in (
            ("longest", cueing.longest, cueing.longest_p),
            ("shortest", cueing.shortest, cueing.shortest_p),
        ):
            if p < ALPHA:
                reason = (
                    f"the key is the {word} option in {count} of {cueing.items} questions "
                    f"(p = {p:.4f}, by chance {cueing.chance:.0%}); even the lengths out"
                )
                yield error("q07-length-cue", file, WHOLE, reason)


@rule("q24-blueprint", stage=Stage.LINT)
def bank_follows_the_blueprint(context: Context) -> Iterator[Finding]:
    """Each topic has its least number of questions by audience, weight, level and kind (Q24).

    More are always welcome. What a topic lacks that is being written is only reported.
    """
    bank = context.catalogue.bank
    if not bank.questions:
        return
    plan = context.catalogue.blueprint
    topics = {topic.id: topic for topic in bank.topics}
    for planned in plan.topics:
        file = f"{BANK}/{planned.id}.toml"
        short = warning if planned.being_written else error
        topic = topics.get(planned.id)
        if topic is None:
            reason = f"the topic is missing; it has {planned.count} questions"
            yield short("q24-blueprint", file, WHOLE, reason)
            continue
        found = _counts(topic)
        lacking = [
            f"{word}: {found[word]} of {number}"
            for word, number in planned.counts.items()
            if found[word] < number
        ]
        if lacking:
            reason = f"fewer than the blueprint has: {', '.join(lacking)}"
            yield short("q24-blueprint", file, WHOLE, reason)
        for question in topic.questions:
            if question.kind not in planned.kinds:
                reason = f"the blueprint has no '{question.kind}' question in this topic"
                yield error("q24-blueprint", file, question.id, reason)
    for topic in bank.topics:
        if plan.of(topic.id) is None:
            reason = "the blueprint has no such topic"
            yield error("q24-blueprint", question_file(topic), WHOLE, reason)
    yield from _sums(context)


def _sums(context: Context) -> Iterator[Finding]:
    """Yield what the bank as a whole lacks: kinds, and parallel forms of critical concepts."""
    bank, plan = context.catalogue.bank, context.catalogue.blueprint
    short = warning if plan.is_being_written else error
    kinds = Counter(question.kind for question in bank.questions)
    for kind, number in plan.of_kind():
        if kinds[kind] < number:
            reason = f"{kind} questions: {kinds[kind]}, the blueprint has {number}"
            yield short("q24-blueprint", BANK, WHOLE, reason)
    for concept in bank.concepts:
        forms = len(bank.of_concept(concept.id))
        if forms < plan.forms:
            reason = f"parallel questions: {forms}, the blueprint has {plan.forms}"
            yield short("q24-blueprint", "concepts.toml", concept.id, reason)


@rule("q24-sections", stage=Stage.LINT)
def each_section_is_asked_about(context: Context) -> Iterator[Finding]:
    """Each section of the guide has a question that rests on it, or a reason for none (Q24)."""
    catalogue = context.catalogue
    if not catalogue.bank.questions:
        return
    plan = catalogue.blueprint
    short = warning if plan.is_being_written else error
    reasoned = {item.id for item in plan.unasked}
    used = {
        support.ref.split("/")[1]
        for question in catalogue.bank.questions
        for support in question.supported_by
        if support.ref.startswith("guide/")
    }
    for section in catalogue.guide:
        if section.id not in used | reasoned:
            reason = "no question rests on this section; write one, or a reason in blueprint.toml"
            yield short("q24-sections", f"guide/{section.id}.toml", WHOLE, reason)
    if catalogue.guide:
        for name in sorted(reasoned & used):
            reason = f"questions rest on the section '{name}'; take its reason out"
            yield error("q24-sections", "blueprint.toml", f"unasked.{name}", reason)


@rule("q24-medicines", stage=Stage.LINT)
def each_medicine_is_asked_about(context: Context) -> Iterator[Finding]:
    """Patients can check themselves on each medicine: it has the questions that are planned (Q24).

    The pages offer it for every medicine that has one question. With one alone, the twelve would be
    about another medicine.
    """
    catalogue = context.catalogue
    bank, least = catalogue.bank, catalogue.blueprint.for_each_medicine
    if not bank.questions:
        return
    asked_on = Counter(
        name for question in bank.for_audience(Audience.PATIENT) for name in rests_on(question)
    )
    for medicine in catalogue.published:
        if asked_on[medicine.id] < least:
            reason = (
                f"questions for patients on it: {asked_on[medicine.id]}, blueprint.toml plans "
                f"{least}; write one that rests on its texts"
            )
            yield error("q24-medicines", f"medicines/{medicine.id}.toml", WHOLE, reason)


def _counts(topic: Topic) -> Counter[str]:
    questions = topic.questions
    return Counter(
        {"questions": len(questions), "critical": sum(item.critical for item in questions)}
    ) + Counter(word.value for item in questions for word in (item.audience, item.level))


@rule("q25-levels", level=Severity.WARNING, stage=Stage.LINT)
def bank_asks_for_use(context: Context) -> Iterator[Finding]:
    """At most a quarter only recalls, and at least half applies or weighs (Q25)."""
    report = bank_report(context.catalogue.bank)
    if not report.items:
        return
    levels = dict(report.by_level)
    recall = levels[CognitiveLevel.RECALL] / report.items
    applied = (levels[CognitiveLevel.APPLY] + levels[CognitiveLevel.ANALYSE]) / report.items
    if recall > MOST_RECALL:
        reason = f"{recall:.0%} of the questions only recall, at most {MOST_RECALL:.0%}"
        yield warning("q25-levels", BANK, WHOLE, reason)
    if applied < LEAST_APPLIED:
        reason = f"{applied:.0%} apply or analyse, at least {LEAST_APPLIED:.0%}"
        yield warning("q25-levels", BANK, WHOLE, reason)


@rule("q15-true-false", level=Severity.WARNING, stage=Stage.LINT)
def true_and_false_are_even(context: Context) -> Iterator[Finding]:
    """True statements are 40 to 60 of 100, and each holds one idea only (Q15)."""
    report = bank_report(context.catalogue.bank)
    asked_so = dict(report.by_kind)[QuestionKind.TRUE_FALSE]
    if asked_so >= ENOUGH_TRUE_FALSE:
        share = report.true_keys / asked_so
        if not TRUE_SHARE[0] <= share <= TRUE_SHARE[1]:
            reason = f"{share:.0%} of the true-false questions are true; 40% to 60%"
            yield warning("q15-true-false", BANK, WHOLE, reason)
    for file, question in asked(context.catalogue):
        if question.kind is QuestionKind.TRUE_FALSE:
            words = set(question.stem.casefold().split()) & {"and", "because"}
            if words:
                reason = f"a true-false question holds one idea; found '{sorted(words)[0]}'"
                yield warning("q15-true-false", file, question.id, reason)

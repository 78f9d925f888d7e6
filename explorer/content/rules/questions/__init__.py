"""The rules of the questions; the numbers Q01 to Q34 are those of our list of item rules.

Left out: Q17 (options are shuffled for each reader; ``bank_report`` counts the places of keys for
outputs that keep the order), Q28 and Q34 (for a reader to judge), the lock of Q30, and Q32, which
belongs to the writers. Q26 and Q31 are held by the rules of all texts.
"""

from explorer.content.rules.questions.bank import (
    bank_asks_for_use,
    bank_follows_the_blueprint,
    length_gives_no_cue,
    true_and_false_are_even,
)
from explorer.content.rules.questions.common import Rule
from explorer.content.rules.questions.cues import (
    keys_are_not_the_longest,
    options_do_not_converge,
    questions_do_not_answer_each_other,
    strong_words_give_no_cue,
    words_give_no_cue,
)
from explorer.content.rules.questions.facts import (
    disputed_points_are_not_keyed,
    jurisdictions_are_known,
    numbers_stand_in_the_support,
    questions_never_choose,
    questions_rest_on_text,
)
from explorer.content.rules.questions.form import (
    numbers_are_orderly,
    options_are_alike,
    options_differ,
    options_stand_alone,
    questions_need_no_dashes,
    reasons_name_no_place,
    stems_are_positive,
    stems_ask_clearly,
)
from explorer.content.rules.questions.report import BankReport, Cueing, bank_report
from explorer.content.rules.questions.structure import (
    abbreviations_are_explained,
    changed_questions_raise_their_version,
    concepts_have_parallel_questions,
    critical_questions_are_read,
    critical_questions_are_ready,
    options_are_few,
    options_have_reasons,
    question_ids_are_unique,
    question_parts_exist,
    questions_are_not_overdue,
)

QUESTION_RULES: tuple[Rule, ...] = (
    question_ids_are_unique,
    changed_questions_raise_their_version,
    question_parts_exist,
    options_are_few,
    options_differ,
    options_stand_alone,
    stems_are_positive,
    keys_are_not_the_longest,
    length_gives_no_cue,
    options_are_alike,
    stems_ask_clearly,
    words_give_no_cue,
    options_do_not_converge,
    strong_words_give_no_cue,
    numbers_are_orderly,
    true_and_false_are_even,
    questions_do_not_answer_each_other,
    options_have_reasons,
    reasons_name_no_place,
    questions_rest_on_text,
    numbers_stand_in_the_support,
    jurisdictions_are_known,
    disputed_points_are_not_keyed,
    critical_questions_are_ready,
    critical_questions_are_read,
    concepts_have_parallel_questions,
    bank_follows_the_blueprint,
    bank_asks_for_use,
    abbreviations_are_explained,
    questions_need_no_dashes,
    questions_are_not_overdue,
    questions_never_choose,
)
"""Every rule of the questions, in the order of the list."""

__all__ = ["QUESTION_RULES", "BankReport", "Cueing", "bank_report"]

"""The rules of the content, one function each; ``RULES`` lists them all."""

from collections.abc import Callable, Iterator

from explorer.content.findings import Finding
from explorer.content.rules.account import (
    audit_claims_nothing,
    audit_is_complete,
    changes_name_what_changed,
    reports_can_be_sent,
)
from explorer.content.rules.claims import (
    claims_are_complete,
    claims_are_placed,
    claims_do_not_return,
)
from explorer.content.rules.context import Context
from explorer.content.rules.dates import exceptions_are_needed, reviews_are_due
from explorer.content.rules.fairness import (
    advice_is_typed,
    certainty_is_a_source_s,
    guidelines_speak_alike,
    off_label_plans,
    pictures_or_reasons,
)
from explorer.content.rules.measures import (
    answers_hold_in_conditions,
    answers_match_words,
    lines_say_what_they_must,
    measures_agree,
    measures_are_named,
    values_belong_to_their_condition,
)
from explorer.content.rules.numbers import results_belong
from explorer.content.rules.questions import QUESTION_RULES
from explorer.content.rules.safety import (
    emergency_signs_are_emergencies,
    every_medicine_warns,
    guide_sends_emergencies_upward,
)
from explorer.content.rules.signs import SIGN_RULES
from explorer.content.rules.sourcing import (
    evidence_belongs_to_effects,
    gaps_say_what_was_searched,
    guide_statements_are_backed,
    places_are_named,
    sources_are_used,
    sources_exist,
    stated_cells_are_cited,
    uses_are_backed,
)
from explorer.content.rules.structure import (
    answers_fit_their_row,
    cells_belong_to_rows,
    conditions_are_complete,
    files_belong,
    ids_are_unique,
    preselection_is_used,
    references_between_files,
    rows_are_filled,
    uses_are_complete,
    variants_fit,
)
from explorer.content.rules.wording import (
    core_reads_easily,
    details_read_easily,
    guide_reads_easily,
    kept_grades_are_of_this_text,
    options_get_equal_room,
    questions_read_easily,
    sentences_are_short,
    texts_are_plain,
    texts_fit,
    variants_name_only_their_condition,
    words_are_kind,
)

Rule = Callable[[Context], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    files_belong,
    ids_are_unique,
    references_between_files,
    cells_belong_to_rows,
    rows_are_filled,
    answers_fit_their_row,
    variants_fit,
    variants_name_only_their_condition,
    uses_are_complete,
    uses_are_backed,
    results_belong,
    measures_are_named,
    measures_agree,
    lines_say_what_they_must,
    answers_match_words,
    answers_hold_in_conditions,
    values_belong_to_their_condition,
    off_label_plans,
    guidelines_speak_alike,
    pictures_or_reasons,
    certainty_is_a_source_s,
    advice_is_typed,
    conditions_are_complete,
    preselection_is_used,
    sources_exist,
    sources_are_used,
    places_are_named,
    stated_cells_are_cited,
    guide_statements_are_backed,
    gaps_say_what_was_searched,
    evidence_belongs_to_effects,
    every_medicine_warns,
    emergency_signs_are_emergencies,
    guide_sends_emergencies_upward,
    *SIGN_RULES,
    texts_fit,
    texts_are_plain,
    sentences_are_short,
    words_are_kind,
    options_get_equal_room,
    core_reads_easily,
    details_read_easily,
    guide_reads_easily,
    questions_read_easily,
    *QUESTION_RULES,
    audit_is_complete,
    audit_claims_nothing,
    changes_name_what_changed,
    reports_can_be_sent,
    claims_are_complete,
    claims_are_placed,
    claims_do_not_return,
    reviews_are_due,
    exceptions_are_needed,
    kept_grades_are_of_this_text,
)
"""Every rule, in the order in which it is applied."""

MEASURED: frozenset[Rule] = frozenset(
    {core_reads_easily, details_read_easily, guide_reads_easily, questions_read_easily}
)
"""The rules that measure reading grades, which needs the extra ``check``."""

__all__ = ["MEASURED", "RULES", "Context", "Rule"]

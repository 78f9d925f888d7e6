"""The comparison: one frozen object that every page and every file renders.

Facts are resolved for one condition and age group, what differs is worked out from typed answers,
never from prose, and reference numbers are given once, in reading order. There is no score, no
rank and no total anywhere in it.
"""

from explorer.domain.comparison.build import compare, compared_cell
from explorer.domain.comparison.glance import (
    GlanceCell,
    GlancePart,
    ShownGlanceRow,
    glance_of,
    rows_in_short,
)
from explorer.domain.comparison.merged_signs import MergedLevel, MergedSign, merged_signs
from explorer.domain.comparison.model import (
    MAIN_LIMIT,
    PAGE_LIMITS,
    Column,
    ColumnFlag,
    ColumnUse,
    ComparedCell,
    ComparedGroup,
    ComparedRow,
    Comparison,
    Difference,
    DifferencePart,
    MainDifference,
    NotAnOption,
    NotTogether,
    PinnedRows,
    ShownLine,
    ShownWeeks,
)
from explorer.domain.comparison.options import (
    Option,
    has_child_facts,
    options_in,
    preselected,
    use_phrase,
)
from explorer.domain.comparison.plans import ADD, STAY, PlanKind, of_plan
from explorer.domain.comparison.short_answers import short_answer

__all__ = [
    "ADD",
    "MAIN_LIMIT",
    "PAGE_LIMITS",
    "STAY",
    "Column",
    "ColumnFlag",
    "ColumnUse",
    "ComparedCell",
    "ComparedGroup",
    "ComparedRow",
    "Comparison",
    "Difference",
    "DifferencePart",
    "GlanceCell",
    "GlancePart",
    "MainDifference",
    "MergedLevel",
    "MergedSign",
    "NotAnOption",
    "NotTogether",
    "Option",
    "PinnedRows",
    "PlanKind",
    "ShownGlanceRow",
    "ShownLine",
    "ShownWeeks",
    "compare",
    "compared_cell",
    "glance_of",
    "has_child_facts",
    "merged_signs",
    "of_plan",
    "options_in",
    "preselected",
    "rows_in_short",
    "short_answer",
    "use_phrase",
]

# moved to class_report, learning_measures and sessions
"""Old place of the class report's names, until all callers use the new ones."""

from explorer.domain.class_report import SMALLEST_GROUP as SMALLEST_GROUP
from explorer.domain.class_report import AskedQuestion as Asked
from explorer.domain.class_report import ClassReport as Report
from explorer.domain.class_report import PairedChange as Change
from explorer.domain.class_report import QuestionResult as QuestionResult
from explorer.domain.class_report import build_report as report
from explorer.domain.learning_measures import Interval as Interval
from explorer.domain.sessions import TeachingPhase as Phase
from explorer.domain.tallies import Tally as Tally
from explorer.domain.tallies import tallies as tallies

__all__ = [
    "SMALLEST_GROUP",
    "Asked",
    "Change",
    "Interval",
    "Phase",
    "QuestionResult",
    "Report",
    "Tally",
    "report",
    "tallies",
]

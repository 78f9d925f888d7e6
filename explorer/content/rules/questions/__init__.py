"""The rules of the questions; the numbers Q01 to Q34 are those of our list of item rules.

Q35 to Q42 see the bank as something to guess.

Left out: Q17 (options are shuffled for each reader; Q38 tests the places of keys for outputs that
keep the order), Q28 and Q34 (for a reader to judge), the lock of Q30, and Q32, which
belongs to the writers. Q26 and Q31 are held by the rules of all texts.
"""

from explorer.content.rules.questions.report import BankReport as BankReport
from explorer.content.rules.questions.report import Cueing as Cueing
from explorer.content.rules.questions.report import bank_report as bank_report

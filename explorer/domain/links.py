"""Moved to ``explorer.domain.compare_url``."""

from explorer.domain.compare_url import AGE as AGE
from explorer.domain.compare_url import CONDITION as CONDITION
from explorer.domain.compare_url import OPTIONS as OPTIONS
from explorer.domain.compare_url import PARAMETERS as PARAMETERS
from explorer.domain.compare_url import ROWS as ROWS
from explorer.domain.compare_url import Choice as Choice
from explorer.domain.compare_url import Dropped as Dropped
from explorer.domain.compare_url import page_of as page_of
from explorer.domain.compare_url import place_of as place_of
from explorer.domain.compare_url import read as read
from explorer.domain.compare_url import title_of as title_of
from explorer.domain.compare_url import write as write

"""Moved to ``explorer.domain.source_register``."""

from explorer.domain.source_register import Register as Register
from explorer.domain.source_register import SourceAge as SourceAge
from explorer.domain.source_register import age_of as age_of
from explorer.domain.source_register import entries as entries
from explorer.domain.source_register import register as register

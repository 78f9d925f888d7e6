"""Moved to ``explorer.domain.messages``."""

from explorer.domain.messages import Words as Words

"""Moved to ``explorer.content.context``."""

from explorer.content.context import Context as Context
from explorer.content.context import error as error
from explorer.content.context import warning as warning

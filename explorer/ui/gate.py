"""Moved to ``explorer.web.throttle``."""

from explorer.web.throttle import Passphrase as Gate  # noqa: F401
from explorer.web.throttle import TooManyGuesses as TooManyGuesses

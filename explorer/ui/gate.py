"""Moved to ``explorer.web.throttle``."""

from explorer.web.throttle import Passphrase
from explorer.web.throttle import TooManyGuesses as TooManyGuesses

Gate = Passphrase

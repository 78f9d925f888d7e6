"""Moved to ``explorer.web.throttle``."""

from explorer.web.throttle import FREE as FREE
from explorer.web.throttle import HOLD as HOLD
from explorer.web.throttle import QUEUE as QUEUE
from explorer.web.throttle import REGAIN as REGAIN
from explorer.web.throttle import Attempt as Attempt
from explorer.web.throttle import Guesses as Guesses
from explorer.web.throttle import TooManyGuesses as TooManyGuesses

"""Teach: open a class, its console, or the room's screen."""

from explorer.ui import resources
from explorer.ui.views import teach

teach.show(resources.content())

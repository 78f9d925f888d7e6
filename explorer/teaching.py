# moved to classes
"""Old place of the live classes' names, until all callers use the new ones."""

from explorer.classes.keys import IssuedKeys as Keys
from explorer.classes.plan import plan_of as plan_of
from explorer.classes.service import ClassService as Teaching
from explorer.classes.views import HostView as Standing

__all__ = ["Keys", "Standing", "Teaching", "plan_of"]

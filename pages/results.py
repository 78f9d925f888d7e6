"""Results: the report of a class."""

from explorer.ui import resources
from explorer.ui.views import results

results.show(resources.content())

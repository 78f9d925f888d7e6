"""Results: the report of a class."""

from explorer.ui import resources
from explorer.ui.components import class_results

class_results.show(resources.content())

"""Compare: condition, options, what differs, the table, files."""

from explorer.ui import resources
from explorer.ui.views import compare

compare.show(resources.content())

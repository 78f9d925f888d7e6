"""My visit: what matters, questions to ask, one sheet to take along."""

from explorer.ui import resources
from explorer.ui.views import visit

visit.show(resources.content())

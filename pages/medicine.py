"""Medicine: one medicine in full, with every citation."""

from explorer.ui import resources, state
from explorer.ui.components import medicine_view

medicine_view.show(resources.content().catalogue, state.named_medicine())

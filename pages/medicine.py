"""Medicine: one medicine in full, with every citation."""

from explorer.ui import resources
from explorer.ui.state import browser
from explorer.ui.views import medicine

medicine.show(resources.content().catalogue, browser.medicine_in_address())

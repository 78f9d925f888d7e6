"""My visit: what matters, questions to ask, one sheet to take along."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.views import visit

content = resources.content()

st.title(content.catalogue.words("visit.title"), anchor=False)
visit.show(content)

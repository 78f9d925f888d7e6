"""Compare: condition, options, what differs, the table, files."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.views import compare

content = resources.content()

st.title(content.catalogue.words("compare.title"), anchor=False)
compare.show(content)

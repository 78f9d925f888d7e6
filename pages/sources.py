"""Sources: the register, and what rests on each source."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.views import sources

catalogue = resources.content().catalogue

st.title(catalogue.words("sources.title"), anchor=False)
st.markdown(catalogue.words("sources.intro"))
sources.show(catalogue)

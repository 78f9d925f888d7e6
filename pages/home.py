"""Home: one message, three cards."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.views import home

catalogue = resources.content().catalogue

st.title(catalogue.words("home.title"), anchor=False)
home.show(catalogue)

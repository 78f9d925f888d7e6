"""Home: one message, three doors."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import doors

catalogue = resources.content().catalogue

st.title(catalogue.words("home.title"), anchor=False)
doors.show(catalogue)

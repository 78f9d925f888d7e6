"""About: how the site was made, who checked it, and what it does not know."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml

words = resources.words()

st.title(words("about.title"), anchor=False)
st.markdown(words("about.intro"))
st.html(SafeHtml(resources.about_html()))
presses.scroll_to_place(key="about.anchor")

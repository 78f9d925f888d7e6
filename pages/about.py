"""About: how the site was made, who checked it, and what it does not know."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import anchors
from explorer.ui.ready import Ready

words = resources.words()

st.title(words("about.title"), anchor=False)
st.markdown(words("about.intro"))
st.html(Ready(resources.about_html()))
anchors.scroll_to_fragment(key="about.anchor")

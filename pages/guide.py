"""Guide: using anakinra step by step, each line with its source."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import anchors
from explorer.ui.ready import Ready

words = resources.words()
html = resources.guide_pieces()

st.title(words("guide.title"), anchor=False)
st.markdown(words("guide.intro"))
st.html(Ready("".join(html.values())))
anchors.scroll_to_fragment(key="guide.anchor")

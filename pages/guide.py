"""Guide: using anakinra step by step, each line with its source."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import anchors

words = resources.words()
html = resources.guide_pieces()

st.title(words("guide.title"), anchor=False)
st.markdown(words("guide.intro"))
st.html(f'<div id="guide-top"></div>{html["contents"]}')
st.html(html["sections"])
st.html(html["references"])
anchors.follow(key="guide.anchor")

"""Guide: using anakinra step by step, each line with its source."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml

words = resources.words()
html = resources.guide_pieces()

st.title(words("guide.title"), anchor=False)
st.markdown(words("guide.intro"))
st.html(SafeHtml("".join(html.values())))
presses.scroll_to_place(key="guide.anchor")

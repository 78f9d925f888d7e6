"""Glossary: names of medicines with how to say them, and words explained."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import anchors
from explorer.ui.ready import Ready

words = resources.words()

st.title(words("glossary.title"), anchor=False)
st.markdown(words("glossary.intro"))
st.html(Ready(resources.glossary_html()))
anchors.scroll_to_fragment(key="glossary.anchor")

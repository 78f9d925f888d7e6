"""Glossary: names of medicines with how to say them, and words explained."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml

words = resources.words()

st.title(words("glossary.title"), anchor=False)
st.markdown(words("glossary.intro"))
st.html(SafeHtml(resources.glossary_html()))
presses.scroll_to_place(key="glossary.anchor")

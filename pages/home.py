"""Home: one message, three doors."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.components import doors

content = resources.content()
words = content.catalogue.words

st.title(words("home.title"), anchor=False)
doors.show(words, has_quiz=bool(content.catalogue.bank.questions))

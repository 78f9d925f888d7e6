"""Quiz: practice for anyone, a check with a record for nurses."""

import streamlit as st

from explorer.ui import resources
from explorer.ui.views import quiz

content = resources.content()

st.title(content.catalogue.words("quiz.title"), anchor=False)
quiz.show(content)

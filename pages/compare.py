"""Compare: condition, options, what differs, the table, files."""

import streamlit as st

from explorer.ui import resources, state
from explorer.ui.components import comparison_view, condition_picker, option_picker, path

content = resources.content()
words = content.catalogue.words
dropped = state.open_comparison(content.catalogue)

st.title(words("compare.title"), anchor=False)
path.show(words, state.compare_steps())
comparison_view.show_dropped(dropped, content)
st.header(words("compare.step-condition"), anchor=False)
condition = condition_picker.show(content.catalogue)
if condition is not None:
    with st.container(key="compare-options"):
        st.header(words("compare.step-options"), anchor=False)
        options = option_picker.show(content.catalogue, condition)
    st.header(words("compare.step-facts"), anchor=False)
    choice = comparison_view.show(content, condition, options)
    state.close_comparison(choice)
    path.to_matters(words, key="last")

"""The app: page config, navigation, and the frame around every page."""

import logging

import streamlit as st

from explorer.content.findings import ContentError
from explorer.paths import PAGES
from explorer.ui import frame, resources

try:
    content = resources.content()
except ContentError as error:
    logging.getLogger(__name__).error("content refused:\n%s", error)
    frame.show_content_error()
    st.stop()

words = content.catalogue.words
pages = [
    st.Page(PAGES / "home.py", title=words("nav.home"), default=True),
    st.Page(PAGES / "compare.py", title=words("nav.compare"), url_path="compare"),
]
if content.catalogue.guide:
    pages.append(st.Page(PAGES / "guide.py", title=words("nav.guide"), url_path="guide"))
if content.catalogue.bank.questions:
    pages.append(st.Page(PAGES / "quiz.py", title=words("nav.quiz"), url_path="quiz"))
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} - {words('frame.site')}", layout="wide")
frame.open_frame(content)
page.run()
frame.close_frame(content)

"""The app: page config, navigation, and the frame around every page."""

import logging

import streamlit as st

from explorer.content.findings import ContentError
from explorer.ui import frame, navigation, resources

try:
    content = resources.content()
except ContentError as error:
    logging.getLogger(__name__).error("content refused:\n%s", error)
    frame.show_content_error()
    st.stop()

words = content.catalogue.words
page = st.navigation(navigation.pages(content.catalogue), position="top")
st.set_page_config(page_title=f"{page.title} - {words('frame.site')}", layout="wide")
frame.open_frame()
preview = resources.preview()
if preview is not None:
    frame.watch_files(preview)
page.run()
frame.close_frame(content)

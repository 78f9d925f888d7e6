"""The Streamlit side: resources, state, the frame and the components that pages are made of."""

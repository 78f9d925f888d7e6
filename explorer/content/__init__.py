"""Reading and checking the data folder. No Streamlit and no SQL here."""

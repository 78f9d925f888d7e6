"""The rules of the product: pure, frozen, typed values without Streamlit, files or clock."""

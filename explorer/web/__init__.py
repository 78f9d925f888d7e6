"""HTTP parts that stand beside the Streamlit app: headers, static files, readiness."""

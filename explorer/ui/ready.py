"""HTML that is ready to be sent as it is."""


class Ready:
    """HTML that Streamlit need not look through for indentation, which costs it milliseconds."""

    def __init__(self, html: str) -> None:
        """Take the HTML; every value in it is escaped already."""
        self._html = html

    def _repr_html_(self) -> str:
        """Give the HTML, by the name that Streamlit looks for."""
        return self._html

"""HTML that is complete and escaped, and is sent as it is."""


class SafeHtml:
    """HTML that Streamlit need not search for indentation, which costs it milliseconds.

    Args:
        html: the HTML; every value in it is escaped already.
    """

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        """Return the HTML, by the name that Streamlit looks for."""
        return self._html

"""What the tests of single pages share."""

import re

from streamlit.testing.v1 import AppTest

from explorer import paths


def opened(page: str, **parameters: str) -> AppTest:
    """Open a page of the shipped content under AppTest."""
    app = AppTest.from_file(str(paths.PACKAGE / "app.py"), default_timeout=60).run()
    app.switch_page(f"../pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML, without the styles."""
    drawn = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)

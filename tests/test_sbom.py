"""The bill of materials names what runs, and nothing of it is without a version and a licence."""

import re

from explorer import paths
from tests.sbom import bill


def test_each_component_is_pinned_and_has_a_licence() -> None:
    """A version that differs from the constraints would be a bill of another installation."""
    text = (paths.ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {
        re.sub(r"[-_.]+", "-", name).lower(): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    }
    components = bill()["components"]
    assert len(components) > 30
    for item in components:
        assert pinned[item["name"]] == item["version"]
        assert item["purl"] == f"pkg:pypi/{item['name']}@{item['version']}"
        assert item["licenses"][0]["license"]["name"]
    assert {"streamlit", "starlette", "psycopg"} <= {item["name"] for item in components}

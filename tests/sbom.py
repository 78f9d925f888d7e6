"""Write a software bill of materials: ``python -m tests.sbom > sbom.cdx.json`` (CycloneDX 1.5).

It names what runs on a server as it is installed here, with the versions and licences of the
packages' own metadata; the same packages as `docs/licences.md`.
"""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from tests.licences import PROJECT, licence, needed


def bill() -> dict[str, Any]:
    """Return the bill, packages by name, those of the extras for PostgreSQL and metrics among them."""
    base, names = needed(), needed() | needed("postgresql") | needed("metrics")
    own = distribution(PROJECT)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": PROJECT, "version": own.version}},
        "components": [item for name in sorted(names) for item in _component(name, name in base)],
    }


def _component(name: str, is_required: bool) -> list[dict[str, Any]]:
    """Describe a package; nothing where this system or Python does not need it."""
    try:
        version = distribution(name).version
    except PackageNotFoundError:
        return []
    said = licence(name)
    about: dict[str, Any] = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "scope": "required" if is_required else "optional",
    }
    if said:
        about["licenses"] = [{"license": {"name": said}}]
    return [about]


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=2)
    sys.stdout.write("\n")

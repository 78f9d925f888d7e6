"""Reads QTI with parsers of others; runs in the environment that ``make foreign`` makes.

QTI 2.1 is read by onyx2moodle. QTI 1.2 by qti2latex, which takes each option that has a comment for
a right one; so its key is not asked for.
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import qti2latex  # type: ignore[import-not-found]
from onyx2moodle.parser import parse_item  # type: ignore[import-not-found]


def newer(folder: Path) -> dict[str, object]:
    """Read each item of QTI 2.1."""
    found = {}
    for path in sorted(folder.glob("items/*.xml")):
        item = parse_item(path)
        (answer,) = item.response_decls.values()
        asked = item.interactions
        found[path.stem] = {
            "kinds": [one.kind for one in asked],
            "right": answer.correct_values,
            "cardinality": answer.cardinality,
            "choices": {
                choice.identifier: choice.html
                for one in asked
                for choice in (*one.choices, *one.match_sources, *one.match_targets)
            },
            "reasons": {one.identifier: one.html for one in item.feedback},
        }
    return found


def older(folder: Path) -> dict[str, object]:
    """Read each item of QTI 1.2."""
    found = {}
    for path in sorted(folder.glob("t-*/*.xml")):
        for item in qti2latex.findall_anyns(ElementTree.parse(path).getroot(), "item"):
            meta = qti2latex.get_qti_metadata(item)
            found[item.get("ident")] = {
                "type": qti2latex.guess_type(meta, item),
                "stem": qti2latex.get_item_stem(item),
                "choices": qti2latex.get_choices(item),
            }
    return found


def main(path: str, version: str) -> None:
    """Read a package."""
    folder = Path(tempfile.mkdtemp())
    zipfile.ZipFile(path).extractall(folder)
    sys.stdout.write(json.dumps(newer(folder) if version == "2.1" else older(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])

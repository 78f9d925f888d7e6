"""Reads Moodle XML with a parser of others; runs in the environment that ``make foreign`` makes.

It reads multiple choice only, and takes entities off twice, so that markup in a text looks like
elements: for texts without markup that is no difference.
"""

import json
import sys

from moodle_xml_parser.parser import parse_file  # type: ignore[import-not-found]


def main(path: str) -> None:
    """Read a file."""
    found = {
        one.name: {
            "stem": one.text_pre_parse,
            "single": one.single,
            "options": [[item.answer, item.score_fraction, item.feedback] for item in one.options],
        }
        for one in parse_file(path)["multichoice"]
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])

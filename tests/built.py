"""The built files of the project: ``python -m tests.built`` writes them, tests hold them true."""

from datetime import UTC, datetime
from pathlib import Path

from explorer import paths
from explorer.content import stamp
from explorer.content.check import gate
from explorer.content.grades import written
from explorer.content.load import GRADES, build, read_folder
from explorer.export.printable import COVERAGE
from tests import architecture, exchange_matrix, licences
from tests.shipped import shipped

FAMILIES = (
    "SourceSans3",
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansDevanagari",
    "NotoSansCJKsc",
    "NotoEmoji",
)
"""The shipped families, as their files are called, in the order in which the engine asks them."""


def coverage() -> str:
    """List the code points that every font of a family has, as its own table says."""
    return "".join(f"# {family}\n{_letters(family)}" for family in FAMILIES)


def _letters(family: str) -> str:
    from fontTools.ttLib import TTFont

    folder = COVERAGE.parent / "fonts"
    fonts = [TTFont(path).getBestCmap() for path in sorted(folder.glob(f"{family}-*.?tf"))]
    codes = sorted(set.intersection(*(set(font) for font in fonts)))
    lines: list[list[int]] = []
    for code in codes:
        if lines and lines[-1][1] == code - 1:
            lines[-1][1] = code
        else:
            lines.append([code, code])
    return "".join(
        f"{first:04X}\n" if first == last else f"{first:04X}-{last:04X}\n" for first, last in lines
    )


def grades() -> str:
    """Measure the reading grades of the shipped content."""
    return written(shipped().catalogue)


def checked(folder: Path = paths.DATA) -> str:
    """Apply the whole gate to a folder, and make the stamp that spares a start the same work.

    Args:
        folder: the folder.

    Raises:
        Unfit: the gate finds an error, or the folder is of a day that has not come yet.
        ContentError: it cannot be read, or does not fit the model.
    """
    read = read_folder(folder)
    catalogue = build(read, kept=False)
    day = catalogue.review.content_date
    errors = [str(item) for item in gate(read, catalogue, day).findings if item.level == "error"]
    if day > datetime.now(tz=UTC).date():
        errors.append(f"review.toml: content_date: {day} has not come yet")
    if errors:
        raise Unfit("no stamp for content with errors:\n" + "\n".join(errors))
    return stamp.of(read).text


class Unfit(Exception):
    """Content that must not get a stamp."""


BUILT = {
    COVERAGE: coverage,
    paths.DATA / GRADES: grades,
    paths.ROOT / "docs" / "licences.md": licences.page,
    paths.ROOT / "docs" / "architecture.md": architecture.page,
    exchange_matrix.PAGE: exchange_matrix.page,
    stamp.STAMP: checked,
}
"""Each built file, and what makes its text; the stamp last, for it names the bytes of others."""


def main() -> None:
    """Write every built file."""
    for path, make in BUILT.items():
        Path(path).write_text(make(), encoding="utf-8")
        print(path.relative_to(paths.ROOT))  # noqa: T201 - a tool of the shell


if __name__ == "__main__":
    main()

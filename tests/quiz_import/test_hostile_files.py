"""Files that are broken or mean harm: one clear line each, and nothing is taken or opened."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.quiz_import.found import MOST_BYTES, BadFile
from explorer.quiz_import.port import read, read_file
from tests.quiz_import.files import CANVAS, KAHOOT, MOODLE, QTI21, sheet, zipped

pytestmark = pytest.mark.slow

MANIFEST = "<manifest><resources/></manifest>"


def moodle(inside: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<quiz>{inside}</quiz>'.encode()


def asked(text: str, feedback: str = "", more: str = "") -> str:
    return (
        f'<question type="multichoice"><questiontext><text>{text}</text></questiontext>{more}'
        '<answer fraction="100"><text>a</text>'
        f"<feedback><text>{feedback}</text></feedback></answer>"
        '<answer fraction="0"><text>b</text></answer></question>'
    )


def package(**files: str | bytes) -> bytes:
    named = {f"{name}.xml": content for name, content in files.items()}
    return zipped({"imsmanifest.xml": MANIFEST, **named})


def with_name(name: str, mode: int = 0o644, flags: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        entry.external_attr = mode << 16
        archive.writestr(entry, "/etc/passwd")
    raw = made.getvalue()
    if flags:
        at = raw.rindex(b"PK\x01\x02")
        raw = raw[: at + 8] + struct.pack("<H", flags) + raw[at + 10 :]
    return raw


def billion_laughs() -> bytes:
    many = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return moodle(asked("&l9;"), f"<!DOCTYPE quiz [{many}]>")


def twice() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("q.xml", QTI21)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("q.xml", QTI21)
    return made.getvalue()


def lying() -> bytes:
    """A file of a ZIP that says that it is small: the middle of it is cut from its directory."""
    raw = zipped({"imsmanifest.xml": MANIFEST, "q.xml": b"<a>" + b" " * 10_000_000 + b"</a>"})
    at = raw.rindex(b"PK\x01\x02")
    return raw[: at + 24] + struct.pack("<I", 100) + raw[at + 28 :]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "50 MB": (lambda: b"a" * 50_000_000, "larger than 5 MB"),
    "empty": (lambda: b" \n ", "empty"),
    "NUL": (lambda: b"Q {=a ~b}\n\n\0", "line 3: it holds a NUL"),
    "random bytes": (lambda: bytes(range(128, 256)) * 9, "line 1: it is no text in UTF-8"),
    "Latin-1 lines": (lambda: "Q {=a ~b}\n\né {=c ~d}".encode("latin-1"), "line 3"),
    "UTF-16 cut": (lambda: b"\xff\xfeQ", "no text"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
    "entities in one another": (billion_laughs, "declares the entity 'l0'"),
    "one long entity": (
        lambda: moodle(asked("&a;" * 9999), f'<!DOCTYPE q [<!ENTITY a "{"a" * 99999}">]>'),
        "declares the entity 'a'",
    ),
    "a file as entity": (
        lambda: moodle(asked("&x;"), '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declares the entity 'x'",
    ),
    "an address as entity": (
        lambda: moodle(asked("&x;"), '<!DOCTYPE q [<!ENTITY x SYSTEM "http://127.0.0.1/">]>'),
        "declares the entity 'x'",
    ),
    "a parameter entity": (
        lambda: moodle(asked("x"), '<!DOCTYPE q [<!ENTITY % p SYSTEM "http://127.0.0.1/d">%p;]>'),
        "declares the entity 'p'",
    ),
    "an entity of a DTD outside": (
        lambda: moodle(asked("&x;"), '<!DOCTYPE q SYSTEM "http://127.0.0.1/d">'),
        "the entity 'x' is not defined",
    ),
    "an entity of nowhere": (lambda: moodle(asked("&nbsp;")), "undefined entity"),
    "deep elements": (lambda: moodle("<a>" * 90_000), "60 deep"),
    "many elements": (lambda: moodle("<a/>" * 150_000), "100,000 elements"),
    "many questions": (lambda: moodle("<question/>" * 1001), "1,000 questions"),
    "many GIFT questions": (lambda: b"Q {=a ~b}\n\n" * 1001, "1,000 questions"),
    "cut XML": (lambda: MOODLE[:700], "no well-formed XML"),
    "an encoding of nowhere": (
        lambda: MOODLE.replace(b"ISO-8859-1", b"klingon"),
        "encoding",
    ),
    "another encoding than said": (
        lambda: '<?xml version="1.0" encoding="UTF-8"?><quiz>é</quiz>'.encode("latin-1"),
        "no well-formed XML",
    ),
    "HTML": (lambda: b"<html><body>hello</body></html>", "its root is <html>"),
    "a ZIP in pieces": (lambda: package(q=QTI21)[:-30], "damaged or cut off"),
    "an empty ZIP": (lambda: zipped({}), "no imsmanifest.xml"),
    "no package": (lambda: zipped({"a.txt": "hello"}), "no imsmanifest.xml"),
    "a bomb": (lambda: package(q=b" " * 60_000_000), "too large unpacked"),
    "many bombs": (
        lambda: zipped(
            {"imsmanifest.xml": MANIFEST}
            | {f"{n}.xml": b"<a>" + b" " * 4_900_000 + b"</a>" for n in range(6)}
        ),
        "too large unpacked",
    ),
    "a bomb that lies of its size": (lying, "cannot be unpacked"),
    "many files": (lambda: zipped({f"{n}.xml": "" for n in range(2001)}), "2,001 files"),
    "a path upwards": (lambda: with_name("../../etc/cron.d/x.xml"), "would lie outside"),
    "a path from the root": (lambda: with_name("/etc/x.xml"), "would lie outside"),
    "a Windows path": (lambda: with_name("..\\x.xml"), "would lie outside"),
    "a drive": (lambda: with_name("C:x.xml"), "would lie outside"),
    "a link": (lambda: with_name("q.xml", 0o120777), "is a link"),
    "a password": (lambda: with_name("q.xml", flags=1), "has a password"),
    "a name twice": (twice, "stands twice"),
    "a manifest with entities": (
        lambda: zipped({"imsmanifest.xml": billion_laughs()}),
        "imsmanifest.xml: line 1: it declares the entity",
    ),
    "macros": (lambda: sheet(KAHOOT, {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "a sheet outside": (
        lambda: sheet(
            KAHOOT,
            {
                "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" '
                'TargetMode="External" Target="http://127.0.0.1/s.xml"/></Relationships>'
            },
        ),
        "not in the file",
    ),
    "a sheet without titles": (lambda: sheet({"A1": "hello"}), "Kahoot's template"),
    "a text that is not there": (
        lambda: sheet(KAHOOT, {"xl/sharedStrings.xml": "<sst/>"}),
        "points to a text that is not there",
    ),
    "a bomb in a sheet": (
        lambda: sheet(KAHOOT, {"xl/sharedStrings.xml": b"<sst>" + b" " * 60_000_000}),
        "too large unpacked",
    ),
}
"""Files of which nothing is read, and a piece of the line that says why."""


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_one_line(name: str) -> None:
    """The line says what is wrong; nothing of the file is taken, and memory stays bounded."""
    make, said = REFUSED[name]
    raw = make()
    tracemalloc.start()
    try:
        with pytest.raises(BadFile) as refused:
            read(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    line = str(refused.value)
    assert said in line
    assert "\n" not in line
    assert len(line) < 250
    assert peak < 60_000_000


LEFT_OUT: dict[str, tuple[Callable[[], bytes], str]] = {
    "a script in feedback": (
        lambda: moodle(asked("q", "&lt;script&gt;alert(1)&lt;/script&gt;")),
        "<script>",
    ),
    "a picture that calls home": (
        lambda: moodle(asked("&lt;img src=x onerror=alert(1)&gt;")),
        "<img>",
    ),
    "a frame": (lambda: b"Q <iframe src\\=x></iframe> {=a ~b}", "<iframe>"),
    "an endless character": (lambda: b"Q &\\#" + b"9" * 9000 + b"; {=a ~b}", "seven digits"),
    "a script in capitals": (lambda: b"Q <SCRIPT\\n>x</SCRIPT> {=a ~b}", "<script>"),
    "a long text": (lambda: moodle(asked("x" * 20_001)), "20,000 characters"),
    "a huge weight": (
        lambda: moodle(asked("q")).replace(b'"100"', b'"1e999999999"'),
        "no number of up to 12 digits",
    ),
    "a huge number": (lambda: b"Q {#1e400000000:0}", "no number of up to 12 digits"),
    "no number": (lambda: b"Q {#NaN}", "no number of up to 12 digits"),
    "a weight without end": (lambda: b"Q {~%" + b"9" * 9000 + b"%a ~b}", "no number"),
    "a brace without end": (lambda: b"Q {=a ~b", "never closed"),
    "braces in braces": (lambda: b"Q {=a {=b} ~c}", "more than one set"),
    "a thousand options": (lambda: b"Q {=a " + b"~b " * 1000 + b"}", "1001 options"),
    "a question without end": (lambda: b"Q " + b"\\" * 200_000 + b" {}", "100,000 characters"),
    "letters for private use": (lambda: "Q \U000f0021 {=a ~b}".encode(), "private use"),
    "an id twice": (lambda: package(a=QTI21, b=QTI21), "stands twice"),
    "an id number twice": (
        lambda: moodle(asked("q", more="<idnumber>1</idnumber>") * 2),
        "stands twice",
    ),
    "an option's id twice": (
        lambda: package(q=QTI21.replace(b"ChoiceB", b"ChoiceA")),
        "two options have the id 'ChoiceA'",
    ),
    "a key that is no option": (
        lambda: package(q=QTI21.replace(b"<value>ChoiceA", b"<value>ChoiceZ")),
        "'ChoiceZ' is not there",
    ),
    "an include": (
        lambda: package(
            q=QTI21.replace(
                b"<itemBody>",
                b'<itemBody><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                b'href="/etc/passwd" parse="text"/>',
            )
        ),
        "<include>",
    ),
    "an object from outside": (
        lambda: package(q=QTI21.replace(b"<p>", b'<p><object data="http://127.0.0.1/"/>')),
        "<object>",
    ),
    "a text in another file": (
        lambda: CANVAS.replace(b'<mattext texttype="text/plain">Red', b'<mattext uri="/x">Red'),
        "nothing is read from there",
    ),
    "a file that the manifest names only": (
        lambda: zipped(
            {
                "imsmanifest.xml": MANIFEST.replace(
                    "<resources/>", '<file href="http://127.0.0.1/q.xml"/>'
                ),
                "q.xml": QTI21,
            }
        ),
        "nothing is fetched",
    ),
    "a formula": (lambda: sheet(KAHOOT), "holds a formula"),
}
"""Files with a question that is left out, and a piece of the line that says why."""


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_hostile_question_is_left_out_whole(name: str) -> None:
    """It is named with its place in one line, and no part of it is among the questions."""
    make, said = LEFT_OUT[name]
    found = read(make())
    lines = [str(item) for item in found.left_out if said in str(item)]
    assert len(lines) == 1
    assert "\n" not in lines[0]
    assert len(lines[0]) < 300
    assert "alert" not in str(found.questions)
    assert "root:" not in str(found.questions)


@pytest.mark.parametrize("mark", ["<!--", "<![", "<a b='", "</", "<?", "&", "<textarea "])
def test_marks_that_are_never_closed_cost_no_time(mark: str) -> None:
    """Each is a text, found at once: a parser that looks for each end again would take minutes."""
    text = (mark * 20_000)[:19_000].replace("&", "&amp;").replace("<", "&lt;")
    found = read(moodle("".join(asked(text, text) for _ in range(20))))
    assert len(found.questions) + len(found.left_out) == 20


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """From disk no more is read than it takes to see that it is too large."""
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(50 * MOST_BYTES)
    tracemalloc.start()
    with pytest.raises(BadFile, match="larger than"):
        read_file(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * MOST_BYTES


@pytest.mark.parametrize("path", ["", "nowhere.xml"])
def test_a_path_that_is_no_file_is_told(path: str, tmp_path: Path) -> None:
    """A folder and a missing file are told in a line."""
    with pytest.raises(BadFile, match="no such file"):
        read_file(tmp_path / path)

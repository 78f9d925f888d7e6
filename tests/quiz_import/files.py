"""Small files as other systems write them, made in code."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

MOODLE = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<quiz>
<question type="category"><category><text>$course$/top</text></category></question>
<question type="multichoice"><name><text>Capital</text></name>
<questiontext format="html"><text><![CDATA[<p>The capital of <b>France</b>?</p><p>Choose.</p>]]></text></questiontext>
<single>true</single>
<answer fraction="0"><text>Rome</text><feedback><text>No.</text></feedback></answer>
<answer fraction="100"><text>Paris</text><feedback><text>Yes.</text></feedback></answer>
<answer fraction="50"><text>Lyon</text></answer></question>
<question type="truefalse"><name><text>Rain</text></name>
<questiontext format="plain_text"><text>It rains.</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="essay"><name><text>View</text></name>
<questiontext format="html"><text>Your view?</text></questiontext></question>
<question type="multichoice"><name><text>Picture</text></name>
<questiontext format="html"><text>&lt;img src="@@PLUGINFILE@@/a.png"&gt;</text><file name="a.png" encoding="base64">AAAA</file></questiontext>
<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>
</quiz>"""

CANVAS = b"""<?xml version="1.0"?>
<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2p1.dtd">
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="T">
<section ident="root"><item ident="i1" title="Q"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>question_type</fieldlabel><fieldentry>multiple_choice_question</fieldentry>
</qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;div&gt;Which color?&lt;/div&gt;</mattext></material>
<response_lid ident="response1" rcardinality="Single"><render_choice>
<response_label ident="1"><material><mattext texttype="text/plain">Red</mattext></material></response_label>
<response_label ident="2"><material><mattext texttype="text/plain">Blue</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
<respcondition continue="Yes"><conditionvar><varequal respident="response1">1</varequal></conditionvar>
<displayfeedback feedbacktype="Response" linkrefid="1_fb"/></respcondition>
<respcondition continue="Yes"><conditionvar><varequal respident="response1">2</varequal></conditionvar>
<displayfeedback feedbacktype="Response" linkrefid="2_fb"/></respcondition>
<respcondition continue="No"><conditionvar><varequal respident="response1">2</varequal></conditionvar>
<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
<itemfeedback ident="1_fb"><flow_mat><material><mattext texttype="text/plain">No.</mattext></material></flow_mat></itemfeedback>
<itemfeedback ident="2_fb"><flow_mat><material><mattext texttype="text/plain">Yes.</mattext></material></flow_mat></itemfeedback>
</item></section></assessment></questestinterop>"""

QTI21 = b"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="choice" title="Luggage">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
<correctResponse><value>ChoiceA</value></correctResponse></responseDeclaration>
<itemBody><p>Look at the text.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
<prompt>What does it say?</prompt>
<simpleChoice identifier="ChoiceA">You must.<feedbackInline outcomeIdentifier="F" identifier="ChoiceA" showHide="show">Right.</feedbackInline></simpleChoice>
<simpleChoice identifier="ChoiceB">You may.</simpleChoice></choiceInteraction></itemBody>
</assessmentItem>"""

KAHOOT = {
    "A1": "Add questions, at least two answer alternatives",
    "B2": "Question - max 120 characters",
    "C2": "Answer 1 - max 75 characters",
    "D2": "Answer 2 - max 75 characters",
    "E2": "Answer 3 - max 75 characters",
    "F2": "Answer 4 - max 75 characters",
    "G2": "Time limit (sec)",
    "H2": "Correct answer(s) - choose at least one",
    "B3": "Where is it kept?",
    "C3": "Fridge",
    "D3": "Shelf",
    "G3": 20,
    "H3": 1,
    "B4": "Which are fruit?",
    "C4": "Apple",
    "D4": "Stone",
    "E4": "Pear",
    "H4": "1,3",
    "B5": "A formula?",
    "C5": ("f", 'HYPERLINK("http://x")'),
    "D5": "b",
    "H5": 1,
    "B6": "No key?",
    "C6": "a",
    "D6": "b",
    "H6": "first",
}

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def sheet(cells: Mapping[str, object], more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Make a spreadsheet: texts, numbers, and pairs of ``f`` and a formula."""
    strings: list[str] = []
    rows: dict[str, list[str]] = {}
    for place, said in cells.items():
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if isinstance(said, tuple):
            cell = f'<c r="{place}"><f>{escape(said[1])}</f><v>1</v></c>'
        elif isinstance(said, str):
            strings.append(f"<si><t>{escape(said)}</t></si>")
            cell = f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'
        else:
            cell = f'<c r="{place}"><v>{said}</v></c>'
        rows.setdefault(row, []).append(cell)
    data = "".join(f'<row r="{row}">{"".join(inside)}</row>' for row, inside in rows.items())
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINK}"><sheets>'
            '<sheet name="Q" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{data}'
            "</sheetData></worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{"".join(strings)}</sst>',
            **(more or {}),
        }
    )

"""What Moodle's own importers showed of our Moodle XML, held without them."""

import re

from explorer.export.quiz_exchange.losses import ExchangeFormat
from tests.exchange import of


def test_no_text_of_moodle_xml_is_cut_by_an_escaped_sign() -> None:
    """Moodle's reader drops a space between two escaped signs: texts are sections of characters."""
    made = of("torture", ExchangeFormat.MOODLE).made().decode()
    texts = re.findall(r"<text>(.*?)</text>", made, re.DOTALL)
    assert [text for text in texts if "&" in re.sub(r"<!\[CDATA\[.*?]]>", "", text)] == []

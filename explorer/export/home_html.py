"""What the first page says, with its picture: for the app and the reading edition."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from explorer.domain.messages import Words

_WAY: Final = Path(__file__).with_name("home_way.svg")

_MESSAGE: Final = Markup(
    '<p class="ax-message"><strong>{said}</strong></p>'
    '<img class="ax-way" src="data:image/svg+xml,{drawn}" width="340" height="104" alt="{alt}">'
)


def message(words: Words) -> Markup:
    """Render the one message of the first page and the picture that says it without words.

    Args:
        words: the interface words.
    """
    drawn = quote(_WAY.read_text(encoding="utf-8").strip(), safe="/:=,")
    return _MESSAGE.format(said=words("home.message"), drawn=drawn, alt=words("home.picture"))

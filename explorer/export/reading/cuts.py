"""What the reading edition leaves out of a page: signs of other medicines, the end of a text."""

import re
from typing import Final

from explorer.export import environment as html

LONGEST_DESCRIPTION: Final = 160
"""Characters of a description: about what a search engine shows."""

_OTHER_SIGNS: Final = re.compile(r'<details class="ax-more ax-flag-other".*?</section>', re.DOTALL)
_SOURCE: Final = re.compile(r'<li id="ref-(\d+)".*?</li>', re.DOTALL)


def own_signs_only(body: str, more: str) -> str:
    """Leave the signs of other medicines, and what only they cite, to the page of signs.

    Args:
        body: the whole guide.
        more: stands in their place.
    """
    own = _OTHER_SIGNS.sub(lambda _: f"{more}</section>", body, count=1)
    cited = set(html.cited(own))
    return _SOURCE.sub(lambda found: found[0] if found[1] in cited else "", own)


def shortened(text: str) -> str:
    """Return the start of a text that fits a description, cut after a whole word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[: LONGEST_DESCRIPTION - 1].rpartition(" ")[0] + "…"

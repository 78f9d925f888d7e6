"""Reading grades that were measured when the content was made, kept beside it."""

from decimal import Decimal
from typing import Annotated

from pydantic import StringConstraints

from explorer.domain.base import Frozen
from explorer.domain.prose import Code


class KeptGrade(Frozen):
    """The grades of one file, and which text they were measured on.

    ``id`` is the file without its ending. ``text`` is the start of a hash of all that was
    measured: where the text is another one now, the grades are not shown.
    """

    id: Annotated[str, Code("file")]
    core: Decimal
    detail: Decimal | None = None
    text: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Code("hash")]

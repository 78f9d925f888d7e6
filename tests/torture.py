"""Questions that are hard to write into a file: every sign that some format gives a meaning."""

from decimal import Decimal

from explorer.domain.drawings import Drawing, DrawingLabel, Sketch
from explorer.domain.questions import Bank, Case, Evidence, QuestionKind, Topic
from tests.questions import option, question

TEXTS = (
    "~ = # { } : \\ -> // %50% [html] :: ####",
    "\"quoted\" 'single' `tick` a\\nb \\\\ \\: end\\",
    "<script>alert(1)</script> & &amp; &#35; ]]> <!-- -- -->",
    "%100%Dose ~%-50%wrong =right#feedback}",
    "A) first B. second ANSWER: C",
    "משכך כאבים ושאלה بالعربية",
    "💉 zażółć 100 µg/mL ≤ 0.5 \u2013 “dash”",
    "a\tb, two;  spaces",
    "0.5 or 1,000.25 or 1e3",
    "$CATEGORY: x ::name:: [tag:x] &&058; {{c1::x}} $$x$$ \\(x\\)",
    "x" * 2000,
)
"""Texts with quotes, signs of each format, markup, emoji, right-to-left letters and length."""


_SKETCHES = tuple(Sketch)

DRAWINGS = tuple(
    Drawing(
        id=_SKETCHES[place],
        title=text,
        alternative=TEXTS[(place + 1) % len(TEXTS)],
        supported_by=(Evidence(ref="guide/s/t", hash="00000000"),),
        labels=(DrawingLabel(id="here", text=text, rests_on="guide/s/t"),),
    )
    for place, text in enumerate(TEXTS)
)
"""A drawing for each text, that stands in each of its places; several questions share it."""


def bank() -> Bank:
    """Make a bank of every kind, in which each text stands in each place."""
    made = []
    for place, text in enumerate(TEXTS):
        later = TEXTS[(place + 1) % len(TEXTS)]
        drawing = _SKETCHES[place].value
        options = [
            option("a", text=f"{text} one", rationale=later, key=True),
            option("b", text=f"{later} two", rationale=text, action=later),
            option("n3", text="plain"),
        ]
        made += [
            question(
                f"single-{place}", stem=f"{text} ?", options=options, case="c", drawing=drawing
            ),
            question(
                f"several-{place}",
                QuestionKind.SEVERAL,
                stem=f"Which? {text}",
                options=[*options, option("d", text=f"{text} four", key=True)],
            ),
            question(
                f"order-{place}",
                QuestionKind.ORDER,
                stem=text,
                drawing=drawing,
                options=[item | {"key": False} for item in options],
            ),
            question(
                f"sort-{place}",
                QuestionKind.SORT,
                stem=text,
                drawing=drawing,
                groups=[
                    {"id": "g1", "label": f"{text[:200]} g"},
                    {"id": "g2", "label": "Later -> on"},
                ],
                options=[
                    item | {"key": False, "group": ("g1", "g2")[at % 2]}
                    for at, item in enumerate(options)
                ],
            ),
            question(
                f"number-{place}",
                QuestionKind.NUMBER,
                stem=text,
                drawing=drawing,
                number={
                    "value": Decimal("0.67") if place % 2 else 100,
                    "unit": "mL",
                    "tolerance": Decimal("0.01") if place % 2 else 0,
                    "rationale": text,
                    "action": later,
                },
            ),
        ]
    made.append(question("yes-no", QuestionKind.TRUE_FALSE))
    return Bank(
        topics=(
            Topic(
                id="hard",
                order=1,
                title='Hard/er: "a" & <b> \\ ~',
                cases=(Case(id="c", text="Sam is 54. {x}"),),
                questions=tuple(made),
            ),
        )
    )

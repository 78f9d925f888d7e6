"""Rules of the line drawings: what they show is a statement of the guide, as it reads today."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.figures import amounts, as_written, digits
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.support import supporting_text, text_hash
from explorer.domain.drawings import Drawing
from explorer.domain.refs import Ref, RefKind

FILE = "drawings.toml"


@rule("drawing-support")
def drawings_rest_on_statements(context: Context) -> Iterator[Finding]:
    """Each drawing and each label rests on statements of the guide, as they read today."""
    for drawing in context.catalogue.drawings:
        known = {item.ref for item in drawing.supported_by}
        for support in drawing.supported_by:
            text = supporting_text(context.catalogue, support.ref)
            if text is None or Ref.parse(support.ref).kind is not RefKind.STATEMENT:
                reason = f"no statement of the guide stands at '{support.ref}'; correct it"
                yield error("drawing-support", FILE, drawing.id, reason)
            elif support.hash != text_hash(text):
                reason = (
                    f"the text at '{support.ref}' has changed, look at the drawing and read its "
                    f"words again; the hash is now {text_hash(text)}"
                )
                yield error("drawing-support", FILE, drawing.id, reason)
        for label in drawing.labels:
            if label.rests_on not in known:
                reason = f"'{label.rests_on}' does not stand in supported_by; name it there"
                yield error("drawing-support", FILE, f"{drawing.id}.labels.{label.id}", reason)


@rule("drawing-number")
def figures_of_drawings_are_supported(context: Context) -> Iterator[Finding]:
    """A number beside a drawing stands in a statement that it rests on."""
    for drawing in context.catalogue.drawings:
        texts = [supporting_text(context.catalogue, item.ref) for item in drawing.supported_by]
        known = {value for value, _ in amounts(digits(" \n ".join(filter(None, texts))))}
        for key, text in _texts(drawing):
            for value, unit in sorted(amounts(text)):
                if value not in known:
                    said = as_written(value, unit)
                    reason = f"'{said}' does not stand in what the drawing rests on"
                    yield error("drawing-number", FILE, f"{drawing.id}.{key}", reason)


@rule("drawing-unknown")
def drawings_of_questions_exist(context: Context) -> Iterator[Finding]:
    """A drawing that a question names exists, and draws a statement that the question rests on."""
    for topic in context.catalogue.bank.topics:
        for question in topic.questions:
            if question.drawing is None:
                continue
            file, drawing = (
                f"questions/{topic.id}.toml",
                context.catalogue.drawing(question.drawing),
            )
            if drawing is None:
                reason = f"there is no drawing '{question.drawing}' in {FILE}; correct it"
                yield error("drawing-unknown", file, f"{question.id}.drawing", reason)
            elif not {e.ref for e in drawing.supported_by} & {e.ref for e in question.supported_by}:
                reason = f"the question rests on nothing that '{drawing.id}' draws; take it out"
                yield error("drawing-unknown", file, f"{question.id}.drawing", reason)


def _texts(drawing: Drawing) -> Iterator[tuple[str, str]]:
    yield "title", drawing.title
    yield "alternative", drawing.alternative
    for label in drawing.labels:
        yield f"labels.{label.id}", label.text

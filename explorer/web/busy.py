"""The page for those who come while the server is full."""

from html import escape

from explorer.domain.catalogue import Catalogue


def busy_page(catalogue: Catalogue, *, is_updated: bool = False, base: str = "") -> str:
    """Render the page as HTML.

    Args:
        catalogue: the content, for words and the emergency number.
        is_updated: not full: the site is being updated. What needs no session can be read then.
        base: path under which the site is reached.
    """
    language = escape(catalogue.words("frame.language"))
    site, call, busy = map(escape, busy_text(catalogue).splitlines())
    rest = f"<p>{busy}</p>"
    if is_updated:
        told, read = (escape(catalogue.words(f"frame.{name}")) for name in ("updated", "read-now"))
        rest = f'<p>{told}</p><p><a href="{escape(base)}/read/">{read}</a></p>'
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{site}</title></head>"
        '<body style="font:1.2rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem">'
        f"<main><h1>{site}</h1><p><strong>{call}</strong></p>{rest}</main>"
        "</body></html>"
    )


def busy_text(catalogue: Catalogue) -> str:
    """Render the page as plain text: the name of the site, whom to call, and the rest.

    Args:
        catalogue: the content, for words and the emergency number.
    """
    words = catalogue.words
    call = words("export.help-now", emergency=catalogue.contact().emergency_words)
    return "\n".join((words("frame.site"), call, words("frame.busy")))

"""A class report as two calm pages (PDF): what changed, then question by question."""

from explorer.domain.class_report import ClassReport
from explorer.domain.messages import Words
from explorer.export import pdf, report_html, report_lines


def write(report: ClassReport, words: Words) -> bytes:
    """Write the report.

    Args:
        report: what to write.
        words: interface words.

    Returns:
        The bytes of a tagged PDF; the same for the same report.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    site = words("frame.site")
    changes = report_lines.changes(report, words)
    questions = report_lines.questions(report, words)
    reliability = report_lines.reliability(report, words)
    more = report_lines.additions(report, words)
    data = {
        "title": words("report.title"),
        "language": words("frame.language"),
        "site": site,
        "page": words("pdf.page"),
        "footer": words("report.footer", site=site, version=report.content),
        "facts": [list(fact) for fact in report_lines.facts(report, words)],
        "changes": _plain(changes),
        "no_changes": words("report.no-changes"),
        "reliability": _plain(reliability),
        "questions": _plain(questions),
        "more": [_plain(table) | {"named": report_html.HEAD[table.id]} for table in more],
        "statement": words("report.statement"),
        "status": words("frame.status"),
    }
    shown = [table for table in (changes, reliability) if table.rows]
    return pdf.render(
        "report",
        data,
        created=report.opened,
        boxes=words("pdf.boxes"),
        # of the questions, the second column names one
        row_headings=(*(0 for _ in shown), 1, *(report_html.HEAD[table.id] for table in more)),
    )


def _plain(table: report_lines.Table) -> dict[str, object]:
    return table.model_dump(mode="json")

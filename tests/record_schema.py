"""The schema of a nurse's record: ``python -m tests.record_schema`` writes it into the documents."""

import json

from explorer import paths
from explorer.domain.record_file import RecordFile

FILE = paths.ROOT / "docs" / "record.schema.json"


def schema() -> str:
    """Return the schema as the class in the domain gives it."""
    made = RecordFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")

"""The schema: the migrations create the tables that the statements use, and scripts are split."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

from explorer.store import open_store
from explorer.store.migrations.runner import migrations, read_migrations, split_statements
from explorer.store.sql.schema import metadata


def references(engine: Engine, table: str) -> set[tuple[Any, ...]]:
    """Give the foreign keys of a table, with what a deletion does."""
    if engine.dialect.name == "sqlite":  # SQLAlchemy does not see the action of a column's own key
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})").mappings()
            return {(row["from"], row["table"], row["to"], row["on_delete"]) for row in rows}
    return {
        (
            tuple(item["constrained_columns"]),
            item["referred_table"],
            tuple(item["referred_columns"]),
            item["options"].get("ondelete"),
        )
        for item in inspect(engine).get_foreign_keys(table)
    }


def described(engine: Engine) -> dict[str, Any]:
    """Describe each table: columns, keys, references, and what is unique."""
    found = inspect(engine)
    tables: dict[str, Any] = {}
    for name in found.get_table_names():
        if name == "migrations":
            continue
        unique = {tuple(item["column_names"]) for item in found.get_unique_constraints(name)}
        unique |= {
            tuple(item["column_names"]) for item in found.get_indexes(name) if item["unique"]
        }
        tables[name] = {
            "columns": {
                item["name"]: (
                    str(item["type"]),
                    item["nullable"] and not item.get("primary_key"),
                    str(item["default"]).strip("'"),
                )
                for item in found.get_columns(name)
            },
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "references": references(engine, name),
            "unique": unique,
        }
    return tables


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migrations_create_the_tables_of_the_program(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A database made by all migrations is the one that the declared tables describe."""
    if kind == "sqlite":
        migrated, declared = (f"sqlite:///{tmp_path / name}.sqlite3" for name in ("a", "b"))
        open_store(migrated, tmp_path).close()
        first, second = create_engine(migrated), create_engine(declared)
        metadata.create_all(second)
        assert described(first) == described(second)
    else:
        url = str(request.getfixturevalue("postgresql_database"))
        open_store(url, tmp_path).close()
        first = create_engine(url)
        by_migrations = described(first)
        metadata.drop_all(first)
        metadata.create_all(first)
        second = create_engine(url)
        assert by_migrations == described(second)
    first.dispose()
    second.dispose()


def test_a_semicolon_in_a_string_does_not_end_a_statement() -> None:
    """Nor one in a quoted name, in a comment, or in a trigger."""
    script = """
    INSERT INTO notes (text) VALUES ('one; ''two;''');
    -- a comment; and its second half
    UPDATE "odd;name" SET text = 'x'; /* the end; of it */
    CREATE TRIGGER after_it AFTER DELETE ON notes BEGIN
        DELETE FROM a; DELETE FROM b;
    END;
    """
    first, second, third = split_statements(script)
    assert first == "INSERT INTO notes (text) VALUES ('one; ''two;''');"
    assert second.endswith("SET text = 'x';")
    assert third.endswith("END;")


def test_a_statement_without_its_end_is_refused() -> None:
    """A forgotten semicolon never silently leaves a statement out."""
    with pytest.raises(ValueError, match="without a semicolon at its end: SELECT 2"):
        split_statements("SELECT 1;\nSELECT 2")
    assert split_statements("  \n") == ()


def test_a_migration_that_cannot_be_split_is_named(tmp_path: Path) -> None:
    """Whoever wrote it reads in which file the semicolon is missing."""
    (tmp_path / "0002_b.sql").write_text("SELECT 2")
    (tmp_path / "0001_a.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError, match=r"0002_b\.sql: a statement without a semicolon"):
        read_migrations(tmp_path)
    (tmp_path / "0002_b.sql").write_text("SELECT 2;")
    assert [item.name for item in read_migrations(tmp_path)] == ["0001_a", "0002_b"]


def test_the_shipped_migrations_have_the_statements_that_they_had() -> None:
    """A released migration is never changed: these many statements, beginning with these words."""
    assert [(item.name, len(item.statements)) for item in migrations()][:5] == [
        ("0001_classes", 3),
        ("0002_presence", 2),
        ("0003_doors", 6),
        ("0004_upkeep", 2),
        ("0005_settings", 2),
    ]
    assert all(
        statement.split()[0] in {"CREATE", "ALTER", "UPDATE", "INSERT"}
        for item in migrations()
        for statement in item.statements
    )

"""Migrations of the database schema, and their runner.

Each migration is a file of SQL that both SQLite and PostgreSQL can run, named
``0001_what_it_does.sql``. A released file is never changed; a new one is added.
"""

"""Pieces of a page; each owns its widgets and returns plain values."""

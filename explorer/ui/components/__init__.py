"""Widgets: each draws one thing, reports what a reader did, and knows nothing of a page.

The script of a widget that runs in the browser stands beside it in a ``.js`` file.
"""

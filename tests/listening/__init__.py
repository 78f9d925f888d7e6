"""Pages by ear: a real screen reader walks them, and what it says is kept as text."""

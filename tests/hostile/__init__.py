"""A client that speaks the app's own protocol and means no good, and what it must not reach."""

"""Page bodies: each reads the address and the session, and draws one page."""

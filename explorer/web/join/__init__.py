"""The participant's page of a class: ``/join?code=ABC123``, the URL in the QR code.

The pages are rendered on the server and use plain forms; a small script keeps them up to date. A
participant is identified by a random value in one cookie, never by a URL or a page.
"""

from explorer.web.join.routes import join_routes

__all__ = ["join_routes"]

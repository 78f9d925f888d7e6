"""Writers, one a format: a frozen object in, bytes out, the same bytes for the same input."""

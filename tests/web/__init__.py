"""The participant page of a class."""

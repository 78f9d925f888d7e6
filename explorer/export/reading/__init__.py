"""The reading edition: every page of the site as plain HTML: no script, socket or state."""

from explorer.export.reading.edition import Edition
from explorer.export.reading.links import SiteLinks, StaticLinks
from explorer.export.reading.model import NoSuchPage, Onward, ReadingPage

__all__ = ["Edition", "NoSuchPage", "Onward", "ReadingPage", "SiteLinks", "StaticLinks"]

"""Moved to ``explorer.domain.article_claims``."""

from explorer.domain.article_claims import Claim as Claim
from explorer.domain.article_claims import ClaimTable as ClaimTable
from explorer.domain.article_claims import Fate as Fate

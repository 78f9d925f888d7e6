"""Moved to ``explorer.domain.self_audit``."""

from explorer.domain.self_audit import AuditItem as AuditItem
from explorer.domain.self_audit import Change as Change
from explorer.domain.self_audit import Standard as Standard
from explorer.domain.self_audit import Verdict as Verdict

"""What time it is, for what is written into files."""

from __future__ import annotations

import os
from datetime import datetime, timezone


def now() -> datetime:
    """The time in UTC, or SOURCE_DATE_EPOCH (reproducible-builds.org) if that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), timezone.utc) if epoch else datetime.now(timezone.utc)

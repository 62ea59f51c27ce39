"""What time it is, for what is written into files."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from time import time

from annai.errors import ContentError


def now() -> datetime:
    """The time in UTC, or SOURCE_DATE_EPOCH (reproducible-builds.org) if that is set.

    Raises ContentError if that is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch) if epoch else time(), timezone.utc)
    except (ValueError, OverflowError, OSError):
        problem = f"{epoch} is no time"
        fix = "write the seconds since 1970, as date +%s does"
        raise ContentError("SOURCE_DATE_EPOCH", 1, problem, fix) from None

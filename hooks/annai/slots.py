"""Places in a text that are filled in: a name in braces."""

from __future__ import annotations

import re

SLOT = re.compile(r"\{([a-z][a-z0-9-]*)\}")
"""``{amount}``. An attribute list of Markdown never looks like this."""

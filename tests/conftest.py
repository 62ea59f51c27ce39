"""What all tests share: where things are, and the Markdown of a real site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
settings.register_profile(
    "annai",
    deadline=None,
    derandomize="CI" in os.environ,  # new examples are for people, who can mend what they find
    max_examples=int(os.environ.get("ANNAI_EXAMPLES", "100")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("annai")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT

"""What all tests share: where things are, and the Markdown of a real site."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

settings.register_profile(
    "annai",
    deadline=None,
    max_examples=int(os.environ.get("ANNAI_EXAMPLES", "100")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("annai")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def cases() -> Callable[[str], list[Path]]:
    """The files of one folder of cases."""
    return lambda name: sorted((ROOT / "tests" / "cases" / name).iterdir())

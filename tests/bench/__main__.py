"""Write a corpus, or measure with it: ``python -m tests.bench --help``."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import sites
from .corpus import LOCALES


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--locales", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the corpus there")
    arguments = parser.parse_args()
    for name, write in sites.WRITERS.items():
        write(arguments.write / name, arguments.pages, LOCALES[: arguments.locales])


if __name__ == "__main__":
    main()

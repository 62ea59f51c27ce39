"""Building real sites with the real command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

SITES = Path(__file__).parent / "sites"
ROOT = Path(__file__).parent.parent.parent


def run(
    source: Path, site: Path, *options: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build --strict`` on the site in *source*, to the folder *site*, from nothing.

    What a build keeps for the next is for tests of that: ``ANNAI_FRESH=""`` uses it.
    """
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site), *options],
        cwd=source,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ANNAI_FRESH": "1", **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def build(source: Path, site: Path, *options: str, **environ: str) -> Path:
    """The folder *site*, built from *source*; whatever goes wrong is shown."""
    result = run(source, site, *options, **environ)
    assert result.returncode == 0, result.stdout
    return site


def content(site: Path) -> dict[str, bytes]:
    """Every file below *site*: path and bytes."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def article(page: Path) -> str:
    """The HTML that the Markdown of a built page became, without what templates add."""
    html = page.read_text("utf-8")
    match = re.search(r'<article class="md-content__inner md-typeset">(.*?)</article>', html, re.S)
    assert match, page
    added = (
        r'<div class="admonition info annai-notice".*?</div>\s*|<p class="annai-(?:pri|rev).*?</p>'
        r'|<(nav|section) class="annai-.*?</\1>'
    )
    return re.sub(added, "", match[1], flags=re.S)

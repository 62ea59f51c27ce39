"""Lets Lighthouse judge the built site, as a phone on a slow network sees it, and prints a table.

The site is built for the address at which it is then served, with gzip and the headers it asks for.
Each score (0 to 100) is the median of three rounds; what costs points is listed below the table.
Exit code 1 if a score is under 98. `make bench-lighthouse` runs it; it leaves this machine alone
but for that address.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any, BinaryIO

from browser.conftest import Handler, arguments, installed, served
from builds.building import ROOT, build

NODE = ROOT / ".venv" / "bin" / "node"
LIGHTHOUSE = ROOT / ".venv" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
PAGES = {"Home": "", "Article": "problems/hacked/", "Checklist": "prepare/ticket-checklist/"}
FOLDERS = {"en": "", "ja": "ja/", "ar": "ar/"}
ROUNDS = 3
TRIES = 3
"""How often Lighthouse is run until it says something: it asks for that where a trace fails."""
LEAST = 98
LEFT_OUT = {"prepare/ticket-checklist/": "robots-txt"}
"""An audit that says nothing about a page: Lighthouse asks for robots.txt from within the page, and
the policy of the checklist forbids every connection (GoogleChrome/lighthouse#4386)."""


class Compressing(Handler):
    """Serves files as a web host does: compressed, and on connections that stay open."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the headers of a file; the file, compressed."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


def judge(url: str, left_out: str = "") -> dict[str, Any]:
    """What Lighthouse reports about the page at *url*, but for the audit *left_out*."""
    nowhere_else = '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'
    options = {
        "only-categories": ",".join(CATEGORIES),
        "output": "json",
        "chrome-flags": " ".join(["--headless=new", nowhere_else, *arguments()]),
        "enable-error-reporting": "false",
        **({"skip-audits": left_out} if left_out else {}),
    }
    command = [str(NODE), str(LIGHTHOUSE), url, "--quiet"]
    command += [f"--{name}={value}" for name, value in options.items()]
    chromium = installed()
    environ = {**os.environ, **({"CHROME_PATH": chromium} if chromium else {})}
    for _ in range(TRIES):
        run = subprocess.run(command, env=environ, stdout=subprocess.PIPE)
        if run.returncode == 0:
            break
    run.check_returncode()
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def costs(report: dict[str, Any]) -> set[str]:
    """What takes points from a page, in the words of Lighthouse."""
    listed = {
        each["id"]
        for category in report["categories"].values()
        for each in category["auditRefs"]
        if each["weight"]
    }
    audits = [report["audits"][name] for name in listed]
    return {
        f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 0.9
    }


def points(reports: Sequence[dict[str, Any]], category: str) -> int:
    """The median score of a page in a category, 0 to 100."""
    return round(100 * statistics.median(each["categories"][category]["score"] for each in reports))


def say(*cells: object) -> None:
    """Print a row of the table."""
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def main() -> int:
    """Print the table; 1 if a page is not good enough."""
    least, reasons = 100, []
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        with served(site, Compressing) as address:
            build(ROOT, site, SITE_URL=address)
            say("page", *CATEGORIES.values())
            say("---", *("---:" for _ in CATEGORIES))
            for (page, path), (tag, start) in product(PAGES.items(), FOLDERS.items()):
                url, left_out = f"{address}{start}{path}", LEFT_OUT.get(path, "")
                reports = [judge(url, left_out) for _ in range(ROUNDS)]
                scores = [points(reports, category) for category in CATEGORIES]
                say(f"{page}, {tag}", *scores)
                least = min(least, *scores)
                found = set().union(*map(costs, reports))
                reasons += [f"{page}, {tag}: {each}" for each in sorted(found)]
    sys.stdout.write("\nOn the checklist without the audit robots-txt (LEFT_OUT says why).\n")
    sys.stderr.write("".join(f"{each}\n" for each in reasons))
    return 0 if least >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

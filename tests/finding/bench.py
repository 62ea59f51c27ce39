"""Measures the search of this site against the theme's own worker and Pagefind, in one run.

For every locale and engine: the share of queries whose page comes first, and among the first ten;
queries without a result; what is loaded until the first result; and how long an answer takes.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1])]
from browser.conftest import launched  # noqa: E402
from builds.building import ROOT, build  # noqa: E402
from finding.queries import Query, made, places, written  # noqa: E402

LOCALES = {"en": "", "ja": "ja/", "zh_Hans": "zh-Hans/", "ar": "ar/"}

HEADER = ("made: R@1 / R@10", "none", "questions: R@1 / R@10", "none", "KB", "p95")

ASK = """async ({queries, engine, worker, index, tag}) => {
  const results = [], times = [];
  let ask;
  if (engine === "pagefind") {
    document.documentElement.lang = tag;
    const pagefind = await import(new URL("/pagefind/pagefind.js", location.href));
    await pagefind.init();
    ask = async (query) => {
      const {results} = await pagefind.search(query);
      const found = await Promise.all(results.slice(0, 10).map((each) => each.data()));
      return found.map((each) => new URL(each.raw_url || each.url, location.origin).pathname);
    };
  } else {
    const stub = await (await fetch(index)).json();
    const running = new Worker(worker);
    const said = (type, message) => new Promise((resolve, reject) => {
      running.onerror = reject;
      running.onmessage = ({data}) => data.type === type && resolve(data.data);
      running.postMessage(message);
    });
    await said(1, {type: 0, data: {...stub, options: {suggest: true}}});
    const home = new URL(index.replace(/search\\/[^/]*$/, ""), location.href);
    ask = async (query) => {
      const {items} = await said(3, {type: 2, data: query});
      return items.map(([{location: found}]) => new URL(found.split("#")[0], home).pathname);
    };
  }
  for (const query of queries) {
    const start = performance.now();
    results.push(await ask(query));
    times.push(performance.now() - start);
    if (results.length === 1) await fetch("/first");
  }
  return {results, times};
}"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site, and notes what was asked for before ``/first``."""

    def do_GET(self) -> None:
        """Serve a file; its size is that of its gzip form, if that is smaller."""
        path = Path(self.translate_path(self.path))
        if self.path == "/first":
            self.server.is_first = False  # type: ignore[attr-defined]
            self.send_response(204)
            self.end_headers()
            return
        if self.server.is_first and path.is_file():  # type: ignore[attr-defined]
            content = path.read_bytes()
            packed = content[:2] == b"\x1f\x8b"
            size = len(content) if packed else min(len(content), len(gzip.compress(content, 9)))
            self.server.loaded[str(path)] = size  # type: ignore[attr-defined]
        super().do_GET()

    def log_message(self, *arguments: object) -> None:
        """Stay silent."""


def ask(
    browser: Browser, site: Path, engine: str, queries: list[Query], worker: str, index: str
) -> dict[str, Any]:
    """What *engine* answers to *queries*, how fast, and what it loaded until the first answer."""
    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.is_first, server.loaded = True, {}  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/empty.html")
        server.loaded.clear()  # type: ignore[attr-defined]
        texts = [query.text for query in queries]
        tag = index.strip("/").partition("/")[0]
        options = {"engine": engine, "worker": worker, "index": index, "queries": texts}
        answer = page.evaluate(ASK, {**options, "tag": "en" if tag == "search" else tag})
        page.close()
        server.shutdown()
        return {**answer, "loaded": sum(server.loaded.values())}  # type: ignore[attr-defined]


def score(queries: list[Query], results: list[list[str]], base: str) -> dict[str, float]:
    """Shares, in percent: found first, among ten, nothing found."""
    ranks = []
    for query, found in zip(queries, results, strict=True):
        pages = list(dict.fromkeys(each.removeprefix(f"/{base}") for each in found))
        ranks.append(next((n for n, each in enumerate(pages[:10], 1) if each in query.pages), 0))
    count = len(queries) or 1
    return {
        "first": 100 * sum(rank == 1 for rank in ranks) / count,
        "ten": 100 * sum(rank > 0 for rank in ranks) / count,
        "none": 100 * sum(not found for found in results) / count,
    }


def _say(cells: list[str]) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _cells(shares: dict[str, float]) -> list[str]:
    return [f"{shares['first']:.0f} / {shares['ten']:.0f}", f"{shares['none']:.1f}"]


def theme_index(site: Path, base: str) -> str:
    """Write the index that the theme's own worker would get, and return its address."""
    search = site / base / "search"
    stub = json.loads((search / "search_index.json").read_text("utf-8"))
    docs = [
        {
            "location": each.url if each.is_top else f"{each.url}#{number}",
            "title": each.heading,
            "text": each.text,
        }
        for number, each in enumerate(places(search))
    ]
    (search / "theme.json").write_text(json.dumps({**stub, "docs": docs}), "utf-8")
    return f"/{base}search/theme.json"


def main() -> None:
    """Print a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(ROOT, Path(folder) / "site")
        (site / "empty.html").write_text("<!doctype html><title>empty</title>")
        engines = sys.argv[1:] or ["annai", "theme", "pagefind"]
        if "pagefind" in engines:
            command = [sys.executable, "-m", "pagefind", "--site", str(site)]
            subprocess.run(command, check=True, capture_output=True)
        browser = launched(playwright)
        _say(["", "engine", *HEADER])
        _say(["---", "---", *(["---:"] * len(HEADER))])
        for locale, base in LOCALES.items():
            first, second = made(site / base / "search"), written(locale)
            for engine in engines:
                worker = f"/assets/javascripts/search/worker.js?{base}"
                index = f"/{base}search/search_index.json"
                if engine == "theme":
                    own = next((site / "assets/javascripts/workers").glob("search.*.js"))
                    worker, index = f"/{own.relative_to(site).as_posix()}", theme_index(site, base)
                answer = ask(browser, site, engine, [*first, *second], worker, index)
                one = score(first, answer["results"][: len(first)], base)
                two = score(second, answer["results"][len(first) :], base)
                times = statistics.quantiles(answer["times"], n=20)
                row = [locale, engine, *_cells(one), *_cells(two)]
                row += [f"{answer['loaded'] / 1000:.0f}", f"{times[-1]:.0f} ms"]
                _say(row)
        browser.close()


if __name__ == "__main__":
    main()

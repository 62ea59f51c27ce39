"""Measure Annai and its peers with a made-up help center, and print Markdown tables.

Every figure is the median of rounds in which all take their turn, so that a slow moment of the
machine hits all of them. What is slow is measured with fewer pages, and the table says so. As it
is, this takes about half an hour on two cores; 1,000 pages in 10 languages take hours.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from annai.processes import cores

from . import inside
from .corpus import COMMON, LOCALES
from .generators import GENERATORS, Generator, Site, install
from .live import seconds_to_page
from .measure import Cost, median

SLOW_PAGES, SLOW_LOCALES = 100, 3
"""The size of the corpus for what is slow."""
WAITING = 60
"""Seconds to build again, beyond which it is not measured how soon an edit is served."""
GROWTH = "100,1000"
"""The numbers of pages between which the cost of a page is compared."""
OURS = ("markdown", "mkdocs", "mkdocs-material")


def main() -> None:
    """Do what the arguments say."""
    options = _options()
    locales = LOCALES[: options.locales]
    if options.write:
        for site in _sites(GENERATORS, options.write, options.pages, locales):
            _say(f"writing {site.folder}")
            site.write()
        return
    known = install()
    names = options.only.lower().split(",")
    chosen = [each for each in GENERATORS if any(name in each.name.lower() for name in names)]
    there = [each for each in chosen if known.keys() >= set(each.packages)]
    if options.scratch:
        options.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        measured = _sites(there, Path(folder, "corpus"), options.pages, locales)
        builds, edits = _measure(measured, options.rounds)
        served = [
            _served(site, edited.wall, options.rounds)
            for site, edited in zip(measured, edits, strict=True)
        ]
        sizes = [int(size) for size in options.growth.split(",")]
        grown = _growth(there, Path(folder, "growth"), sizes, options.rounds)
    versions = {**{name: version(name) for name in OURS}, **known}
    lines = [
        f"{', '.join(f'{name} {number}' for name, number in versions.items())}; "
        f"Python {platform.python_version()}, {cores()} cores; rounds: {options.rounds}.",
        "",
        *_costs(measured, builds, edits, served),
        *(f"| {each.name} | not measured: it could not be installed | | | | | | |"
          for each in chosen if each not in there),
        "",
        *_ratios(measured, builds, edits),
        "",
        *_grown(there, sizes, grown),
        "",
        *(f"- **{each.name}**: {each.does}." for each in there),
    ]  # fmt: skip
    if not options.only:
        _say("measuring parts of Annai")
        lines += ["", *inside.table()]
    sys.stdout.write("\n".join(lines) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=100, help="in each language (100)")
    parser.add_argument(
        "--locales",
        type=int,
        default=3,
        choices=range(2, len(LOCALES) + 1),
        help="the source among them (3)",
    )
    parser.add_argument(
        "--growth", default=GROWTH, help=f"pages in one language, to compare ({GROWTH})"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument(
        "--only", default="", metavar="NAMES", help="all whose names have one of these"
    )
    parser.add_argument("--scratch", type=Path, help="where sites are written and built")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the sites, and end")
    return parser.parse_args()


def _sites(
    generators: tuple[Generator, ...] | list[Generator],
    folder: Path,
    pages: int,
    locales: tuple[str, ...],
) -> list[Site]:
    """A site for each of *generators*, of *pages* in *locales*, smaller for what is slow."""
    return [
        Site(each, folder / each.folder, min(pages, SLOW_PAGES), locales[:SLOW_LOCALES])
        if each.is_slow
        else Site(each, folder / each.folder, pages, locales)
        for each in generators
    ]


def _measure(sites: list[Site], rounds: int) -> tuple[list[Cost], list[Cost]]:
    """The median costs of building each of *sites*, and of building it again after an edit."""
    builds: list[list[Cost]] = [[] for _ in sites]
    edits: list[list[Cost]] = [[] for _ in sites]
    for site in sites:
        _say(f"writing {site.generator.name}: {site.pages} pages in {len(site.locales)} languages")
        site.write()
    for number, word in enumerate(COMMON.split()[:rounds], 1):
        for site, built, edited in zip(sites, builds, edits, strict=True):
            built.append(site.build_cold())
            _say(f"round {number}: {site.generator.name}: {built[-1]}")
            edited.append(site.build_edited(word))
            _say(f"round {number}: {site.generator.name}, edited: {edited[-1]}")
            site.clear()
    return [median(each) for each in builds], [median(each) for each in edits]


def _served(site: Site, again: float, rounds: int) -> float | None:
    """The median seconds until an edit is on the page that is served.

    None if nothing serves it, or if it takes so long to build it *again* that nobody waits for it.
    """
    if not site.generator.serve or again > WAITING:
        return None
    times = seconds_to_page(site, COMMON.split()[:rounds])
    _say(f"served: {site.generator.name}: {times}")
    return statistics.median(times)


def _growth(
    generators: list[Generator], folder: Path, sizes: list[int], rounds: int
) -> list[list[float]]:
    """The processor time of a page, in ms, in sites of two *sizes*, for each of *generators*.

    In one language; where a generator is slow, only at the first size.
    """
    found: list[list[float]] = [[] for _ in generators]
    for pages in sizes:
        there = [each for each in generators if pages == sizes[0] or not each.is_slow]
        sites = [
            Site(each, folder / each.folder / str(pages), pages, LOCALES[:1]) for each in there
        ]
        costs: list[list[Cost]] = [[] for _ in sites]
        for site in sites:
            site.write()
        for _ in range(rounds):
            for site, built in zip(sites, costs, strict=True):
                built.append(site.build_cold())
                _say(f"growth, {pages} pages: {site.generator.name}: {built[-1]}")
                site.clear()
        for site, built in zip(sites, costs, strict=True):
            found[generators.index(site.generator)].append(1000 * median(built).cpu / site.count)
    return found


def _costs(
    sites: list[Site], builds: list[Cost], edits: list[Cost], served: list[float | None]
) -> list[str]:
    """The table of costs."""
    rows = [
        f"| {site.generator.name} | {site.pages:,} × {len(site.locales)} | {built.wall:.1f} s "
        f"| {built.cpu:.1f} s | {1000 * built.cpu / site.count:.1f} ms | {built.memory:.0f} MB "
        f"| {edited.wall:.2f} s | {'–' if live is None else f'{live:.2f} s'} |"
        for site, built, edited, live in zip(sites, builds, edits, served, strict=True)
    ]
    return [
        "| | pages × languages | build | CPU | CPU a page | memory | built again | served |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *rows,
    ]


def _ratios(sites: list[Site], builds: list[Cost], edits: list[Cost]) -> list[str]:
    """The table of how many times as long as Annai each takes, to build and to build again."""
    ours = [n for n, each in enumerate(sites) if not each.generator.packages]
    rows = []
    for number, site in enumerate(sites):
        cells = [
            f"{builds[number].cpu / site.count / (builds[n].cpu / sites[n].count):.2f} (CPU a page)"
            if site.count != sites[n].count
            else f"{builds[number].wall / builds[n].wall:.2f}; "
            f"{edits[number].wall / edits[n].wall:.2f}"
            for n in ours
        ]
        if number not in ours:
            rows.append(f"| {site.generator.name} | {' | '.join(cells)} |")
    head = " | ".join(f"× {sites[n].generator.name}" for n in ours)
    return [f"| built; built again | {head} |", f"|---{'|---:' * len(ours)}|", *rows]


def _grown(generators: list[Generator], sizes: list[int], found: list[list[float]]) -> list[str]:
    """The table of what a page costs in a small and in a large site."""
    rows = [
        f"| {each.name} | {costs[0]:.1f} ms | "
        + (f"{costs[1]:.1f} ms | {costs[1] / costs[0]:.2f} |" if len(costs) > 1 else "– | – |")
        for each, costs in zip(generators, found, strict=True)
    ]
    head = " | ".join(f"of {pages:,}" for pages in sizes)
    return [f"| CPU a page, one language | {head} | ratio |", "|---|---:|---:|---:|", *rows]


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()

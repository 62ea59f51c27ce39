"""Measure Annai against what it stands on, in the same run, and print a Markdown table.

Every figure is the median of interleaved rounds, so that a slow moment of the machine hits both
sides. `make bench` runs it.
"""

from __future__ import annotations

import io
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from random import Random

import polib
from babel.messages.pofile import read_po, write_po
from markdown import Markdown

from annai.catalogs import catalog_path, read_catalog
from annai.extension import AnnaiExtension
from annai.extraction import body_messages
from annai.locales import Locale
from annai.merge import merge
from annai.pages import find_pages, split
from annai.pofile import format_po, parse_po, write
from annai.processes import cores
from annai.site import Site, read_site
from annai.template import make_template

ROOT = Path(__file__).parent.parent
ROUNDS = 31
BUILD_ROUNDS = 7
LOCALES = ["ar", "de", "fr", "ja"]
COPIES = 3
"""How often the pages of this site are repeated, to make a help center of a hundred pages."""


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each of *works*, in seconds, after one round that does not count."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for index, work in enumerate(works):
            taken = seconds(work)
            if number:
                times[index].append(taken)
    return [statistics.median(each) for each in times]


def rendering(site: Site) -> list[str]:
    """Rows: what translating and extracting cost, against rendering with Python-Markdown alone."""
    bodies = [split(path.read_text("utf-8")).body for path in find_pages(site.docs)]
    japanese = Locale("ja")
    catalog = read_catalog(site, japanese)
    plain, ours, extracting = site.markdown(), site.markdown(), site.markdown()
    ours.registerExtensions([AnnaiExtension(catalog.translate)], {})

    def convert(md: Markdown) -> None:
        for body in bodies:
            md.reset().convert(body)

    def extract() -> None:
        for body in bodies:
            body_messages(body, extracting)

    alone, translated, extracted = compare(
        ROUNDS, lambda: convert(plain), lambda: convert(ours), extract
    )
    per_page = 1000 / len(bodies)
    return [
        row("render a page in Japanese", translated * per_page, alone * per_page, "ms"),
        row("extract the messages of a page", extracted * per_page, alone * per_page, "ms"),
    ]


def building() -> str:
    """Row: one build of five locales, against five builds of one."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        for name in ("docs", "hooks", "locales", "overrides"):
            shutil.copytree(ROOT / name, source / name)
        config = (ROOT / "mkdocs.yml").read_text("utf-8")
        before, nav, after = config.partition("\nnav:\n")
        assert nav
        config = before + "\n\n" + after[after.index("\ntheme:\n") :]
        (source / "mkdocs.yml").write_text(config, "utf-8")
        originals = [path.name for path in (source / "docs").iterdir() if path.name != "styles"]
        for number in range(1, COPIES):
            for name in originals:
                path = source / "docs" / name
                if path.is_dir():
                    shutil.copytree(path, source / "docs" / f"{name}-{number}")
        catalog = make_template(read_site(source / "mkdocs.yml"))
        for locale in LOCALES:
            path = catalog_path(source / "locales", Locale(locale))
            if not path.exists():
                path.parent.mkdir(parents=True)
                catalog.save(str(path))
        hooks = config[config.index("\nhooks:\n") : config.index("\nmarkdown_extensions:\n")]
        alone = config.replace(hooks, "\n").replace("  custom_dir: overrides\n", "")
        alone = alone.replace("logo: guide/mark", "logo: material/library")
        (source / "one.yml").write_text(alone.replace("docs_dir: docs", "docs_dir: plain"), "utf-8")
        shutil.copytree(source / "docs", source / "plain")
        for path in (source / "plain").rglob("*.md"):  # plain MkDocs has none of our templates
            text = re.sub(r"^template: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
            path.write_text(text, "utf-8")

        def mkdocs(name: str) -> None:
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", name]
            # An installed package has its bytecode; ours must be allowed to keep its own.
            environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
            subprocess.run(command, cwd=source, check=True, capture_output=True, env=environ)

        def five_builds() -> None:
            for _ in range(5):
                mkdocs("one.yml")

        together, apart = compare(BUILD_ROUNDS, lambda: mkdocs("mkdocs.yml"), five_builds)
        count = len(list((source / "docs").rglob("*.md")))
    return row(f"build {count} pages in 5 locales, against 5 × mkdocs build", together, apart, "s")


def merging(site: Site, count: int, edits: int, *, against_babel: bool) -> list[str]:
    """Rows: bringing a catalog up to date, against msgmerge and Babel on the same files."""
    with tempfile.TemporaryDirectory() as name:
        old, new, *outputs = (Path(name, each) for each in ("old.po", "new.pot", "a", "b", "c"))
        edited = write_edited(make_template(site), count, edits, old, new)

        def ours() -> None:
            catalog, template = (parse_po(each.read_text("utf-8"), "") for each in (old, new))
            write(outputs[0], format_po(merge(catalog, template)))

        def theirs() -> None:
            command = ["msgmerge", "--previous", "--quiet", "-o", outputs[1], old, new]
            subprocess.run(command, check=True)

        def babel() -> None:
            catalog, template = (read_po(io.BytesIO(each.read_bytes())) for each in (old, new))
            catalog.update(template)
            with outputs[2].open("wb") as file:
                write_po(file, catalog)

        what = f"merge {count} messages, {edits} edited"
        times = compare(3, ours, theirs)
        rows = [row(f"{what}, against msgmerge", *times, "s")]
        if against_babel:
            rows.append(row(f"{what}, against Babel", times[0], seconds(babel), "s"))
        found = [right(each, edited) for each in outputs if each.exists()]
        return [*rows, f"| right proposals (Annai, msgmerge{', Babel' * against_babel}) "
                f"| {found[0]} | {', '.join(map(str, found[1:]))} | |"]  # fmt: skip


def write_edited(
    template: polib.POFile, count: int, edits: int, old: Path, new: Path
) -> dict[str, str]:
    """Write a catalog of *count* messages and the template after *edits*; new to old translation.

    The texts are pairs of this site's own. An edit leaves out a word, adds one, or changes one.
    """
    random = Random(1)
    texts = [entry.msgid for entry in template if not entry.msgid_plural]
    pairs = random.sample([(one, two) for one in texts for two in texts], count)
    catalog, changed = polib.POFile(), polib.POFile()
    catalog.metadata = changed.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    edited = {}
    for number, (one, two) in enumerate(pairs):
        text, translation = f"{one} {two}", f"{number}番目の訳文"
        catalog.append(polib.POEntry(msgid=text, msgstr=translation))
        words = text.split(" ")
        if number % (count // edits) == 0:
            place = random.randrange(len(words))
            words[place : place + random.choice([0, 1, 1])] = random.choice([[], ["newly"]])
            words = words if " ".join(words) != text else [*words, "again"]
            edited[" ".join(words)] = translation
        changed.append(polib.POEntry(msgid=" ".join(words)))
    catalog.save(str(old))
    changed.save(str(new))
    return edited


def right(path: Path, edited: dict[str, str]) -> int:
    """How many edited texts of a catalog have their old translation, to be reviewed."""
    entries = polib.pofile(str(path))
    return sum(1 for each in entries if each.fuzzy and edited.get(each.msgid) == each.msgstr)


def row(name: str, ours: float, theirs: float, unit: str) -> str:
    """One row of the table."""
    return f"| {name} | {ours:.2f} {unit} | {theirs:.2f} {unit} | {ours / theirs:.2f} |"


def main() -> None:
    """Measure, and print the table."""
    names = ("mkdocs", "mkdocs-material", "markdown")
    site = read_site(ROOT / "mkdocs.yml")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    lines = [
        f"{versions}; Python {platform.python_version()}, {cores()} cores.",
        "",
        "| | Annai | alone | ratio |",
        "|---|---:|---:|---:|",
        *rendering(site),
        building(),
        *merging(site, 400, 40, against_babel=True),
        *merging(site, 5000, 500, against_babel=False),  # Babel would take an hour
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

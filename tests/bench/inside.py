"""What the parts of Annai cost, against what they stand on."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

import polib
from babel.messages.pofile import read_po, write_po
from markdown import Markdown

from annai.extension import AnnaiExtension
from annai.extraction import body_messages
from annai.kept import read_catalog
from annai.locales import Locale
from annai.merge import merge
from annai.pages import find_pages, split
from annai.pofile import format_po, parse_po, write
from annai.site import Site, read_site
from annai.template import make_template

from .measure import compare, run, seconds
from .sites import ROOT

ROUNDS = 31
SITE_ROUNDS = 3


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


def own_site() -> list[str]:
    """Rows: building this help center, all of it and again."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        for name in (".git", "docs", "hooks", "locales", "overrides"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, source / name)
        shutil.copy(ROOT / "mkdocs.yml", source)
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]

        def cold() -> None:
            shutil.rmtree(source / ".cache", ignore_errors=True)
            run([command], source)

        first, again = compare(SITE_ROUNDS, cold, lambda: run([command], source))
    return [
        f"| build this help center in 4 languages | {first:.2f} s | | |",
        f"| build it again | {again:.2f} s | {first:.2f} s | {again / first:.2f} |",
    ]


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


def table() -> list[str]:
    """The table, in Markdown."""
    site = read_site(ROOT / "mkdocs.yml")
    return [
        "| | Annai | alone | ratio |",
        "|---|---:|---:|---:|",
        *rendering(site),
        *own_site(),
        *merging(site, 400, 40, against_babel=True),
        *merging(site, 5000, 500, against_babel=False),  # Babel would take an hour
    ]

"""The laws of the merge, over random histories of a site's texts and its translators' work."""

from __future__ import annotations

import json
import subprocess
from copy import copy
from dataclasses import dataclass, field

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from annai.catalogs import WholeCatalog
from annai.guard import Guard
from annai.locales import Locale
from annai.merge import merge
from annai.pofile import format_po, parse_po, same, write

JAPANESE = "nplurals=1; plural=0;"
HEADER = {
    "Project-Id-Version": "x",
    "PO-Revision-Date": "2026-01-01 00:00+0000",
    "Last-Translator": "x",
    "Language-Team": "x",
    "Language": "ja",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": JAPANESE,
}
PIECES = [
    "Wait", "then look", '"again"', "C:\\new", "tab\there", "end.\n", "出金を停止", "مرحبا", "🙂",
    "%", "a-very-long-word-" * 6, "{ .x }", "#", "~", "|", "\u00a0", "\u2028", "\x85", " ",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)
work = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
comments = st.sampled_from(["", "", "checked by Aya", "two\nlines"])
plurals = st.sampled_from(["", "", "many"])
keys = st.tuples(st.sampled_from([None, None, "menu"]), texts, plurals).filter(
    lambda key: not (key[2] and key[1].endswith("\n"))  # msgfmt wants both or none to end so
)


@dataclass
class History:
    """What happened to a site: each step the texts it then has, and what translators then did."""

    steps: list[tuple[list[tuple[str | None, str, str]], list[tuple[int, str, bool, str]]]] = field(
        default_factory=list
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Texts that are added, edited, moved, deleted and restored; translations, some unreviewed."""
    pool = draw(st.lists(keys, min_size=2, max_size=8, unique=True))
    step = st.tuples(
        st.lists(st.sampled_from(pool), max_size=8, unique=True),
        st.lists(st.tuples(st.integers(0, 7), work, st.booleans(), comments), max_size=6),
    )
    return History(draw(st.lists(step, min_size=2, max_size=5)))


def template(messages: list[tuple[str | None, str, str]]) -> polib.POFile:
    """The template that has these messages."""
    made = polib.POFile()
    made.metadata = HEADER
    seen = set()
    for context, text, plural in messages:
        if (context, text) in seen:  # gettext knows a message by context and singular
            continue
        seen.add((context, text))
        entry = polib.POEntry(msgctxt=context, msgid=text, msgid_plural=plural)
        entry.occurrences = [("docs/a.md", "1")]
        made.append(entry)
    return made


def write_into(catalog: polib.POFile, done: list[tuple[int, str, bool, str]]) -> None:
    """Do a translator's work."""
    current = [entry for entry in catalog if not entry.obsolete]
    for index, text, fuzzy, comment in done:
        if index < len(current):
            entry = current[index]
            text = fitting(entry, text)
            if not text.strip():
                continue
            if entry.msgid_plural:
                entry.msgstr_plural = {0: text}
            else:
                entry.msgstr = text
            entry.tcomment = comment
            entry.flags = ["fuzzy"] if fuzzy else []
            entry.previous_msgid = None


def fitting(entry: polib.POEntry, text: str) -> str:
    """*text* with a line end where the source has one, as msgfmt wants it."""
    return text.rstrip("\n") + ("\n" if entry.msgid.endswith("\n") else "")


def translations(catalog: polib.POFile) -> set[str]:
    """Every translation that the catalog holds, obsolete ones included."""
    texts = (text for entry in catalog for text in (entry.msgstr, *entry.msgstr_plural.values()))
    return {text for text in texts if text}


def notes(catalog: polib.POFile) -> str:
    """Everything in translators' comments, without line breaks."""
    return " ".join(" ".join(entry.tcomment.split()) for entry in catalog)


def lost(old: polib.POFile, new: polib.POFile) -> set[str]:
    """What translators wrote in *old* and *new* has neither as translation nor in a comment."""
    said = notes(new)
    texts = {
        text
        for text in translations(old) - translations(new)
        if " ".join(json.dumps(text, ensure_ascii=False).split()) not in said
    }
    lines = (line for entry in old for line in entry.tcomment.split("\n"))
    return texts | {line for line in lines if " ".join(line.split()) not in said}


def branch(catalog: polib.POFile, index: int, text: str) -> None:
    """Do what a careless merge of two branches does: the same text twice."""
    if index < len(catalog):
        twin = copy(catalog[index])
        text = fitting(twin, text)
        twin.obsolete = not twin.obsolete
        twin.occurrences = []
        twin.flags = []
        twin.msgstr, twin.msgstr_plural = ("", {0: text}) if twin.msgid_plural else (text, {})
        catalog.append(twin)


def approved(catalog: polib.POFile) -> set[tuple[str | None, str, str]]:
    """Every translation that would be shown: context, text, translation."""
    return {
        (entry.msgctxt, entry.msgid, text)
        for entry in catalog
        if not entry.obsolete and not entry.fuzzy
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text
    }


def ever_approved(catalog: polib.POFile) -> set[tuple[str | None, str, str]]:
    """The same, with what was approved when it became obsolete."""
    return approved(catalog) | {
        (entry.msgctxt, entry.msgid, text)
        for entry in catalog
        if entry.obsolete and not entry.fuzzy
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text
    }


@given(histories())
def test_through_any_history_nothing_is_lost_and_nothing_unseen_is_approved(
    tmp_path_factory: pytest.TempPathFactory, history: History
) -> None:
    path = tmp_path_factory.mktemp("po") / "messages.po"
    catalog = template([])
    for messages, done in history.steps:
        reviewed = ever_approved(catalog)
        now = template(messages)
        merged = merge(catalog, now)
        write(path, format_po(merged))

        assert lost(catalog, merged) == set()
        assert approved(merged) <= reviewed
        assert {(e.msgctxt, e.msgid) for e in merged if not e.obsolete} == {
            (e.msgctxt, e.msgid) for e in now
        }
        WholeCatalog.parse(path.read_text("utf-8"), Locale("ja"), Guard(Markdown), path)
        again = parse_po(path.read_text("utf-8"), "messages.po")
        assert format_po(again) == path.read_text("utf-8")
        assert format_po(merge(again, now)) == path.read_text("utf-8")
        result = subprocess.run(
            ["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        command = ["msgcat", "--no-wrap", "--force-po", str(path)]
        output = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert same(parse_po(output, "messages.po"), again)
        if not set("\x85\u2028") & set(output):  # polib breaks lines there, too
            assert output == path.read_text("utf-8")
        write_into(again, done)
        if done and done[0][2]:
            branch(again, done[0][0], done[0][1].strip() or "x")
        catalog = again

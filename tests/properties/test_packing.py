"""A catalog that is read from what was kept of it is the one that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from annai.catalogs import Catalog, State, WholeCatalog, parse_catalog
from annai.errors import ContentError
from annai.guard import Guard
from annai.kept import KeptCatalog
from annai.locales import Locale
from annai.packing import NOTHING, Packed, Verdict, pack, unpack
from annai.pofile import key

TEXT = """# Of translators.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ja\\n"

#. title
#: docs/a.md:1 docs/b.md:2
msgid "Wait"
msgstr "待つ"

# Of a person.
#, fuzzy
#| msgid "Withdraw"
msgctxt "button"
msgid "Withdraw now"
msgstr ""
"出"
"金"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d日"

#~ msgid "Gone"
#~ msgstr "なし"
"""

LINES = [*TEXT.split("\n"), '#~| msgid "x"', '  msgid "y"', '"z"', '# msgid "c"', "oops"]

PLURALS = '"Plural-Forms: nplurals=1; plural=0;\\n"'
LINES.append(PLURALS)

edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "replace", "delete"]),
        st.integers(0, len(LINES)),
        st.sampled_from(LINES),
    ),
    min_size=1,
    max_size=4,
)


def edited(edits: list[tuple[str, int, str]]) -> str:
    """The catalog with lines put in, replaced and deleted."""
    lines = TEXT.split("\n")
    for what, place, line in edits:
        place = min(place, len(lines))
        lines[place : place + (what != "put")] = [] if what == "delete" else [line]
    return "\n".join(lines)


def read(text: str) -> polib.POFile:
    """The entries of a catalog."""
    return parse_catalog(text, Locale("ja"), "messages.po")


def judge(entry: polib.POEntry, header: Mapping[str, str]) -> Verdict:
    """A verdict that tells which translation it is on."""
    return entry.msgstr, header.get("Plural-Forms", ""), None


def packed(text: str, known: Packed = NOTHING) -> Packed:
    """The packed catalog."""
    return pack(text, read, judge, known)


def found(make: Callable[[str], list[object]], text: str) -> list[object]:
    """What *make* makes of *text*, or what it says is wrong with that."""
    try:
        return make(text)
    except ContentError as error:
        return [str(error)]


def whole(text: str) -> list[object]:
    """All that is in a catalog that is read as a whole."""
    file = read(text)
    verdicts = [judge(each, file.metadata) for each in file]
    return [file.metadata, [vars(each) for each in file], verdicts]


def changed(before: Packed) -> Callable[[str], list[object]]:
    """The same of one of which only that is read which has changed since *before*."""

    def make(text: str) -> list[object]:
        now = packed(text, before)
        verdicts = [(row.said, row.state, row.refusal) for row in now.rows]
        return [now.header, [vars(unpack(row)) for row in now.rows], verdicts]

    return make


@given(edits, edits)
@example([("put", 4, "")], [("put", 20, "# at the end of an entry")])
@example([("put", 10, "# at the end of an entry")], [("delete", 10, "")])
@example([("put", 10, '"more"')], [("put", 10, ""), ("put", 11, '"more"')])
@example([("put", 5, PLURALS)], [("delete", 0, "")])
def test_a_changed_catalog_is_the_one_that_would_be_read(
    before: list[tuple[str, int, str]], after: list[tuple[str, int, str]]
) -> None:
    texts = TEXT, edited(before), edited(after)
    for one, other in permutations(texts, 2):
        try:
            known = packed(one)
        except ContentError:
            known = NOTHING
        assert found(changed(known), other) == found(whole, other)


def test_what_has_not_changed_is_not_read() -> None:
    known = packed(TEXT)
    rows = [known.rows[0], *(row._replace(msgstr="as it was kept") for row in known.rows[1:])]
    other = TEXT.replace("待つ", "待て").replace("Language", 'X-Edited: today\\n"\n"Language')
    now = packed(other, Packed(known.header, rows))
    assert [row.msgstr for row in now.rows] == ["待て", *["as it was kept"] * 3]
    assert now.header["X-Edited"] == "today"


def test_many_entries_are_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annai.packing.AT_ONCE", 2)
    lengths = []

    def counted(text: str) -> polib.POFile:
        file = read(text)
        lengths.append(len(file))
        return file

    rows = pack(TEXT, counted, judge, NOTHING).rows
    assert lengths == [0, 2, 2, 0]
    assert [vars(unpack(row)) for row in rows] == [vars(each) for each in read(TEXT)]


def told(catalog: Catalog) -> list[object]:
    """What *catalog* tells builds."""
    messages = [key(each) for each in catalog]
    return [
        *(catalog.metadata, catalog.changed, catalog.outdated),
        *([vars(each) for each in catalog], list(map(str, catalog.refused))),
        [[vars(each) for each in catalog.having(state)] for state in State],
        [(catalog.state(each), catalog.refusal(each)) for each in messages],
        [(catalog.translate(text, context), catalog.describe(text, context))
         for context, text in [*messages, (None, "unknown")]],
        [catalog.gettext().ngettext("%d day", "%d days", number) for number in range(3)],
    ]  # fmt: skip


GUARD = Guard(Markdown)


@given(edits, edits)
@example([("replace", 8, 'msgstr "[待つ](https://evil.example/)"')], [("put", 5, PLURALS)])
@example([("put", 5, PLURALS)], [("put", 5, PLURALS.replace("1", "2"))])
@example([], [("replace", 15, '#| msgid "Withdraw nov"')])
def test_a_kept_catalog_tells_what_the_whole_one_does(
    before: list[tuple[str, int, str]], after: list[tuple[str, int, str]]
) -> None:
    japanese, texts = Locale("ja"), (edited(before), edited(after))
    kept = KeptCatalog(japanese, "messages.po", GUARD)
    for text in texts:
        try:
            whole = WholeCatalog.parse(text, japanese, GUARD, "messages.po")
        except ContentError:
            continue
        kept = kept.changed_to(text)
        assert told(kept) == told(whole)

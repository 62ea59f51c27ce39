"""A catalog that is read from what was kept of it is the one that is there."""

from __future__ import annotations

import json
from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from annai.errors import ContentError
from annai.packing import packed, unpacked
from annai.pofile import parse_po

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


def read(text: str) -> list[object] | None:
    """What a catalog holds, None if it cannot be read."""
    try:
        file = parse_po(text, "messages.po")
    except ContentError:
        return None
    return [file.header, file.metadata, *map(vars, file)]


@given(edits, edits)
@example([("put", 4, "")], [("put", 20, "# at the end of an entry")])
@example([("put", 10, "# at the end of an entry")], [("delete", 10, "")])
@example([("put", 10, '"more"')], [("put", 10, ""), ("put", 11, '"more"')])
def test_a_changed_catalog_is_the_one_that_would_be_read(
    before: list[tuple[str, int, str]], after: list[tuple[str, int, str]]
) -> None:
    texts = TEXT, edited(before), edited(after)
    for one, other in permutations(texts, 2):
        if read(one) is None:
            continue
        kept = json.loads(json.dumps(packed(parse_po(one, "messages.po"), one)))
        found = unpacked(kept, other)
        if found is not None:
            assert [found.header, found.metadata, *map(vars, found)] == read(other)


def test_what_has_not_changed_is_not_read() -> None:
    kept = packed(parse_po(TEXT, "messages.po"), TEXT)
    other = TEXT.replace("待つ", "待て").replace("Language", 'X-Edited: today\\n"\n"Language')
    for each in kept["entries"][1:]:
        each["comment"] = "as it was kept"
    found = unpacked(kept, other)
    assert found is not None
    assert [each.comment for each in found] == ["title", *["as it was kept"] * 3]
    assert found[0].msgstr == "待て"
    assert found.metadata["X-Edited"] == "today"

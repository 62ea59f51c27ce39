"""Merging a catalog with a new template: nothing a translator wrote is lost or approved unseen."""

from __future__ import annotations

from pathlib import Path

import polib

from annai.merge import merge


def catalog(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.metadata = {"Language": "ja", "X-Generator": "Poedit"}
    made.extend(entries)
    return made


def template(*msgids: str) -> polib.POFile:
    made = polib.POFile()
    for line, msgid in enumerate(msgids, start=1):
        made.append(polib.POEntry(msgid=msgid, occurrences=[("docs/a.md", str(line))]))
    return made


def merged(old: polib.POFile, *msgids: str) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in merge(old, template(*msgids))}


def test_a_translation_stays_with_its_text_wherever_the_text_moves() -> None:
    old = catalog(
        polib.POEntry(msgid="one", msgstr="一", tcomment="mine"),
        polib.POEntry(msgid="two", msgstr="二", flags=["fuzzy"], previous_msgid="too"),
    )
    found = merged(old, "two", "new", "one")
    assert list(found) == ["two", "new", "one"]
    assert (found["one"].msgstr, found["one"].tcomment) == ("一", "mine")
    assert (found["two"].flags, found["two"].previous_msgid) == (["fuzzy"], "too")
    assert found["new"].msgstr == ""


def test_a_text_that_changes_a_little_proposes_its_translation_for_review() -> None:
    old = catalog(polib.POEntry(msgid="Wait, then look again.", msgstr="待って、もう一度見る。"))
    found = merged(old, "Wait, and then look again.", "Something else entirely: 12345")
    new = found["Wait, and then look again."]
    assert (new.msgstr, new.fuzzy) == ("待って、もう一度見る。", True)
    assert new.previous_msgid == "Wait, then look again."
    assert found["Wait, then look again."].obsolete
    assert found["Something else entirely: 12345"].msgstr == ""


def test_texts_that_were_split_or_joined_start_from_the_old_translations() -> None:
    halves = ("Stop the transfer in the app.", "Then tell your bank about it.")
    both = " ".join(halves)
    whole = catalog(polib.POEntry(msgid=both, msgstr="アプリで止めます。銀行に知らせます。"))
    for half in merged(whole, *halves).values():
        if not half.obsolete:
            assert (half.msgstr, half.fuzzy) == ("アプリで止めます。銀行に知らせます。", True)
    apart = catalog(
        polib.POEntry(msgid=halves[1], msgstr="銀行に知らせます。"),
        polib.POEntry(msgid=halves[0], msgstr="アプリで止めます。"),
    )
    joined = merged(apart, both)[both]
    assert (joined.msgstr, joined.fuzzy) == ("アプリで止めます。銀行に知らせます。", True)
    assert joined.previous_msgid == both


def test_a_text_goes_to_its_true_successor_and_not_to_a_weaker_match() -> None:
    old = catalog(polib.POEntry(msgid="Send the form today", msgstr="今日送る"))
    found = merged(old, "Send the form to Dad", "Send the form today.")
    assert found["Send the form today."].msgstr == "今日送る"
    assert found["Send the form to Dad"].msgstr == "今日送る"
    found = merged(old, "Send a letter today", "Send the form today.")
    assert found["Send a letter today"].msgstr == ""
    assert merged(old, "Send a letter today")["Send a letter today"].msgstr == "今日送る"


def test_a_copy_with_changes_starts_from_the_text_that_is_still_there() -> None:
    old = catalog(polib.POEntry(msgid="Sign in to the app and open Support.", msgstr="開く"))
    texts = ("Sign in to the app and open Support.", "Sign in to the site and open Support.")
    found = merged(old, *texts)
    assert [found[text].fuzzy for text in texts] == [False, True]
    assert found[texts[1]].msgstr == "開く"


def test_a_proposal_remembers_the_text_that_it_was_made_for() -> None:
    old = catalog(polib.POEntry(msgid="Wait for one hour.", msgstr="1時間待ちます。"))
    once = merge(old, template("Wait for two hours."))
    twice = merge(once, template("Wait for two whole hours."))
    assert (twice[0].msgstr, twice[0].previous_msgid) == ("1時間待ちます。", "Wait for one hour.")
    unsure = catalog(polib.POEntry(msgid="Wait for one hour.", msgstr="待つ", flags=["fuzzy"]))
    assert merge(unsure, template("Wait for two hours."))[0].previous_msgid is None


def test_what_nobody_reviewed_is_not_the_translation_of_a_previous_text() -> None:
    old = catalog(
        polib.POEntry(msgid="Stop the transfer in the app.", msgstr="止めます。"),
        polib.POEntry(msgid="Then tell your bank about it.", msgstr="仮訳", flags=["fuzzy"]),
    )
    joined = merge(old, template("Stop the transfer in the app. Then tell your bank about it."))[0]
    assert (joined.msgstr, joined.previous_msgid) == ("止めます。仮訳", None)


def test_a_plural_that_changes_is_looked_at_again() -> None:
    changed = template("%(n)s file")
    changed[0].msgid_plural = "%(n)s files were deleted"
    forms = polib.POEntry(
        msgid="%(n)s file", msgid_plural="%(n)s files", msgstr_plural={0: "%(n)s件"}
    )
    entry = merge(catalog(forms), changed)[0]
    assert (entry.msgstr_plural[0], entry.fuzzy) == ("%(n)s件", True)
    assert entry.previous_msgid_plural == "%(n)s files"


def test_a_text_with_plural_forms_starts_from_one_with_plural_forms() -> None:
    changed = template("%(n)s page found")
    changed[0].msgid_plural = "%(n)s pages found"
    forms = polib.POEntry(
        msgid="%(n)s page", msgid_plural="%(n)s pages", msgstr_plural={0: "%(n)sページ"}
    )
    single = polib.POEntry(msgid="%(n)s page found!", msgstr="ひとつ")
    entry = merge(catalog(single, forms), changed)[0]
    assert (entry.msgstr_plural[0], entry.fuzzy) == ("%(n)sページ", True)
    assert entry.previous_msgid_plural == "%(n)s pages"


def test_what_goes_is_kept_and_comes_back_as_it_was() -> None:
    old = catalog(
        polib.POEntry(msgid="reviewed", msgstr="済", tcomment="checked by Aya"),
        polib.POEntry(msgid="doubtful", msgstr="疑", flags=["fuzzy"]),
        polib.POEntry(msgid="untouched", msgstr=""),
    )
    without = polib.pofile(str(merge(old, template("other text, not near"))))
    assert {entry.msgid for entry in without if entry.obsolete} == {"reviewed", "doubtful"}
    again = {each.msgid: each for each in merge(without, template("doubtful", "reviewed"))}
    assert (again["reviewed"].msgstr, again["reviewed"].fuzzy) == ("済", False)
    assert again["reviewed"].tcomment == "checked by Aya"
    assert (again["doubtful"].msgstr, again["doubtful"].fuzzy) == ("疑", True)


def test_the_header_stays_and_a_second_merge_changes_nothing() -> None:
    old = catalog(polib.POEntry(msgid="one", msgstr="一"), polib.POEntry(msgid="two", msgstr="二"))
    once = merge(old, template("one", "two too", "three"))
    twice = merge(polib.pofile(str(once)), template("one", "two too", "three"))
    assert once.metadata["X-Generator"] == "Poedit"
    assert str(twice) == str(once)


def test_catalogs_name_files_without_lines(tmp_path: Path) -> None:
    made = template("one")
    made[0].occurrences.append(("docs/a.md", "9"))
    assert merge(catalog(), made)[0].occurrences == [("docs/a.md", "")]


def test_a_text_that_stands_twice_keeps_the_better_translation_and_mentions_the_other() -> None:
    old = catalog(
        polib.POEntry(msgid="one", msgstr=""),
        polib.POEntry(msgid="one", msgstr="一", obsolete=True),
        polib.POEntry(msgid="two", msgstr="二"),
        polib.POEntry(msgid="two", msgstr="弐", tcomment="older"),
    )
    found = merged(old, "one", "two")
    assert found["one"].msgstr == "一"
    assert not found["one"].obsolete
    assert found["two"].msgstr == "二"
    assert found["two"].tcomment == 'Also translated as: "弐"\nolder'


def test_a_text_that_comes_to_depend_on_a_number_is_looked_at_again() -> None:
    changed = template("%(n)s page")
    changed[0].msgid_plural = "%(n)s pages"
    old = catalog(polib.POEntry(msgid="%(n)s page", msgstr="%(n)sページ"))
    entry = merge(old, changed)[0]
    assert (entry.msgstr_plural[0], entry.fuzzy) == ("%(n)sページ", True)
    back = merge(catalog(entry), template("%(n)s page"))[0]
    assert (back.msgstr, back.fuzzy) == ("%(n)sページ", True)

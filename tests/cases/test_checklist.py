"""A checklist in front matter: its mistakes, its texts, and the articles it suggests."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from markdown import Markdown

from annai.checklist import PLACES, SECRETS, TEMPLATE, WORDS, Checklist, dead_links, read_checklist
from annai.errors import ContentError
from annai.guard import Guard
from annai.locales import Locale
from annai.suggestions import Suggestion, suggestions_module
from builds.building import ROOT

SMALL: dict[str, Any] = {
    "categories": [
        {
            "id": "late",
            "label": "Late",
            "page": "late.md",
            "keywords": "late, slow",
            "fields": ["amount"],
            "sentences": ["I wait for {amount}."],
        }
    ],
    "fields": [
        {"id": "summary", "step": "what", "label": "Summary", "type": "text"},
        {"id": "amount", "label": "Amount", "type": "number"},
    ],
    "urgencies": [{"id": "now", "label": "Now"}],
    "matters": [{"id": "rule", "label": "A rule"}],
    "advice": [{"when": {}, "page": "form.md", "text": "Write.", "reason": "Because."}],
    "words": [
        {
            "id": each,
            "text": " ".join(f"{{{name}}}" for name in PLACES[each]) if each in PLACES else each,
        }
        for each in WORDS
    ],
    "secrets": [{"id": each, "words": each} for each in SECRETS],
}


def read(data: dict[str, Any]) -> Checklist:
    """The checklist *data*, in the front matter of a page."""
    matter = yaml.safe_dump({"checklist": data}, sort_keys=False)
    found = read_checklist(f"---\ntemplate: {TEMPLATE}\n{matter}---\n\n# T\n", "docs/list.md")
    assert found
    return found


def test_a_page_without_a_checklist_has_none() -> None:
    assert read_checklist("# checklist:\n", "a.md") is None
    assert read_checklist("---\ntitle: checklist\n---\n", "a.md") is None


def test_what_readers_see_is_listed() -> None:
    checklist = read(SMALL)
    assert checklist.texts()[-4:] == ["Late", "I wait for {amount}.", "Summary", "Amount"]
    assert {"late, slow", "Because.", "Now", "A rule"} <= {*checklist.all_texts()}
    assert "late.md" not in checklist.all_texts()
    assert [page for _, page in checklist.pages()] == ["late.md", "form.md"]


MISTAKES = [
    (("categories", 0, "fields"), ["amuont"], "there is no field", 'did you mean "amount"?'),
    (("categories", 0, "sentences"), ["{amont} is late."], "there is no field", "did you mean"),
    (("categories", 0, "colour"), "red", "cannot have colour", "known: id, label"),
    (("fields", 0, "type"), "texte", "type cannot be 'texte'", 'did you mean "text"?'),
    (("fields", 1, "step"), "you", "either a step or a category", "name it in a category"),
    (("fields", 1, "type"), "choice", "its choices do not match", "give choices to a field"),
    (("fields", 1, "id"), "summary", "stands twice", "keep one of the two"),
    (("advice", 0, "when"), {"urgency": "no"}, 'there is no urgency "no"', 'did you mean "now"'),
    (("advice", 0, "when"), {"urgency": "now"}, "some readers get no advice", "with when: {}"),
    (("words",), SMALL["words"][1:], "words has no title", "add it"),
    (("words", 1, "text"), "{label}: {valeu}", '"line" is not filled in', "{label}, {value}"),
    (("categories", 0, "fields"), ["amount", "amount"], "stands twice", "keep one of the two"),
    (("fields", 1, "networks"), ["chain"], 'there is no network "chain"', "known: "),
    (("urgencies",), [], "urgencies cannot be []", "minItems is 1"),
]


@pytest.mark.parametrize(("path", "value", "problem", "fix"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_fix(
    path: tuple[str | int, ...], value: Any, problem: str, fix: str
) -> None:
    data: Any = copy.deepcopy(SMALL)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ContentError) as caught:
        read(data)
    assert problem in caught.value.problem
    assert fix in caught.value.fix
    assert caught.value.line > 2


def test_data_and_template_belong_together() -> None:
    with pytest.raises(ContentError, match=r"add template: checklist\.html"):
        read_checklist("---\nchecklist: {}\n---\n", "a.md")
    with pytest.raises(ContentError, match="add checklist:"):
        read_checklist("---\ntemplate: checklist.html\n---\n", "a.md")


def test_a_page_that_is_not_there_is_told() -> None:
    (problem,) = dead_links(read(SMALL), {"late.md", "forms.md"})
    assert (problem.path, problem.problem) == ("docs/list.md", 'there is no page "form.md"')
    assert 'did you mean "forms.md"?' in problem.fix


def test_the_checklist_of_this_site_is_sound_and_asks_what_the_articles_ask() -> None:
    path = ROOT / "docs" / "prepare" / "ticket-checklist.md"
    checklist = read_checklist(path.read_text("utf-8"), "docs/prepare/ticket-checklist.md")
    assert checklist
    ids = {each["id"] for each in checklist.data["categories"]}
    assert ids == {
        "deposit", "withdrawal", "wrong-address", "order", "sign-in", "identity-check", "hacked",
        "app", "outage", "fees", "compliance", "other",
    }  # fmt: skip
    assert [each["id"] for each in checklist.data["categories"] if each.get("is_loss")] == [
        "hacked"
    ]


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [("{b} と {a}", False), ("{a} と {a}", True), ("{a}", True), ("{a} {b} {c}", True), ("", True)],
)
def test_a_sentence_keeps_its_places(text: str, is_refused: bool) -> None:
    refusal = Guard(Markdown).compare("{a} and {b}", text, Locale("ja"))
    assert bool(refusal) is is_refused
    assert not refusal or refusal.rule == "placeholders"


def test_braces_that_are_no_places_are_no_matter() -> None:
    assert Guard(Markdown).compare("Text {#id .class}", "Other", Locale("ja")) is None


def test_articles_are_suggested_by_their_words() -> None:
    articles = [
        Suggestion("a.md", "../a/", "My deposit", ["Fees"], "top up"),
        Suggestion("b.md", "../b/", "Fees"),
    ]
    module = suggestions_module(articles, {}).decode()
    data = json.loads(module.removeprefix("export default ").removesuffix(";\n"))
    assert data["articles"][1] == {"page": "b.md", "url": "../b/", "title": "Fees"}
    assert data["words"] == {
        "deposit": [0, 4], "fees": [0, 2, 1, 4], "my": [0, 4], "top": [0, 3], "up": [0, 3],
    }  # fmt: skip

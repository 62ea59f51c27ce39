"""The ticket-prep checklist: what a page asks its readers, as data in its front matter.

Writers change it without touching code. Each text in it is a message of the catalogs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from annai.errors import ContentError, did_you_mean
from annai.pages import FRONT_MATTER
from annai.schema import line_at, mistakes, read_yaml
from annai.slots import SLOT

KEY = "checklist"
"""The key of front matter that makes a page a checklist."""

TEMPLATE = "checklist.html"
"""The template of such a page."""

LISTED = "a list. Nobody sees it. Write what people write in your language, not a translation."
TEXTS: Mapping[str, str] = {
    "categories.label": "kind of problem, in the ticket",
    "categories.keywords": f"words that tell this kind of problem, {LISTED}",
    "categories.sentences": "sentence of a ticket. Keep what is in braces; it is filled in.",
    "fields.label": "field of the checklist, and line of a ticket",
    "fields.hint": "help for a field of the checklist",
    "fields.choices.label": "choice in the checklist, and in the ticket",
    "urgencies.label": "how urgent the problem is, in the words of the reader",
    "matters.label": "what the problem is about",
    "advice.text": "what the reader had better do",
    "advice.reason": "why this is the best way",
    "words.text": "word or sentence of a ticket, read by support",
    "secrets.words": f"words that announce a secret, or tell that something is none, {LISTED}",
}
"""The keys below `KEY` whose values readers see or type, and what translators are told."""

TYPES = (
    "text", "quote", "name", "id", "account", "number", "digits", "date", "time", "choice",
    "network", "txid", "txids", "address",
)  # fmt: skip
"""What can be typed into a field: words of the reader; words of a screen; a name; an ID; who the
reader is; a decimal number; digits; a day; a moment; one of some choices; a blockchain; a
transaction ID; several, one a line; an address of a blockchain."""

STEPS = ("what", "happened", "you")
"""The steps that ask the same for every kind of problem; the other one asks what is special."""

FORMS = ("chat", "post", "phone")
"""What a reader can leave with, apart from the full ticket: what of it each of them has."""

WORDS = (
    "title", "line", "category", "in-short", "unknown", "local-time", "as-written", "signed-in",
    "answer", "chat-start", "chat-end", "post-start", "post-end", "phone-start", "phone-end",
)  # fmt: skip
"""The words that tickets need."""

PLACES = {"line": ["label", "value"], "local-time": ["local", "utc"], "as-written": ["language"]}
"""What is filled into words."""

SECRETS = ("seed", "key", "factor", "code", "notcode", "password", "api", "service", "hash", "is")
"""The lists of words that the search for secrets needs."""

TEXT = {"type": "string", "minLength": 1}
NAME = {
    "type": "string",
    "pattern": "^[a-z0-9-]+$",
    "description": "write it with the letters a to z, digits and hyphens, in quotes if need be",
}


def _list(required: Mapping[str, Any], **optional: Any) -> dict[str, Any]:
    """The schema of a list of mappings."""
    return {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [*required],
            "properties": {**required, **optional},
        },
    }


CHOICES = _list({"id": NAME, "label": TEXT})
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "categories", "fields", "urgencies", "matters", "advice", "words", "secrets",
    ],
    "properties": {
        "categories": _list(
            {
                "id": NAME,
                "label": TEXT,
                "page": TEXT,
                "keywords": TEXT,
                "fields": {"type": "array", "minItems": 1, "items": TEXT},
                "sentences": {"type": "array", "minItems": 1, "items": TEXT},
            },
            is_loss={"type": "boolean"},
        ),
        "fields": _list(
            {"id": NAME, "label": TEXT, "type": {"enum": [*TYPES]}},
            step={"enum": [*STEPS]},
            hint=TEXT,
            choices=CHOICES,
            most={"type": "integer", "minimum": 1},
            rows={"type": "integer", "minimum": 2, "maximum": 10},
            networks={"type": "array", "items": TEXT},
            forms={"type": "array", "items": {"enum": [*FORMS]}},
            is_optional={"type": "boolean"},
            is_description={"type": "boolean"},
        ),
        "urgencies": CHOICES,
        "matters": CHOICES,
        "advice": _list(
            {
                "when": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"urgency": TEXT, "matter": TEXT, "category": TEXT},
                },
                "page": TEXT,
                "text": TEXT,
                "reason": TEXT,
            }
        ),
        "words": _list({"id": {"enum": [*WORDS]}, "text": TEXT}),
        "secrets": _list({"id": {"enum": [*SECRETS]}, "words": TEXT}),
    },
}  # fmt: skip
"""What a checklist looks like (JSON Schema 2020-12)."""


@dataclass(frozen=True)
class Checklist:
    """What a page asks, and where."""

    shown: str
    """The file, as messages name it."""
    data: dict[str, Any]
    """As `SCHEMA` says."""
    root: yaml.Node | None
    first_line: int
    """The 1-based line of the file at which the front matter begins."""

    def pages(self) -> Iterator[tuple[int, str]]:
        """1-based line and path, from the folder of the pages, of each page it leads to."""
        for name in ("categories", "advice"):
            for index, each in enumerate(self.data[name]):
                yield self.line(name, index, "page"), each["page"]

    def line(self, *path: str | int) -> int:
        """The 1-based line of what *path* leads to."""
        return line_at(self.root, [KEY, *path]) + self.first_line

    def texts(self) -> list[str]:
        """Each text that a ticket can hold, once, in the order of the page."""
        found = [each["text"] for each in self.data["words"]]
        for category in self.data["categories"]:
            found += [category["label"], *category["sentences"]]
        for field in self.data["fields"]:
            found += [field["label"], *(each["label"] for each in field.get("choices", ()))]
        return list(dict.fromkeys(found))

    def all_texts(self) -> list[str]:
        """Each text that a reader can see or type, once, in the order of the page."""
        return list(dict.fromkeys(_below(self.data, "")))

    def secrets(self) -> list[str]:
        """The lists of words that the search for secrets needs."""
        return [each["words"] for each in self.data["secrets"]]


def _below(data: Any, path: str) -> Iterator[str]:
    """The texts in *data*, which is at *path* of a checklist."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _below(value, f"{path}.{name}".lstrip("."))
    elif isinstance(data, list):
        for value in data:
            yield from _below(value, path)
    elif path in TEXTS:
        yield data


def read_checklist(source: str, shown: str) -> Checklist | None:
    """The checklist of the page *source*, None if it has none. Raises ContentError."""
    match = FRONT_MATTER.match(source)
    return _parse(match[1], shown) if match and KEY in match[1] else None


@lru_cache(maxsize=2)
def _parse(text: str, shown: str) -> Checklist | None:
    root, data = read_yaml(text, shown, first_line=2)
    if not isinstance(data, dict) or (KEY not in data and data.get("template") != TEMPLATE):
        return None
    if KEY not in data or data.get("template") != TEMPLATE:
        missing = f"template: {TEMPLATE}" if KEY in data else f"{KEY}:"
        problem = "a checklist has data and a template"
        raise ContentError(shown, line_at(root, [KEY]) + 2, problem, f"add {missing}")
    schema = {"type": "object", "properties": {KEY: SCHEMA}}
    for mistake in mistakes(data, root, schema, shown, first_line=2):
        raise mistake
    found = Checklist(shown, data[KEY], root, 2)
    for mistake in _mistakes(found):
        raise mistake
    return found


def _mistakes(checklist: Checklist) -> Iterator[ContentError]:
    """What the schema cannot see: names of nothing, names given twice, what is missing."""
    data, shown = checklist.data, checklist.shown
    fields = {each["id"]: each for each in data["fields"]}
    for name in ("categories", "fields", "urgencies", "matters", "words", "secrets"):
        seen = set()
        for index, each in enumerate(data[name]):
            if each["id"] in seen:
                line = checklist.line(name, index, "id")
                yield ContentError(
                    shown, line, f'"{each["id"]}" stands twice', "keep one of the two"
                )
            seen.add(each["id"])
    for name, wanted in (("words", WORDS), ("secrets", SECRETS)):
        given = {each["id"] for each in data[name]}
        for missing in [each for each in wanted if each not in given]:
            yield ContentError(shown, checklist.line(name), f"{name} has no {missing}", "add it")
    for index, word in enumerate(data["words"]):
        places = PLACES.get(word["id"], [])
        if sorted(SLOT.findall(word["text"])) != places:
            fix = f"use {', '.join(f'{{{each}}}' for each in places) or 'no braces'}, each once"
            line = checklist.line("words", index, "text")
            yield ContentError(shown, line, f'"{word["id"]}" is not filled in rightly', fix)
    common = [each["id"] for each in data["fields"] if "step" in each]
    for index, category in enumerate(data["categories"]):
        asked = category["fields"]
        for at, each in enumerate(asked):
            line = checklist.line("categories", index, "fields", at)
            if each in asked[:at]:
                yield ContentError(shown, line, f'"{each}" stands twice', "keep one of the two")
            yield from _unknown(each, fields, "field", shown, line)
        for at, sentence in enumerate(category["sentences"]):
            line = checklist.line("categories", index, "sentences", at)
            for each in SLOT.findall(sentence):
                yield from _unknown(each, [*asked, *common], "field", shown, line)
    networks = [each["id"] for each in data["fields"] if each["type"] == "network"]
    used = {each for category in data["categories"] for each in category["fields"]}
    for index, field in enumerate(data["fields"]):
        line = checklist.line("fields", index)
        for each in field.get("networks", ()):
            yield from _unknown(each, networks, "network", shown, line)
        if ("choices" in field) != (field["type"] == "choice"):
            fix = "give choices to a field of the type choice, and to no other"
            yield ContentError(shown, line, f'"{field["id"]}" and its choices do not match', fix)
        if ("step" in field) == (field["id"] in used):
            problem = f'"{field["id"]}" has to have either a step or a category'
            fix = f"write step: {' or '.join(STEPS)}, or name it in a category"
            yield ContentError(shown, line, problem, fix)
    known = {
        "urgency": [each["id"] for each in data["urgencies"]],
        "matter": [each["id"] for each in data["matters"]],
        "category": [each["id"] for each in data["categories"]],
    }
    for index, advice in enumerate(data["advice"]):
        for what, each in advice["when"].items():
            line = checklist.line("advice", index, "when", what)
            yield from _unknown(each, known[what], what, shown, line)
    if data["advice"][-1]["when"]:
        line = checklist.line("advice", len(data["advice"]) - 1)
        fix = "end with advice for everything else, with when: {}"
        yield ContentError(shown, line, "some readers get no advice", fix)


def _unknown(
    name: str, known: Collection[str], what: str, shown: str, line: int
) -> Iterator[ContentError]:
    """What is wrong with *name*, if it is none of *known*."""
    if name not in known:
        fix = f"{did_you_mean(name, known)}known: {', '.join(known)}"
        yield ContentError(shown, line, f'there is no {what} "{name}"', fix)


def dead_links(checklist: Checklist, pages: Collection[str]) -> Iterator[ContentError]:
    """Pages that the checklist leads to and that are not among *pages*."""
    for line, page in checklist.pages():
        if page not in pages:
            fix = f"{did_you_mean(page, pages)}name a page by its path from the folder of the pages"
            yield ContentError(checklist.shown, line, f'there is no page "{page}"', fix)

"""The fact ledger: the YAML file in which writers keep facts, with their sources."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from annai.embeds import find_embeds
from annai.errors import ContentError, did_you_mean
from annai.facts import EVERY, VALID, Claim, Fact, Ledger, Source
from annai.schema import line_at, mistakes, read_yaml
from annai.site import Site
from annai.texts import read_text

NAME = {"type": "string", "minLength": 1}
KEYS = {
    "type": "string",
    "pattern": "^[a-z0-9/-]+$",
    "description": "write it with the letters a to z, digits and hyphens, in quotes if need be",
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sources", "services", "questions", "facts"],
    "properties": {
        "domains": {
            "type": "array",
            "description": "write a list of the hosts that readers may be sent to",
            "items": {
                "type": "string",
                "pattern": r"^(\*\.)?([a-z0-9_-]+\.)+[a-z0-9-]+$",
                "description": "write a host, for example help.example.org, or *.example.org for "
                "every host below it; one with other letters begins with xn--",
            },
        },
        "sources": {
            "type": "object",
            "propertyNames": KEYS,
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "name"],
                "properties": {
                    "kind": {"enum": ["official", "third-party"]},
                    "name": NAME,
                    "url": {
                        "type": "string",
                        "pattern": "^https://",
                        "description": "write the whole address, with https://",
                    },
                },
            },
        },
        "services": {"type": "object", "propertyNames": KEYS, "additionalProperties": NAME},
        "questions": {
            "type": "object",
            "propertyNames": KEYS,
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["channel", "question"],
                "properties": {"channel": NAME, "question": NAME},
            },
        },
        "facts": {
            "type": "object",
            "propertyNames": KEYS,
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["claims"],
                "properties": {
                    "region": NAME,
                    "valid": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 3650,
                        "description": "write for how many days it counts, for example 90",
                    },
                    "claims": {
                        "type": "array",
                        "minItems": 1,
                        "description": "write what somebody says, as says: and sources:",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["says", "sources"],
                            "properties": {
                                "says": NAME,
                                "sources": {"type": "array", "minItems": 1, "items": NAME},
                                "checked": {},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What a ledger looks like (JSON Schema 2020-12)."""


def site_ledger(site: Site) -> Ledger | None:
    """The ledger of *site*, if it has one. Raises ContentError."""
    path = site.ledger_path
    if path is None:
        return None
    if not path.is_file():
        fix = "mend extra.annai.facts, or write the file"
        raise ContentError(site.shown(path), 1, "there is no such ledger", fix)
    return read_ledger(path, site.shown(path))


def read_ledger(path: Path, shown: str) -> Ledger:
    """The ledger in the file *path*, named *shown* in messages. Raises ContentError."""
    return _parse(read_text(path, shown), shown)


@lru_cache(maxsize=2)
def _parse(text: str, shown: str) -> Ledger:
    root, data = read_yaml(text, shown)
    for mistake in _mistakes(data, root, shown):
        raise mistake
    sources = {
        name: Source(each["name"], each["kind"] == "official", each.get("url"))
        for name, each in data["sources"].items()
    }
    questions = {
        name: (each["channel"], each["question"]) for name, each in data["questions"].items()
    }
    facts = {}
    for key, each in data["facts"].items():
        claims = tuple(
            Claim(
                claim["says"],
                tuple(sources[name] for name in claim["sources"]),
                claim.get("checked"),
            )
            for claim in each["claims"]
        )
        line = line_at(root, ["facts", key]) + 1
        channel, question = questions[key.partition("/")[2]]
        valid = each.get("valid", VALID)
        facts[key] = Fact(key, channel, question, claims, each.get("region"), valid, line)
    services = {EVERY: "", **data["services"]}
    domains = tuple(data["domains"]) if "domains" in data else None
    return Ledger(shown, services, facts, questions, tuple(_texts(data, root)), domains)


def ledger_mistakes(path: Path, shown: str) -> list[ContentError]:
    """Everything that is wrong with the ledger in the file *path*, named *shown*."""
    try:
        root, data = read_yaml(read_text(path, shown), shown)
    except ContentError as error:
        return [error]
    return list(_mistakes(data, root, shown))


def _mistakes(data: Any, root: yaml.Node | None, shown: str) -> Iterator[ContentError]:
    found = list(mistakes(data, root, SCHEMA, shown))
    yield from found
    if found:
        return
    services = [EVERY, *data["services"]]
    for key, fact in data["facts"].items():
        service, _, question = key.partition("/")
        line = line_at(root, ["facts", key]) + 1
        for word, known, what in (
            (service, services, "service"),
            (question, list(data["questions"]), "question"),
        ):
            if word not in known:
                fix = f"{did_you_mean(word, known)}known: {', '.join(known)}"
                yield ContentError(shown, line, f'there is no {what} "{word}"', fix)
        for index, claim in enumerate(fact["claims"]):
            line = line_at(root, ["facts", key, "claims", index]) + 1
            yield from _claim_mistakes(claim, data["sources"], shown, line)


def _claim_mistakes(
    claim: dict[str, Any], sources: dict[str, Any], shown: str, line: int
) -> Iterator[ContentError]:
    for name in claim["sources"]:
        if name not in sources:
            fix = f"{did_you_mean(name, sources)}known: {', '.join(sources)}"
            yield ContentError(shown, line, f'there is no source "{name}"', fix)
        elif sources[name]["kind"] == "official" and "url" not in sources[name]:
            fix = "add url: and the address of the page to the source"
            yield ContentError(shown, line, f'"{name}" is official and has no address', fix)
    if type(claim.get("checked", datetime.date.min)) is not datetime.date:
        fix = "write the day as 2026-11-22, without quotes"
        yield ContentError(shown, line, f"checked cannot be {claim['checked']!r}", fix)


def _texts(data: dict[str, Any], root: yaml.Node | None) -> Iterator[tuple[int, str, str]]:
    """Line, text and what it is, of all that readers see, in the order of the sections."""
    for name, source in data["sources"].items():
        line = line_at(root, ["sources", name, "name"]) + 1
        yield line, source["name"], "who says something, at the start of a sentence"
    for name, service in data["services"].items():
        yield line_at(root, ["services", name]) + 1, service, "name of a service"
    for name, question in data["questions"].items():
        for part, what in (("channel", "way to reach support"), ("question", "question")):
            line = line_at(root, ["questions", name, part]) + 1
            yield line, question[part], f"{what}, on the pages about services"
    for key, fact in data["facts"].items():
        if "region" in fact:
            line = line_at(root, ["facts", key, "region"]) + 1
            yield line, fact["region"], "region in which a fact counts"
        for index, claim in enumerate(fact["claims"]):
            line = line_at(root, ["facts", key, "claims", index, "says"]) + 1
            question = data["questions"][key.partition("/")[2]]["question"]
            yield line, claim["says"], f"what somebody says about: {question}"


def wanted(source: str, shown: str, ledger: Ledger, md: Markdown) -> Iterator[str | ContentError]:
    """The keys of the facts that a page shows, and what is wrong with those that are not there."""
    for line, kind, key, is_alone in find_embeds(source, md):
        if not is_alone:
            problem = f"[{kind}] is shown only where it stands alone in its block"
            yield ContentError(shown, line, problem, "leave an empty line before and behind it")
        if kind == "glossary" or not is_alone:
            continue
        try:
            facts = [ledger.fact(key)] if kind == "fact" else ledger.about(key)
        except KeyError:
            known = [*ledger.facts] if kind == "fact" else [*ledger.services]
            fix = f"{did_you_mean(key, known)}the ledger is {ledger.shown}"
            yield ContentError(shown, line, f'the ledger has no {kind} "{key}"', fix)
        else:
            yield from (fact.key for fact in facts)


def unused(ledger: Ledger, shown: Collection[str]) -> Iterator[ContentError]:
    """Facts that no page shows; *shown* has the keys of the others."""
    for key, fact in ledger.facts.items():
        if key not in shown:
            fix = f"write [fact: {key}] into a page, or take the fact out"
            yield ContentError(ledger.shown, fact.line, f'no page shows the fact "{key}"', fix)

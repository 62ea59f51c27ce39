"""Facts about the world: who says so, and how far that may be believed.

A fact is the answer to a question about a service. Nothing is shown as true unless an official
source says it, somebody has looked there, and that was not too long ago.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

EVERY = "any"
"""The service that stands for all of them."""

VALID = 180
"""For how many days a fact counts after somebody looked, where the ledger does not say."""


EAST_OF_UTC = -1
"""The least age of a look, in days: a writer in Japan may look tomorrow. Any later is a slip."""


class Standing(Enum):
    """How far a fact may be believed."""

    CONFIRMED = "confirmed"
    OVERDUE = "overdue"
    """An official source said so, and nobody has looked for too long."""
    CONTRADICTED = "contradicted"
    """Sources give different answers."""
    UNCONFIRMED = "unconfirmed"
    """No official source says so."""
    UNKNOWN = "unknown"
    """Nobody says anything."""


@dataclass(frozen=True)
class Source:
    """Who says something."""

    name: str
    is_official: bool
    url: str | None


@dataclass(frozen=True)
class Claim:
    """One answer to the question of a fact."""

    says: str
    sources: tuple[Source, ...]
    checked: datetime.date | None
    """The day on which somebody last looked whether the sources say so."""

    @property
    def is_official(self) -> bool:
        """Whether an official source says so, and somebody looked."""
        return self.checked is not None and any(each.is_official for each in self.sources)


@dataclass(frozen=True)
class Fact:
    """What is known about one question and one service."""

    key: str
    """Service and question: ``bitbank/chat-hours``."""
    channel: str
    question: str
    claims: tuple[Claim, ...] = ()
    region: str | None = None
    valid: int = VALID
    """Days."""
    line: int = 1

    def standing(self, today: datetime.date) -> Standing:
        """How far the fact may be believed on the day *today*."""
        official = [claim for claim in self.claims if claim.is_official]
        if not self.claims:
            return Standing.UNKNOWN
        if len(self.claims) > 1:
            return Standing.CONTRADICTED
        if not official:
            return Standing.UNCONFIRMED
        ages = [(today - claim.checked).days for claim in official if claim.checked]
        is_current = all(EAST_OF_UTC <= age <= self.valid for age in ages)
        return Standing.CONFIRMED if is_current else Standing.OVERDUE


@dataclass(frozen=True)
class Ledger:
    """All facts of a site."""

    shown: str
    services: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Those with claims; for every other pair of service and question there is nothing known."""
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """From a question's key to its channel and its text."""
    texts: tuple[tuple[int, str, str], ...] = ()
    """1-based line, text and what it is, of all that readers see."""
    domains: tuple[str, ...] | None = None
    """The hosts that readers may be sent to (annai.addresses), None for all."""

    def fact(self, key: str) -> Fact:
        """The fact *key*. Raises KeyError if there is no such service or question."""
        if key in self.facts:
            return self.facts[key]
        service, _, question = key.partition("/")
        if service not in self.services:
            raise KeyError(service)
        return Fact(key, *self.questions[question])

    def about(self, service: str) -> list[Fact]:
        """One fact for each question, in their order: about *service*, or about all services.

        Raises KeyError if there is no such service.
        """
        found = []
        for question in self.questions:
            own, general = self.fact(f"{service}/{question}"), self.fact(f"{EVERY}/{question}")
            found.append(own if own.claims or not general.claims else general)
        return found

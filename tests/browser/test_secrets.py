"""The secret detector: what it must find in every form, and what it must leave alone."""

from __future__ import annotations

import gzip
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mnemonic import Mnemonic
from playwright.sync_api import Browser, Page

from annai.wordlists import LISTS, word_lists
from builds.building import ROOT
from detector.harmless import Text, texts
from detector.real import Sample, samples, secrets

SCAN = """async ({texts, places}) => {
  const {scan, knowledge} = window;
  const found = [];
  for (const [number, text] of texts.entries()) {
    found.push(await scan(text, knowledge, places?.[number]));
  }
  return found;
}"""
TIME = """async (text) => {
  const start = performance.now();
  await scan(text, knowledge);
  return performance.now() - start;
}"""
Findings = list[dict[str, Any]]


@pytest.fixture(scope="module")
def detector(browser: Browser, address: str) -> Iterator[Page]:
    """A page in which the detector is loaded."""
    page = browser.new_page(base_url=address)
    page.goto("prepare/ticket-checklist/")
    page.evaluate(
        """async () => {
          const {scan} = await import("/assets/javascripts/secrets/scan.js");
          const {default: words} = await import("/assets/javascripts/secrets/words.js");
          const {secrets: labels} = JSON.parse(document.querySelector("#known").textContent);
          Object.assign(window, {scan, knowledge: {words, labels}});
        }"""
    )
    yield page
    page.close()


def found(page: Page, given: list[str], places: list[str] | None = None) -> list[Findings]:
    """The findings in each text."""
    return page.evaluate(SCAN, {"texts": given, "places": places})


def units(text: str) -> int:
    """The length of *text* as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def covers(finding: dict[str, Any], sample: Sample) -> bool:
    """Whether *finding* is of the secret of *sample*, the whole of it."""
    start, end = units(sample.text[: sample.start]), units(sample.text[: sample.end])
    is_sure = finding["isCertain"] or not sample.is_certain
    return is_sure and finding["start"] <= start and finding["end"] >= end


def test_every_secret_is_found_in_every_form(detector: Page) -> None:
    given = samples()
    assert len(secrets()) >= 400
    assert len({sample.kind for sample in given}) == 14
    missed = [
        (sample, findings)
        for sample, findings in zip(given, found(detector, [s.text for s in given]), strict=True)
        if not any(each["kind"] == sample.kind and covers(each, sample) for each in findings)
    ]
    assert missed == []


def test_harmless_texts_are_left_alone(detector: Page) -> None:
    given = texts(ROOT)
    assert len([text for text in given if text.group != "articles"]) >= 1_500
    answers = found(detector, [text.text for text in given], [text.place for text in given])
    asked: dict[bool, list[tuple[Text, Findings]]] = {True: [], False: []}
    for text, findings in zip(given, answers, strict=True):
        assert not any(each["isCertain"] for each in findings), (text, findings)
        if findings:
            asked[text.group == "articles"].append((text, findings))
    sizes = Counter(text.group == "articles" for text in given)
    for is_article, questions in asked.items():
        assert len(questions) < 0.01 * sizes[is_article], questions


def test_findings_say_where_and_what_kind_and_no_more(detector: Page) -> None:
    for findings in found(detector, [sample.text for sample in samples()[::20]]):
        assert all(set(each) == {"kind", "start", "end", "isCertain"} for each in findings)
        assert all(one["end"] <= two["start"] for one, two in itertools.pairwise(findings))


HEX = "5586cc6c130c5fc659c4d102840d4402b465ab6ea358482750a7004570bc8cdd"


@pytest.mark.parametrize(
    ("text", "place", "answer"),
    [
        (HEX, "text", False),
        (f"0x{HEX}", "text", False),
        (HEX, "hash", None),
        (f"0x{HEX}", "hash-ethereum", False),
        (f"https://etherscan.io/tx/0x{HEX}", "text", None),
        (f"https://etherscan.io/tx/0x{HEX}", "hash-ethereum", None),
        (f"TXID: {HEX}", "text", None),
        (f"private key: {HEX}", "text", True),
        (f"秘密鍵 {HEX}", "hash", True),
        (f"The TXID is {HEX}, I gave my private key to nobody.", "text", None),
        (f"not my private key, the hash: {HEX}", "text", None),
        (f"I lost the private key of the wallet that sent {HEX}", "text", False),
        ("4111 1111 1111 1111", "text", False),
        ("4111 1111 1111 1111", "id", None),
        ("4111 1111 1111 1112", "text", None),
        ("legal winner thank year wave sausage worth useful legal winner", "text", False),
        ("legal winner thank year wave sausage worth", "text", None),
        ("my seed phrase is legal winner thank year", "text", False),
        ("The code 123456 does not work.", "text", False),
        ("The error code is 123456.", "text", None),
        ("order code 123456", "text", None),
        ("The verification code does not work for 123456.", "text", False),
        ("The verification code does not work for order 123456.", "text", None),
        ("OTP: 250000 JPY", "text", False),
        ("I entered 123456 as the SMS code", "text", False),
        ("The password for the site is hunter2", "text", False),
        ("hunter2xyz is my password", "text", False),
        ("パスワードは2026年11月22日に変更しました", "text", None),
        ("My PIN is 4 digits, not 123456 digits", "text", None),
        ("the password is AES-256 encrypted", "text", False),
        ("secret key: bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "text", None),
        ("password: hunter2", "text", True),
        ("password: correct", "text", False),
        ("My password is correct", "text", None),
        ("JBSWY3DPEHPK3PXP", "text", None),
        ("2FA JBSWY3DPEHPK3PXP", "text", True),
        ("の的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就", "text", None),
    ],
)
def test_the_words_and_the_place_decide(
    text: str, place: str, answer: bool | None, detector: Page
) -> None:
    """*answer*: whether the only finding is certain; None where there must be none."""
    assert [each["isCertain"] for each in found(detector, [text], [place])[0]] == (
        [] if answer is None else [answer]
    )


def test_a_public_key_that_does_not_fit_and_a_wrong_checksum_are_no_secret(detector: Page) -> None:
    for secret in secrets():
        if secret.kind in ("wif", "xprv", "solana") and not secret.text.startswith("["):
            spoiled = secret.text[:-1] + ("2" if secret.text[-1] != "2" else "3")
            assert found(detector, [spoiled]) == [[]]


def test_where_the_browser_has_no_cryptography_the_reader_is_asked(detector: Page) -> None:
    keys = [secret for secret in secrets() if secret.kind in ("wif", "xprv", "solana")]
    detector.evaluate(
        "Object.defineProperty(crypto, 'subtle', {value: undefined, configurable: true})"
    )
    try:
        answers = found(detector, [key.text for key in keys])
        in_link = found(detector, [f"https://solscan.io/tx/{keys[-20].text}"])
    finally:
        detector.evaluate("delete crypto.subtle")
    assert in_link == [[]]
    for key, findings in zip(keys, answers, strict=True):
        assert [(each["kind"], each["isCertain"]) for each in findings] == [(key.kind, False)]
    assert found(detector, [keys[0].text])[0][0]["isCertain"]


HOSTILE = [
    "c",
    "c ",
    "0",
    "123456 ",
    "[1,",
    "[",
    '{"crypto":{',
    "-----BEGIN PRIVATE KEY-----\n",
    "-",
    "eyJhbGciOiJI\n",
    "eyJhbGciOiJI ",
    "abandon ",
    "otpauth://secret= ",
    "的 ",
    "あ",
    "password: ",
    "password is ",
    "code is ",
    "private key ",
    " ",
    "\n",
    "\u200b",
    "ab ",
    "ABCD ",
    "A/b+9=",
    "xprv9s",
    "4111 ",
    "رمز ",
    "وبال",
    "\"'“",
    ": = ",
    "=",
    "a-",
    "1. ",
    "\ud800",
    "\0",
    "ﷺ",
    "constructor __proto__ ",
]


def test_hostile_texts_are_read_in_linear_time(detector: Page) -> None:
    for unit in HOSTILE:
        taken = detector.evaluate(TIME, (unit * 100_000)[:100_000])
        assert taken < 5_000, (unit, taken)


def test_a_long_message_is_read_while_a_key_is_pressed(detector: Page) -> None:
    letters = " ".join(text.text for text in texts(ROOT) if text.group in ("en", "ja", "zh", "ar"))
    assert min(detector.evaluate(TIME, letters[:10_000]) for _ in range(3)) < 100


def test_the_word_lists_are_those_of_the_package(detector: Page) -> None:
    unpacked = detector.evaluate(
        """() => Object.entries(knowledge.words).map(([name, coded]) => {
          let word = "";
          const parts = [...coded.matchAll(/(\\d)(\\D+)/g)];
          return [name, parts.map(([, shared, rest]) => (word = word.slice(0, shared) + rest))];
        })"""
    )
    assert [name for name, _ in unpacked] == list(LISTS)
    for name, packed in unpacked:
        assert packed == Mnemonic(name).wordlist
        assert len(packed) == 2048
    assert word_lists() == word_lists()


def test_what_a_page_loads_is_small() -> None:
    modules = (ROOT / "overrides" / "assets" / "javascripts" / "secrets").glob("*.js")
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in modules) <= 20 * 1024
    assert len(gzip.compress(word_lists(), 9)) <= 56 * 1024


def test_messages_by_another_hand_are_told_apart(detector: Page) -> None:
    path = Path(__file__).parents[1] / "detector" / "messages.yml"
    messages = yaml.safe_load(path.read_text("utf-8"))
    harmless = [text for listed in messages["harmless"].values() for text in listed]
    assert len(harmless) > 300
    findings = found(detector, harmless)
    assert [text for text, each in zip(harmless, findings, strict=True) if is_stopped(each)] == []
    assert sum(map(bool, findings)) < len(harmless) / 100
    told = messages["secrets"]
    for each, listed in zip(told, found(detector, [one["text"] for one in told]), strict=True):
        assert listed, each["text"]
        assert is_stopped(listed) or not each["certain"], each["text"]


def is_stopped(findings: Findings) -> bool:
    """Whether a text with *findings* cannot be copied."""
    return any(each["isCertain"] for each in findings)

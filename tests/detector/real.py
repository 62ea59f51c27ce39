"""True secrets of every kind, with real checksums, as people may write them. Always the same ones.

Nobody owns anything by them: every one is drawn from a fixed seed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mnemonic import Mnemonic

from annai.wordlists import LISTS, words

Form = Callable[[str], str]
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE62 = BASE58 + "0OIl"
LOWER = "abcdefghijklmnopqrstuvwxyz"


class Sample(NamedTuple):
    """A text with a secret in it; *start* and *end* count characters, not UTF-16 units."""

    kind: str
    form: str
    text: str
    start: int
    end: int
    is_certain: bool
    """Whether it must be found as certain; else it is enough that it is found."""


class Secret(NamedTuple):
    """A secret, and the sentences that it needs to be known, with ``{}``; none if it needs none."""

    kind: str
    text: str
    is_certain: bool
    forms: dict[str, Form]
    sentences: tuple[str, ...] = ()


# Encodings


def base58(data: bytes) -> str:
    """*data* in Base58, zeros in front kept."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def base58check(data: bytes) -> str:
    """*data* and the first four bytes of its double SHA-256, in Base58."""
    return base58(data + hashlib.sha256(hashlib.sha256(data).digest()).digest()[:4])


def ed25519(seed: bytes) -> bytes:
    """The public key of *seed* (RFC 8032, 5.1.5)."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p

    def add(one: tuple[int, ...], two: tuple[int, ...]) -> tuple[int, ...]:
        a = (one[1] - one[0]) * (two[1] - two[0]) % p
        b = (one[1] + one[0]) * (two[1] + two[0]) % p
        c = 2 * one[3] * two[3] * d % p
        e = 2 * one[2] * two[2] % p
        return (
            (b - a) * (e - c) % p,
            (e + c) * (b + a) % p,
            (e - c) * (e + c) % p,
            (b - a) * (b + a) % p,
        )

    y = 4 * pow(5, -1, p) % p
    x = pow((y * y - 1) * pow(d * y * y + 1, -1, p) % p, (p + 3) // 8, p)
    if (x * x * (d * y * y + 1) - (y * y - 1)) % p:
        x = x * pow(2, (p - 1) // 4, p) % p
    point = (p - x if x % 2 else x, y, 1, (p - x if x % 2 else x) * y % p)
    digest = bytearray(hashlib.sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    scalar, result = int.from_bytes(digest, "little"), (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    inverse = pow(result[2], -1, p)
    x, y = result[0] * inverse % p, result[1] * inverse % p
    return (y | (x & 1) << 255).to_bytes(32, "little")


def urlsafe(data: bytes) -> str:
    """*data* in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_check_digit(digits: str) -> str:
    """*digits* and the check digit behind them (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 - place % 2)
        total += double - 9 if double > 9 else double
    return digits + str(-total % 10)


# Forms


def every(count: int, separator: str) -> Form:
    """A form with *separator* behind every *count* characters."""
    return lambda text: separator.join(
        text[start : start + count] for start in range(0, len(text), count)
    )


def wide(text: str) -> str:
    """*text* in full-width characters, spaces too."""
    table = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return text.translate(table)


def styled(text: str) -> str:
    """*text* in mathematical bold letters and digits."""
    table = {ord("0") + n: 0x1D7CE + n for n in range(10)}
    table |= {ord("A") + n: 0x1D400 + n for n in range(26)}
    table |= {ord("a") + n: 0x1D41A + n for n in range(26)}
    return text.translate(table)


def halves(separator: str) -> Form:
    """A form with *separator* in the middle."""
    return lambda text: text[: len(text) // 2] + separator + text[len(text) // 2 :]


HIDDEN: dict[str, Form] = {
    "zero-width": every(3, "\u200b"),
    "soft hyphens and joiners": every(5, "\u00ad\u2060"),
    "bidi controls": every(7, "\u200f\u202a"),
    "variation selectors": every(4, "\ufe0e"),
    "full-width": wide,
    "bold": styled,
}
BROKEN: dict[str, Form] = {
    "line break": halves("\n"),
    "line break, quoted": halves("\r\n> "),
    "line break, indented": halves("\n    "),
}
GROUPED: dict[str, Form] = {
    "groups": every(4, " "),
    "groups, no-break": every(6, "\u00a0"),
    "lines": every(16, "\n"),
}


def numbered(pattern: str, separator: str) -> Form:
    """A form with numbers at the words."""
    return lambda text: separator.join(
        pattern.format(number=number, word=word) for number, word in enumerate(text.split(), 1)
    )


def joined(separator: str) -> Form:
    """A form with *separator* between the words."""
    return lambda text: separator.join(text.split())


SEED_FORMS: dict[str, Form] = {
    "1. word": numbered("{number}. {word}", "\n"),
    "1) word, in a line": numbered("{number}) {word}", " "),
    "1.word": numbered("{number}.{word}", " "),
    "①": lambda text: " ".join(f"{chr(0x2460 + n % 20)} {w}" for n, w in enumerate(text.split())),
    "#1": numbered("#{number} {word}", "\n"),
    "word 1:": numbered("word {number}: {word}", "\n"),
    "単語1": numbered("単語{number}:{word}", "\n"),
    "第1个": numbered("第{number}个:{word}", "\n"),
    "كلمة 1": numbered("كلمة {number}: {word}", "\n"),
    "1st": numbered("{number}th {word}", " "),
    "lines": joined("\n"),
    "lines, Windows": joined("\r\n"),
    "U+3000": joined("\u3000"),
    "commas": joined(", "),
    "ideographic commas": joined("、"),
    "bullets": lambda text: "".join(f"- {word}\n" for word in text.split()).strip(),
    "quoted": lambda text: json.dumps(text.split(), ensure_ascii=False),
    "upper case": str.upper,
    "title case": str.title,
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "zero-width": lambda text: " ".join("\u200b".join(word) for word in text.split()),
    "full-width": wide,
    "hyphens": joined(" - "),
}

NUMBERING = re.compile(r'(?:[-\[] ?|(?:word |単語|第|كلمة )?[#①]?1?(?:个|th)?[.:)]? ?)"?')
"""What stands before the first word in a form."""

# Sentences

PLAIN = (
    "Hello, my withdrawal is stuck. {} Please help me.",
    "I was told to send this: {}",
    "こんにちは。出金できません。これを送るように言われました：{}。よろしくお願いします。",
    "これは{}です。助けてください。",
    "你好，我的提现没有到账。这是{}，请帮忙处理。",
    "客服让我发这个：{}",
    "مرحبًا، لم يصل السحب. طُلب مني إرسال هذا: {} أرجو المساعدة.",
    "هذا هو {} وشكرًا لكم.",
)
CODE = (
    "verification code: {}",
    "My OTP is {} and it does not work.",
    "the 2FA code was {}",
    "SMS code {}",
    "{} is your verification code",
    "認証コードは{}です。",
    "ワンタイムパスワード：{}",
    "確認コード「{}」を入力しました。",
    "{}が認証コードです",
    "验证码是{}",
    "谷歌验证码：{}，但是提示错误",
    "我收到的短信验证码为 {}。",
    "{}是我的验证码",
    "رمز التحقق هو {}",
    "كود التحقق: {}",
    "وصلني رمز التأكيد {} ولم يعمل",
    "{} هو رمز التحقق",
)
PASSWORD = (
    "password: {}",
    "My password is {} and I cannot sign in.",
    "Password = {}",
    "login password : “{}”",
    "pwd:{}",
    "パスワードは {} です",
    "パスワードは{}です。ログインできません。",
    "パスワード：{}",
    "ログインパスワードは「{}」でした",
    "密码是{}",
    "登录密码：{}",
    "我的密码为“{}”。",
    "旧密码改成{}",
    "كلمة المرور: {}",
    "كلمة السر هي {} ولا أستطيع الدخول",
    "الباسورد: {}",
    "وكلمة المرور الخاصة بي هي {}",
)
PIN = (
    "PIN: {}",
    "my PIN is {}.",
    "CVV: {}",
    "暗証番号は{}です。",
    "暗証番号：{}",
    "PIN码是{}",
    "支付密码：{}",
    "الرقم السري: {}",
    "الرقم السري هو {}",
)
FACTOR = (
    "2FA secret: {}",
    "My Google Authenticator setup key is {}",
    "authenticator key {}",
    "The setup key for my 2FA at the exchange is {} and it fails.",
    "二段階認証のセットアップキーは {} です",
    "設定キー：{}",
    "谷歌验证器密钥：{}",
    "谷歌密钥是{}",
    "مفتاح الإعداد: {}",
    "مفتاح المصادقة هو {}",
)
API = (
    "API secret: {}",
    "My API secret is {} and requests fail.",
    "apikey={}",
    "secret_key = '{}'",
    "APIシークレットは {} です",
    "シークレットキー：{}",
    "API密钥：{}",
    "API Secret是{}",
    "مفتاح API: {}",
    "المفتاح السري لـ API هو {}",
)
KEY = (
    "private key: {}",
    "My private key is {} please check.",
    "Private key:\n{}",
    "the wallet key for this address is {}",
    "{} is my private key",
    "秘密鍵は{}です。",
    "秘密鍵：{}",
    "プライベートキー {}",
    "私钥：{}",
    "我的私钥是{}",
    "المفتاح الخاص: {}",
    "مفتاحي الخاص هو {}",
)


# Secrets


def seeds(draw: random.Random) -> Iterator[Secret]:
    """Phrases of every list and length, some with a passphrase."""
    for name in LISTS:
        phrases = Mnemonic(name)
        for bits in (128, 160, 192, 224, 256, 128, 256):
            phrase = " ".join(phrases.to_mnemonic(draw.randbytes(bits // 8)).split())
            yield Secret("seed", phrase, True, SEED_FORMS)
        yield Secret("seed", f"{phrase} {draw.choice(words(name))}", True, {})
        yield Secret(
            "seed", " ".join(draw.choices(words(name), k=12)), True, SEED_FORMS
        )  # no checksum
    phrases = Mnemonic("english")
    for bits in (128, 160, 192, 224, 256):
        for extra in ("Tr0ub4dor&3", "qwzx"):
            yield Secret(
                "seed", f"{phrases.to_mnemonic(draw.randbytes(bits // 8))} {extra}", True, {}
            )
    yield Secret("seed", "abandon " * 11 + "about", True, SEED_FORMS)
    yield Secret("seed", "zoo " * 11 + "wrong", True, SEED_FORMS)


def base58_keys(draw: random.Random) -> Iterator[Secret]:
    """Keys with checksums, and pairs of Solana."""
    forms = HIDDEN | BROKEN
    for version in (b"\x80", b"\xef"):
        for suffix in (b"", b"\1"):
            for _ in range(12):
                key = base58check(version + draw.randbytes(32) + suffix)
                yield Secret("wif", key, True, forms | GROUPED)
    versions = (
        "0488ade4",
        "049d7878",
        "04b2430c",
        "04358394",
        "044a4e28",
        "045f18bc",
        "0295b005",
        "02aa7a99",
    )
    for version in versions:
        for depth in range(5):
            middle = (
                bytes([depth]) + draw.randbytes(8) + draw.randbytes(32) + b"\0" + draw.randbytes(32)
            )
            yield Secret(
                "xprv", base58check(bytes.fromhex(version) + middle), True, forms | GROUPED
            )
    for number in range(40):
        seed = draw.randbytes(32)
        pair = seed + ed25519(seed)
        if number < 28:
            yield Secret("solana", base58(pair), True, forms)
        else:
            separator = (",", ", ", ",\n  ")[number % 3]
            yield Secret(
                "solana", f"[{separator.join(map(str, pair))}]", True, {"full-width": wide}
            )


def structured(draw: random.Random) -> Iterator[Secret]:
    """PEM blocks, otpauth addresses, JSON web tokens, keystores."""
    for number in range(20):
        name = ("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA ")[number % 6] + "PRIVATE KEY"
        body = base64.b64encode(draw.randbytes(draw.choice((118, 121, 600)))).decode()
        lines = "\n".join(body[start : start + 64] for start in range(0, len(body), 64))
        head = (
            "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n"
            if number % 6 == 1
            else ""
        )
        block = f"-----BEGIN {name}-----\n{head}{lines}"
        whole = "" if number % 4 == 3 else f"\n-----END {name}-----"
        hidden = {form: HIDDEN[form] for form in ("zero-width", "full-width", "bidi controls")}
        yield Secret(
            "pem",
            block + whole,
            True,
            hidden
            | {
                "JSON": lambda t: t.replace("\n", "\\n"),
                "one line": lambda t: t.replace("\n", " "),
                "Windows": lambda t: t.replace("\n", "\r\n"),
            },
        )
    for number in range(24):
        secret = base64.b32encode(draw.randbytes(20)).decode()
        kind = ("totp", "hotp")[number % 2]
        address = f"otpauth://{kind}/Exchange:user%40example.com?secret={secret}&issuer=Exchange"
        if number >= 18:
            address = (
                f"otpauth-migration://offline?data={base64.b64encode(draw.randbytes(48)).decode()}"
            )
        yield Secret("otpauth", address, True, HIDDEN | {"upper case": str.upper})
    for number in range(24):
        header = json.dumps({"alg": ("HS256", "RS256", "ES256")[number % 3], "typ": "JWT"})
        payload = json.dumps(
            {"sub": str(uuid.UUID(bytes=draw.randbytes(16))), "exp": 1790000000 + number}
        )
        parts = (header.encode(), payload.encode(), draw.randbytes((32, 256, 64)[number % 3]))
        yield Secret(
            "jwt", ".".join(map(urlsafe, parts)), True, HIDDEN | {"lines": every(64, "\n")}
        )
    for number in range(16):
        store = {
            "version": 3,
            "id": str(uuid.UUID(bytes=draw.randbytes(16))),
            "address": draw.randbytes(20).hex(),
            ("crypto", "Crypto")[number % 2]: {
                "ciphertext": draw.randbytes(32).hex(),
                "cipherparams": {"iv": draw.randbytes(16).hex()},
                "cipher": "aes-128-ctr",
                "kdf": ("scrypt", "pbkdf2")[number % 2],
                "kdfparams": {
                    "dklen": 32,
                    "salt": draw.randbytes(32).hex(),
                    "n": 8192,
                    "r": 8,
                    "p": 1,
                },
                "mac": draw.randbytes(32).hex(),
            },
        }
        text = json.dumps(store, indent=number % 3 or None)
        yield Secret("keystore", text, True, HIDDEN | {"cut off": lambda text: text[:-1]})


def told_keys(draw: random.Random) -> Iterator[Secret]:
    """Keys that only the words beside them give away."""
    for number in range(30):
        key = draw.randbytes(32).hex()
        shown = ("0x" * (number % 2)) + (key.upper() if number % 5 == 0 else key)
        yield Secret("key", shown, True, HIDDEN | BROKEN, KEY)
    for number in range(40):
        size = (10, 16, 20, 32)[number % 4]
        secret = base64.b32encode(draw.randbytes(size)).decode().rstrip("=")
        shown = secret if number % 3 else every(4, " ")(secret.lower())
        groups = {"groups": every(4, " "), "groups, hyphens": every(4, "-")} if number % 3 else {}
        is_certain = len(re.findall("[2-7]+", secret)) > 1  # else it may be a word
        yield Secret("totp", shown, is_certain, HIDDEN | groups, FACTOR)
    for number in range(30):
        value = (
            draw.randbytes(16).hex().upper(),
            base64.b64encode(draw.randbytes(64)).decode(),
            "".join(draw.choices(BASE62, k=36)),
        )[number % 3]
        yield Secret("api", value, True, HIDDEN, API)


def told_words(draw: random.Random) -> Iterator[Secret]:
    """Codes and passwords, which only the words beside them give away."""
    for number in range(40):
        digits = "".join(draw.choices("0123456789", k=(6, 6, 8, 7)[number % 4]))
        groups: dict[str, Form] = {}
        if len(digits) % 2 == 0:
            groups = {"space": halves(" "), "hyphen": halves("-")}
        eastern = {
            "Arabic digits": lambda text: text.translate({48 + n: 0x660 + n for n in range(10)})
        }
        hidden = {form: HIDDEN[form] for form in ("zero-width", "full-width", "bold")}
        yield Secret("code", digits, True, hidden | groups | eastern, CODE)
    for number in range(40):
        word = "".join(draw.choices(LOWER, k=draw.randint(4, 8)))
        digits = str(draw.randint(0, 9999))
        password = (
            f"{word}{digits}",
            f"{word.title()}{digits}!",
            f"{word}@{word[:2].upper()}",
            f"{word[:3]}#{digits}{word}",
        )[number % 4]
        password = password if len(password) >= 6 else password + "77xy"
        yield Secret("password", password, True, HIDDEN, PASSWORD)
    for number in range(16):
        pin = "".join(draw.choices("0123456789", k=4 + number % 3))
        yield Secret(
            "password", pin, True, {"full-width": wide, "zero-width": HIDDEN["zero-width"]}, PIN
        )


def shaped(draw: random.Random) -> Iterator[Secret]:
    """Secrets of an API that show by their shape, and cards."""
    for _ in range(36):
        yield Secret("api", "".join(draw.choices(BASE62, k=64)), True, HIDDEN | BROKEN)
    starts = (
        ("4", 16),
        ("4", 13),
        ("51", 16),
        ("2221", 16),
        ("37", 15),
        ("6011", 16),
        ("3528", 16),
        ("36", 14),
        ("62", 16),
        ("62", 19),
    )
    for start, length in starts * 4:
        digits = "".join(draw.choices("0123456789", k=length - 1 - len(start)))
        forms = {form: HIDDEN[form] for form in ("zero-width", "full-width", "bidi controls")}
        groups = {"groups": every(4, " "), "groups, hyphens": every(4, "-")}
        yield Secret("card", with_check_digit(start + digits), False, forms | groups)


def secrets(seed: int = 1) -> list[Secret]:
    """All of them, each once."""
    draw = random.Random(seed)
    makers = (seeds, base58_keys, structured, told_keys, told_words, shaped)
    return [secret for maker in makers for secret in maker(draw)]


def samples(seed: int = 1) -> list[Sample]:
    """Every secret bare and in sentences, as it is and in a few of its forms."""
    draw = random.Random(seed)
    found = []
    for secret in secrets(seed):
        forms = [
            ("as it is", str),
            *draw.sample(list(secret.forms.items()), min(6, len(secret.forms))),
        ]
        for name, form in forms:
            text = form(secret.text)
            sentences = secret.sentences or ("{}", *PLAIN)
            chosen = (
                sentences
                if name == "as it is"
                else [*draw.sample(sentences, 2), "{}"][: 2 if secret.sentences else 3]
            )
            for sentence in chosen:
                before, _, after = sentence.partition("{}")
                start = len(before) + len(NUMBERING.match(text)[0] if secret.kind == "seed" else "")
                end = len(before) + len(text.rstrip('"]') if secret.kind == "seed" else text)
                whole = before + text + after
                found.append(Sample(secret.kind, name, whole, start, end, secret.is_certain))
    return found

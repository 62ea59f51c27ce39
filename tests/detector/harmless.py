"""Texts without a secret: what people write to support, what they paste, and every article.

Addresses and transactions are drawn from a fixed seed. Some look like secrets on purpose.
"""

from __future__ import annotations

import base64
import random
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

from annai.pages import split
from detector.real import BASE58, BASE62, base58, base58check, with_check_digit


class Text(NamedTuple):
    """A text, and the kind of field that it is in."""

    group: str
    text: str
    place: str = "text"


MESSAGES = {
    "en": """
        Hello, my withdrawal of {amount} {coin} from {date} has not arrived. The TXID is {tx}.
        I forgot my password and the reset e-mail never comes.
        The password was wrong three times, now my account is locked.
        My password is not accepted any more since {date}. I did not change it.
        My password is correct but the app says "Invalid password".
        Password: I changed it yesterday, that did not help.
        Is my password case-sensitive? It is 12 characters long.
        The PIN is 6-digit but the app wants 4 digits.
        I get error code {number} when I try to sign in.
        The app shows HTTP code 503 and later HTTP 500 with request ID {uuid}.
        Error {number}: withdrawal suspended (code: {number}).
        Order {number} was filled at {amount}, but the fee was {amount} {coin}.
        My order number is {number} and my user ID is {number}.
        Order code {number}, reference code {number}, status code 404.
        Case number {number}, please look at it again. My ticket number was {number}.
        I never got the verification code by SMS. My phone number is {phone}.
        The verification code does not arrive. I tried {time}, {time} and {date}.
        The verification code expired before I could type it. It has 6 digits, right?
        The 2FA code is always rejected. My clock is right, time zone UTC+9.
        My OTP arrives after 10 minutes. Withdrawal ID: {number}.
        My code expired. Reference: {number}
        I lost my phone with Google Authenticator. How do I reset 2FA? My UID is {number}.
        I removed the authenticator app on {date}. Ticket {number}.
        I have my recovery phrase at home and did not share it with anybody.
        Nobody knows my seed phrase or my private key. The coins left in this transaction: {tx}
        Somebody asked for my seed phrase. I gave nothing. Their site was https://example.com/support/{number}.
        I did not give my private key to anyone. TXID: {tx}
        Transaction hash {tx}, network {network}, {amount} {coin}, to {address}.
        I sent {amount} {coin} to {address} on the wrong network ({network}).
        My deposit address is {address}, memo {number}.
        Destination tag {number} was missing. Amount: {amount} {coin}.
        The transfer from my bank on {date}, {amount} JPY, last 4 digits 1234, is missing.
        Please call me at {phone} between {time} and {time}.
        API endpoint /api/v3/order returns code -2015. Label: trading-bot-{number}.
        My API key is named grid-trading-bot-2026-main and has read permission only.
        API key label: arbitrage-bot-number-{number}. It stopped at {date}T{time}Z.
        Windows 11, Chrome 156.0.8078.79, app version 2.94.{number}, iPhone15,3.
        I want my money back. This is the third time I ask. Case {number} since {date}.
        OTP login is from {date}. My password is from {date}, the PIN was set on {date}.
        The password reset link from {date} has expired. The code is 6 digits.
        My country code is +81 and my postal code is 150-0002.
        The trade pair BTC/JPY at price {amount}, quantity {amount}, order ID {long}.
        Balance before: {amount}, balance after: {amount}. Block height {number}.
        Look at https://etherscan.io/tx/{hash} and tell me where the coins are.
        https://mempool.space/tx/{bare} shows {number} confirmations.
        Do I need to give you my password, PIN or 2FA code? I will not.
        Card payment refused, the last 4 digits are 4242, amount {amount} EUR.
        File screenshot-{date}.png shows the status, file IMG_{number}.PNG the error.
        I use a password manager (1Password) and the passkey on my MacBook Pro 2023.
        My account was created {date}. KYC step 2 says "document expired". Inquiry number {number}.
    """,
    "ja": """
        {date}に{amount} {coin}を出金しましたが、まだ着金していません。TXIDは{tx}です。
        パスワードを忘れました。再設定のメールが届きません。
        パスワードは正しいのにログインできません。ユーザーIDは{number}です。
        パスワードは8文字以上と書いてありますが、12文字でもエラーになります。
        パスワードが違うと3回表示されて、アカウントがロックされました。
        パスワード：昨日変更しましたが、直りませんでした。
        暗証番号を3回間違えました。受付番号は{number}です。
        暗証番号は4桁ですか、6桁ですか。
        認証コードが届きません。注文番号は{number}です。
        認証コードが届きません。電話番号は{phone}です。
        コードが届きません。{time}と{time}に試しました。
        ワンタイムパスワードが無効と表示されます。お問い合わせ番号：{number}
        確認コードを入力しても、エラーコード{number}が出ます。
        エラーコード：{number}、ステータスコード：503、リクエストID：{uuid}
        HTTP 500 エラーが{date} {time}（日本時間）から出ています。
        注文ID {long} が約定しません。価格{amount}、数量{amount}です。
        二段階認証の機種変更ができません。アプリはGoogle Authenticatorです。会員番号{number}。
        シードフレーズは誰にも教えていません。身に覚えのない送金があります：{tx}
        秘密鍵は誰にも渡していません。トランザクションIDは{tx}です。
        復元フレーズを聞かれ、無視しました。相手は https://example.com/{number} でした。
        {network}で{address}に{amount} {coin}を送ってしまいました。
        入金アドレスは{address}、宛先タグは{number}です。
        メモ{number}を入れ忘れました。金額は{amount}円です。
        銀行振込の{amount}円が{date}から反映されません。口座の下4桁は1234です。
        電話は{phone}、時間は{time}から{time}の間でお願いします。
        APIキーの名前はtrading-bot-{number}です。権限は読み取りのみです。
        APIキー：ラベルは「自動売買{number}」、エラー番号は-2015です。
        iOS 19.1、アプリのバージョン 2.94.{number}、機種はiPhone 15です。
        本人確認で「書類の期限切れ」と表示されます。照会番号{number}。
        残高が{amount}から{amount}に減りました。手数料は{amount} {coin}です。
        https://tronscan.org/#/transaction/{bare} を見てください。
        https://etherscan.io/tx/{hash} では成功になっています。
        パスワードは{date}に変更しました。認証コードは{phone}に届くはずです。
        郵便番号は150-0002、国コードは81です。
        紹介コード{number}が使えません。キャンペーンコード：SPRING2026
        画像は IMG_{number}.PNG と screenshot_{date}.png です。
        パスキーを設定したMacBook Proが壊れました。ログインIDは登録したメールアドレスです。
        前回のケース番号は{number}でした。{date}から返事がありません。
        カードの下4桁は4242、金額は{amount}円、日時は{date} {time}です。
    """,
    "zh": """
        我在{date}提了{amount} {coin}，到现在还没到账。交易哈希是{tx}。
        我忘记密码了，重置邮件一直收不到。
        密码是对的，但是登录不了。用户ID是{number}。
        密码是8位以上吗？我输入12位也报错。
        密码错误三次，账户被锁定了。
        密码：昨天改过了，还是不行。
        交易密码输错了，订单号{number}。
        验证码收不到，手机号是{phone}。
        验证码一直收不到。我在{time}和{time}都试过。
        验证码已过期，工单号{number}。
        谷歌验证码总是错误，我的UID是{number}。
        提币{amount} USDT的验证码没收到，提现ID：{number}。
        错误代码：{number}，状态码：503，请求ID：{uuid}
        报错代码{number}，HTTP 500，时间{date} {time}。
        订单编号{long}一直没成交，价格{amount}，数量{amount}。
        手机丢了，谷歌验证器没有备份，怎么重置双重验证？
        助记词没有告诉过任何人，但是币被转走了：{tx}
        私钥只有我自己知道。交易ID：{tx}
        有人问我要助记词，我没给。对方网站是 https://example.com/{number}
        用{network}转到了{address}，数量{amount} {coin}。
        充值地址是{address}，备注{number}。
        忘了填标签{number}，金额{amount}。
        银行转账{amount}元，{date}，卡号后四位1234，没到账。
        请在{time}到{time}之间打电话，号码{phone}。
        API密钥的名称是trading-bot-{number}，只有读取权限。
        API Key 标签：网格机器人{number}，错误码-2015。
        安卓16，应用版本2.94.{number}，手机是小米15 Pro。
        身份认证提示“证件已过期”，受理编号{number}。
        余额从{amount}变成{amount}，手续费{amount} {coin}。
        请看 https://tronscan.org/#/transaction/{bare}
        https://etherscan.io/tx/{hash} 显示成功。
        密码是{date}改的，验证码发到了{phone}。
        邮编100000，国家代码86。邀请码{number}用不了。
        截图 IMG_{number}.PNG 和 screenshot_{date}.png。
        上次的案件编号是{number}，{date}以后没有回复。
        我 没 有 收 到 钱 请 帮 忙
        区块高度{number}，确认数12。
    """,
    "ar": """
        سحبت {amount} {coin} بتاريخ {date} ولم يصل حتى الآن. معرف المعاملة هو {tx}
        نسيت كلمة المرور ولا تصل رسالة إعادة التعيين.
        كلمة المرور صحيحة لكن لا أستطيع الدخول. رقم المستخدم {number}.
        كلمة المرور: غيرتها أمس ولم ينفع.
        هل كلمة السر هي 8 أحرف أم أكثر؟
        كانت كلمة السر خاطئة ثلاث مرات وقُفل الحساب.
        لم يصل رمز التحقق. رقم الهاتف {phone}.
        لم يصلني كود التحقق وحاولت الساعة {time} والساعة {time}.
        رمز التحقق منتهي الصلاحية. رقم التذكرة {number}.
        رمز الخطأ {number} يظهر عند تسجيل الدخول.
        كود الخطأ: {number}، رمز الحالة 503، معرف الطلب {uuid}
        رقم الطلب {number} لم ينفذ، السعر {amount} والكمية {amount}.
        معرف الطلب {long} والرسوم {amount} {coin}.
        فقدت هاتفي وعليه Google Authenticator، كيف ألغي المصادقة الثنائية؟ رقم العميل {number}.
        لم أشارك عبارة الاسترداد مع أحد، والعملات خرجت في هذه المعاملة: {tx}
        لم أعط المفتاح الخاص لأحد. TXID: {tx}
        طلب مني شخص عبارة الاسترداد ولم أرد. موقعه https://example.com/{number}
        أرسلت {amount} {coin} عبر {network} إلى {address} بالخطأ.
        عنوان الإيداع {address} والميمو {number}.
        نسيت الوسم {number} والمبلغ {amount}.
        حوالة بنكية {amount} بتاريخ {date}، آخر أربعة أرقام 1234.
        اتصلوا بي على {phone} بين {time} و{time}.
        اسم مفتاح API هو trading-bot-{number} وصلاحيته القراءة فقط.
        مفتاح API: اسمه «روبوت {number}»، والخطأ -2015.
        أندرويد 16، إصدار التطبيق 2.94.{number}.
        رُفضت وثيقتي، رقم البلاغ {number}.
        كان الرصيد {amount} وصار {amount}، الرسوم {amount}.
        انظر https://tronscan.org/#/transaction/{bare}
        https://etherscan.io/tx/{hash} تظهر ناجحة.
        كلمة المرور هي نفسها منذ {date} والرمز يصل إلى {phone}.
        الرمز البريدي 12345 ورمز الدولة 966. رمز الدعوة {number} لا يعمل.
        الصورة IMG_{number}.PNG من يوم {date}.
        رقم الحالة السابقة {number} ولا رد منذ {date}.
    """,
}
"""Messages in four languages, with slots."""

ROUNDS = 6
"""How often each message is filled in."""

ERRORS = """
    {{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action.","requestId":"{uuid}"}}
    TypeError: Cannot read properties of undefined (reading 'balance') (main.{hex8}.js:1:{number})
    ERR_CONNECTION_TIMED_OUT https://api.example.com/api/v3/order?symbol=BTCUSDT&timestamp={stamp}&recvWindow=5000
    HTTP/1.1 429 Too Many Requests retry-after: 120 cf-ray: {hex16}-NRT x-request-id: {uuid}
    timeout at Http2Stream$StreamTimeout.newTimeoutException(Http2Stream.kt:{number})
    error 1000{number}: MIN_NOTIONAL filter failure, order {long}
    [{date} {time}] WARN status=PENDING withdrawId={hex32} amount={amount} network={network}
    -----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE{b64}\n-----END PUBLIC KEY-----
    The file begins with -----BEGIN PRIVATE KEY----- and I did not open it.
    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64} user@laptop
    an otpauth:// link or a QR code, I do not know which
    sha256 checksum of the installer: {bare}
    Set-Cookie: theme=dark; Max-Age={number}; Path=/; Secure
    "crypto": {{"currency": "{coin}", "network": "{network}", "amount": "{amount}"}}
    <xpub>{xpub}</xpub>
"""


class Slots(dict[str, str]):
    """Fills slots, each time with something else."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def __missing__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def _digits(self, count: int) -> str:
        return str(self.draw.randint(1, 9)) + "".join(self.draw.choices("0123456789", k=count - 1))

    def _number(self) -> str:
        return self._digits(self.draw.randint(5, 10))

    def _long(self) -> str:
        return self._digits(self.draw.randint(14, 19))

    def _stamp(self) -> str:
        return f"17{self._digits(11)}"

    def _amount(self) -> str:
        return self.draw.choice(
            (
                f"{self.draw.random() * 10:.8f}",
                f"{self.draw.randint(1, 999)},{self._digits(3)}",
                self._digits(6),
                f"{self.draw.random() * 1e6:.2f}",
            )
        )

    def _coin(self) -> str:
        return self.draw.choice(("BTC", "ETH", "USDT", "XRP", "SOL", "TRX"))

    def _network(self) -> str:
        return self.draw.choice(("TRC20", "ERC20", "BEP20", "Solana", "Polygon", "Bitcoin"))

    def _date(self) -> str:
        year, month, day = 2026, self.draw.randint(1, 12), self.draw.randint(1, 28)
        return self.draw.choice(
            (
                f"{year}-{month:02}-{day:02}",
                f"{year}/{month}/{day}",
                f"{day}.{month}.{year}",
                f"{year}年{month}月{day}日",
            )
        )

    def _time(self) -> str:
        return f"{self.draw.randint(0, 23)}:{self.draw.randint(0, 59):02}"

    def _phone(self) -> str:
        return self.draw.choice(
            (
                f"+81 90-{self._digits(4)}-{self._digits(4)}",
                f"090{self._digits(8)}",
                f"+1 (555) {self._digits(3)}-{self._digits(4)}",
                f"138 {self._digits(4)} {self._digits(4)}",
                f"+9665{self._digits(8)}",
            )
        )

    def _uuid(self) -> str:
        return str(uuid.UUID(bytes=self.draw.randbytes(16)))

    def _bare(self) -> str:
        return self.draw.randbytes(32).hex()

    def _hash(self) -> str:
        return f"0x{self._bare()}"

    def _tx(self) -> str:
        return self.draw.choice((self._bare(), self._hash()))

    def _hex8(self) -> str:
        return self.draw.randbytes(4).hex()

    def _hex16(self) -> str:
        return self.draw.randbytes(8).hex()

    def _hex32(self) -> str:
        return self.draw.randbytes(16).hex()

    def _b64(self) -> str:
        return base64.b64encode(self.draw.randbytes(30)).decode()

    def _xpub(self) -> str:
        return base58check(bytes.fromhex("0488b21e") + self.draw.randbytes(74))

    def _address(self) -> str:
        charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
        return self.draw.choice(
            (
                base58check(b"\0" + self.draw.randbytes(20)),
                base58check(b"\5" + self.draw.randbytes(20)),
                base58check(b"\x41" + self.draw.randbytes(20)),
                "0x" + self.draw.randbytes(20).hex(),
                "bc1q" + "".join(self.draw.choices(charset, k=38)),
                "bc1p" + "".join(self.draw.choices(charset, k=58)),
                "r" + "".join(self.draw.choices(BASE58, k=33)),
                base58(self.draw.randbytes(32)),
            )
        )


def lines(text: str) -> list[str]:
    """The lines of an indented text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def messages(draw: random.Random) -> Iterator[Text]:
    """What people write, each a few times."""
    for language, text in MESSAGES.items():
        for line in lines(text):
            for _ in range(ROUNDS):
                yield Text(language, line.format_map(Slots(draw)))
    for line in lines(ERRORS):
        for _ in range(ROUNDS):
            yield Text("errors", line.format_map(Slots(draw)).replace("\\n", "\n"))


def pasted(draw: random.Random) -> Iterator[Text]:
    """Transactions, links, addresses, numbers."""
    slots = Slots(draw)
    links = (
        "https://etherscan.io/tx/{hash}",
        "https://bscscan.com/tx/{hash}#eventlog",
        "https://mempool.space/ja/tx/{bare}",
        "https://www.blockchain.com/explorer/transactions/btc/{bare}",
        "https://tronscan.org/#/transaction/{bare}",
        "blockchair.com/bitcoin/transaction/{bare}?from=me",
    )
    named = (
        "TXID: {tx}",
        "tx hash {tx}",
        "Transaction ID is {tx}",
        "TXID：{tx}",
        "トランザクションIDは{tx}",
        "ハッシュ値 {tx}",
        "交易哈希：{tx}",
        "交易ID是{tx}",
        "معرف المعاملة: {tx}",
        "هاش المعاملة {tx}",
    )
    for _ in range(120):
        yield Text("hash field", slots["bare"], "hash")
        yield Text("id field", with_check_digit("4" + slots._digits(14)), "id")
        yield Text("id field", slots["uuid"], "id")
        yield Text("addresses", slots["address"])
        yield Text("order numbers", f"order {slots['long']}")
        yield Text("order numbers", slots["number"])
        yield Text("links", draw.choice(links).format_map(slots))
        yield Text("transactions", draw.choice(named).format_map(slots))
        yield Text("transactions", base58(draw.randbytes(64)))  # a signature of Solana
        yield Text("look-alikes", draw.choice("5KLc") + "".join(draw.choices(BASE58, k=51)))
        yield Text("look-alikes", slots["xpub"])
        yield Text("look-alikes", "".join(draw.choices(BASE62.upper(), k=draw.randint(12, 40))))
    for _ in range(60):
        yield Text("numbers", "\n".join(slots["amount"] for _ in range(8)))
        yield Text(
            "numbers", f"{slots['date']} {slots['time']}\n{slots['phone']}\n{slots['amount']}"
        )
        yield Text("addresses", "\n".join(slots["address"] for _ in range(4)))


def articles(root: Path) -> Iterator[Text]:
    """Every paragraph of the site and every translation."""
    for path in sorted((root / "docs").rglob("*.md")):
        for paragraph in re.split(r"\n\s*\n", split(path.read_text("utf-8")).body):
            yield Text("articles", paragraph.strip())
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/messages.po")):
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                yield Text("articles", entry.msgstr)


def texts(root: Path, seed: int = 2) -> list[Text]:
    """All of them, each once."""
    draw = random.Random(seed)
    found = [*messages(draw), *pasted(draw), *articles(root)]
    return list(dict.fromkeys(found))

"""Passwords: which are refused, how they are kept, and how many are hashed at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from renda.errors import RendaError, declare
from renda.services.gates import Gate

declare(
    {
        "account.short": "密码太短:至少要 {least} 个字符。",
        "account.simple": "密码太简单:大写字母、小写字母、数字、其他符号中至少要有 {least} 种。",
        "account.own_login": "密码里不能含有登录名。请换一个。",
        "account.common": "密码太容易猜到:常用的密码、键盘顺序、年份,和单位、姓名的拼音加几个数字,都很容易试出来。"
        "请换一个,例如几个不相干的词连起来。",
    }
)
declare({"sign_in.busy": "现在登录的人很多,这一次没有处理。请过 {seconds} 秒再按一次。"}, status=503)

LEAST_PASSWORD = 8
LEAST_CLASSES = 3
LEAST_SCORE = 3
"""Of zxcvbn's 0 to 4: at least 10^8 guesses. Whoever guesses here is slowed down long before (``throttle``)."""

MOST_ESTIMATED = 64
HABITS = (
    "admin", "admin@123", "admin123", "administrator", "root", "test", "guest", "user", "password", "passw0rd",
    "woaini", "woaini1314", "5201314", "1314520", "520520", "wo1314", "zhongguo", "china", "beijing", "shanghai",
    "renda", "rendachangwei", "renmin", "daibiao", "zhuren", "mishu", "bangongshi", "jiandu", "changweihui", "weiyuan",
    "qwer1234", "qwe123", "1qaz2wsx", "1qaz@wsx", "abc123", "abcd1234", "a123456", "aa123456", "abc@123", "asd123",
    "666666", "888888", "168168", "112233", "123123", "123321", "147258", "123qwe", "iloveyou", "laopo", "baobao",
)  # fmt: skip
"""What people in Chinese offices take first; zxcvbn's own lists come from English and leaked passwords."""


@cache
def _hasher() -> PasswordHasher:
    # OWASP's smaller setting of argon2id (19 MiB, 2 rounds, 1 lane): a whole congress signs in within the minutes
    # before a sitting.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


GATE = Gate("sign_in.busy", 2, 3)
"""Two are hashed at once in a process, three more wait: each takes a processor and 19 MiB."""


def check_password(password: str, login: str = "", known: Sequence[str] = ()) -> None:
    """Refuse a weak password; ``known`` are words that a guesser would take first, such as the district's name.

    GB/T 22239-2019 asks for complexity; eight characters of three kinds is the usual reading in an audit. Classes
    alone let ``Password1`` pass, so zxcvbn estimates how soon it is guessed. Raises ``account.short``,
    ``account.simple``, ``account.own_login`` or ``account.common``.
    """
    if len(password) < LEAST_PASSWORD:
        raise RendaError("account.short", least=LEAST_PASSWORD)
    kinds = {
        "lower" if sign.islower() else "upper" if sign.isupper() else "digit" if sign.isdigit() else "other"
        for sign in password
    }
    if len(kinds) < LEAST_CLASSES:
        raise RendaError("account.simple", least=LEAST_CLASSES)
    if login and login.casefold() in password.casefold():
        raise RendaError("account.own_login")
    # Longer ones take zxcvbn seconds; what stands in the first 64 signs is strong enough, or the rest repeats it.
    estimate = zxcvbn(password[:MOST_ESTIMATED], user_inputs=[*HABITS, login, *known])
    if estimate["score"] < LEAST_SCORE:
        raise RendaError("account.common")


def hashed(password: str, login: str = "", known: Sequence[str] = ()) -> str:
    """The password as it is kept (argon2id); raises what ``check_password`` raises."""
    check_password(password, login, known)
    return unchecked_hash(password)


def unchecked_hash(password: str) -> str:
    """The password as it is kept, however weak: for a demo, and for one that was taken earlier."""
    return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether the password is the one that was kept."""
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether a kept password was hashed with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)

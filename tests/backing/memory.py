"""What a core dump of a running server shows: its memory read as an administrator reads it, and votes looked for in it."""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from renda.sealing import sealed

STRETCH = 65536
NEAR = 8192
"""How far from the marks a cookie may lie to be taken for theirs: a request with its headers is shorter."""


def areas(pid: int) -> Iterator[bytes]:
    """Every readable and writable area of a process's memory."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps.splitlines():
            bounds, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(each, 16) for each in bounds.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                # [vvar] and pages that were given back since the list was made.
                continue


def written(area: bytes) -> Iterator[bytes]:
    """The stretches of an area that were ever written to: most of a stack or an arena never is."""
    start = None
    for at in range(0, len(area), STRETCH):
        if area.count(0, at, at + STRETCH) < min(STRETCH, len(area) - at):
            start = at if start is None else start
        elif start is not None:
            yield area[start:at]
            start = None
    if start is not None:
        yield area[start:]


@dataclass(frozen=True)
class Dump:
    """The memory of some processes at one moment."""

    parts: Sequence[bytes]

    @classmethod
    def of(cls, pids: Sequence[int]) -> "Dump":
        """Read the processes' memory now."""
        return cls([part for pid in pids for area in areas(pid) for part in written(area)])

    def places(self, word: bytes) -> Iterator[tuple[bytes, int]]:
        """Where a word stands."""
        for part in self.parts:
            at = part.find(word)
            while at >= 0:
                yield part, at
                at = part.find(word, at + 1)

    def holds(self, *words: bytes) -> bool:
        """Whether one of the words stands anywhere."""
        return any(word in part for word in words for part in self.parts)

    def linked(self, marks: Mapping[str, str], cookies: Mapping[str, str]) -> dict[str, str]:
        """Voters with marks that lie beside their cookie, and beside nobody else's: the word each is taken to have written."""
        found: dict[str, str] = {}
        for word in marks.values():
            near = {
                voter
                for form in forms_of(word)
                for part, at in self.places(form)
                for voter, cookie in cookies.items()
                if cookie.encode() in part[max(0, at - NEAR) : at + NEAR]
            }
            if len(near) == 1:
                found[near.pop()] = word
        return found


def forms_of(word: str) -> set[bytes]:
    """A word as it stands in a request's body, in JSON, in a form, and in Python's own strings."""
    escaped = json.dumps(word)[1:-1].encode()
    return {
        word.encode(),
        escaped,
        urlencode({"": word})[1:].encode(),
        word.encode("utf-16-le"),
        word.encode("utf-32-le"),
    }


def forms_of_key(private: bytes) -> set[bytes]:
    """A private key as bytes in both orders, as hexadecimal and as base64."""
    return {private, private[::-1], private.hex().encode(), private.hex().upper().encode(), base64.b64encode(private)}


class _Staying(HTTPRedirectHandler):
    """Answers with the redirection itself."""

    def redirect_request(self, *arguments: Any) -> None:
        del arguments


class Browser:
    """Somebody at a running server, with cookies; seals papers as a browser does."""

    def __init__(self, address: str, slug: str) -> None:
        self.address, self.slug, self.jar = address, slug, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        """A page of the district."""
        return self._said(Request(f"{self.address}/{self.slug}{path}"))

    def send(self, path: str, page: str, entries: Mapping[str, str]) -> str:
        """Send a form of ``page`` to ``path``."""
        whole = {"csrf_token": self._token(self.get(page)), **entries}
        return self._said(Request(f"{self.address}/{self.slug}{path}", urlencode(whole).encode()))

    def sign_in(self, login: str, password: str) -> "Browser":
        """Sign in; answers with itself."""
        self.send("/sign-in", "/sign-in", {"login": login, "password": password})
        return self

    @property
    def cookie(self) -> str:
        """What the session's cookie says: the part an administrator finds beside a request."""
        return max((each.value or "" for each in self.jar), key=len)

    def vote(self, ballot: int, paper: Mapping[str, Any], plain: Mapping[str, Any] | None = None) -> str:
        """Hand in a paper, sealed here; or ``plain``, the marks as they are, where that is given."""
        page = self.get("/vote")
        form = re.search(rf'<form[^>]*id="ballot-{ballot}"[^>]*>', page)
        assert form is not None, page
        said = dict(re.findall(r'data-(key|about|bytes)="([^"]*)"', form[0]))
        body: dict[str, Any] = {"submission": re.findall(r'name="_submission" value="([^"]+)"', page)[0]}
        if plain is None:
            text = json.dumps(paper, ensure_ascii=False).encode()
            envelope = sealed(text, base64.b64decode(said["key"]), int(said["bytes"]), said["about"].encode())
            body["envelope"] = base64.b64encode(envelope).decode()
        else:
            body |= plain
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token(page)}
        address = f"{self.address}/{self.slug}/ballots/{ballot}/cast"
        answer: str = json.loads(self._said(Request(address, json.dumps(body).encode(), headers)))["answer"]
        return answer

    def close(self, ballot: int) -> None:
        """Close a ballot as the clerk does, without going on to the page that shows what came of it."""
        path = f"/ballots/{ballot}"
        data = urlencode({"csrf_token": self._token(self.get(path)), "deed": "close"}).encode()
        request = Request(f"{self.address}/{self.slug}{path}", data, {"Referer": self.address})
        try:
            build_opener(HTTPCookieProcessor(self.jar), _Staying).open(request, timeout=120).close()
        except HTTPError as answered:
            answered.close()
            if answered.code != 303:
                raise

    def _said(self, request: Request) -> str:
        request.add_header("Referer", self.address)
        with self._opener.open(request, timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    @staticmethod
    def _token(page: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None, page
        return found[1]

"""A browser and a web server in a thread. A page that asks another host, or whose console complains, fails."""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import make_server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
PHONE = (360, 740)
DESKTOP = (1280, 900)
MISSING = (
    "找不到浏览器:请安装 chromium,或在 RENDA_CHROMIUM 中写明其路径(tools/browser 可代为安装)。\n"
    "No browser found: install chromium, or give its path in RENDA_CHROMIUM (tools/browser can install one)."
)


def chromium() -> str:
    """The path of the browser."""
    for name in (os.environ.get("RENDA_CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise FileNotFoundError(MISSING)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """The browser, for as long as the block runs."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Pages:
    """Opens pages in contexts of their own (their own cookies) and watches what they ask for."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def open(self, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        """A page of the given width and height in pixels; a phone's can be touched."""
        phone = size[0] < 600
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=phone, is_mobile=phone, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
            **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        # Heard and not routed: routing would keep the browser from using its cache. The launch flags reach no other host.
        context.on("request", self._only_here)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def expect_complaint(self, part: str) -> None:
        """Lets complaints of the console through that contain `part`, such as the status of a refusal."""
        self.allowed.append(part)

    def _only_here(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and asked.hostname != "127.0.0.1":
            self.complaints.append(f"asked another host: {request.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def close(self) -> list[str]:
        """Closes all and answers the complaints nobody expected."""
        for context in self.browser.contexts:
            context.close()
        return [text for text in self.complaints if not any(part in text for part in self.allowed)]


def whole(application: Any) -> Any:
    """The application with every answer read to its end and closed before it is sent.

    Werkzeug's server leaves an answer open where the browser has gone away, and the file behind it with it.
    """

    def answered(environ: Any, start: Any) -> list[bytes]:
        parts = application(environ, start)
        try:
            return [b"".join(parts)]
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answered


class Serving:
    """WSGI applications served on free ports of 127.0.0.1, each in a thread."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()

    def __call__(self, application: Any) -> str:
        """Serves the application and answers its address, without a slash at the end."""
        server = make_server("127.0.0.1", 0, whole(application), threaded=True)
        thread = threading.Thread(target=server.serve_forever, name="served", daemon=True)
        thread.start()
        self._stack.callback(thread.join)
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    def close(self) -> None:
        """Stops every server."""
        self._stack.close()

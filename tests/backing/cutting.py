"""A line between a client and a server that breaks: before a request, in the middle of it, or before the answer."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from random import Random


class Line:
    """Listens on a free port and passes bytes on; every second connection is cut after a few of them."""

    def __init__(self, target: int, chance: Random) -> None:
        self.target, self.chance, self.cuts = target, chance, 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            cut = self.chance.choice([None, "request", "answer"])
            at = self.chance.randrange(0, 2000)
            threading.Thread(target=self._pass, args=(near, cut, at), daemon=True).start()

    def _pass(self, near: socket.socket, cut: str | None, at: int) -> None:
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            ways = [(near, far, at if cut == "request" else None), (far, near, at if cut == "answer" else None)]
            both = [threading.Thread(target=self._copy, args=way, daemon=True) for way in ways]
            for way in both:
                way.start()
            for way in both:
                way.join()

    def _copy(self, source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                if limit is not None and passed + len(chunk) > limit:
                    target.sendall(chunk[: limit - passed])
                    self.cuts += 1
                    break
                target.sendall(chunk)
                passed += len(chunk)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stops listening."""
        self._listening.close()


@contextlib.contextmanager
def line_to(port: int, chance: Random) -> Iterator[Line]:
    """A breaking line to a port of this machine."""
    line = Line(port, chance)
    try:
        yield line
    finally:
        line.close()

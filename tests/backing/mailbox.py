"""A server that takes mail and robots' messages, and keeps what it was given."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class Mailbox:
    """Where the server listens, and the letters that came; ``refused``: addresses it does not take."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server of the fewest words (RFC 5321)."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 local")
            while line := self.rfile.readline():
                verb, said = line[:4].upper(), line.decode()
                if verb == b"DATA":
                    self.say("354 go on")
                    letter = b""
                    while (line := self.rfile.readline()) != b".\r\n":
                        letter += line
                    box.letters.append(message_from_bytes(letter, policy=default))
                    self.say("250 taken")
                elif verb == b"RCPT" and any(each in said for each in box.refused):
                    self.say("550 nobody here")
                elif verb == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 well")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        box.port = server.server_address[1]
        yield from _served(server, box)


@contextmanager
def robot_server(answer: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A group's robot that always answers the same: its address, and what it was sent (path, JSON)."""
    got: list[tuple[str, Any]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Robot) as server:
        yield from _served(server, (f"http://127.0.0.1:{server.server_address[1]}/robot?key=1", got))


def _served(server: socketserver.BaseServer, given: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield given
    finally:
        server.shutdown()
        thread.join()

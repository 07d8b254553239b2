"""The guard that keeps the tests on this machine."""

import socket

import pytest


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as other, pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        other.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as mine:
        assert mine.getpeername() == server.getsockname()

"""The ways every installation has: the log, and e-mail where the host says by which server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from renda.reminding import Message

log = logging.getLogger("renda.reminders")

SECONDS = 20


class Log:
    """Into the log of the program that reminds: who, and of how many matters, and no title."""

    code, title, personal = "log", "日志", False

    def send(self, message: Message) -> None:
        """See ``Channel``."""
        log.info("%s: %s %d", message.district, message.to, len(message.lines))


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes mail: ``security`` is ``tls``, ``starttls`` or ``none``; ``user`` empty: no sign-in."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""


class Mail:
    """By e-mail, each message to one account alone."""

    code, title, personal = "mail", "电子邮件", True

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings

    def send(self, message: Message) -> None:
        """See ``Channel``."""
        letter = EmailMessage(policy=SMTP)
        letter["Subject"], letter["From"], letter["To"] = message.title, self.settings.sender, message.address
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content("\n".join(message.lines) + "\n")
        with self._server() as server:
            if self.settings.user:
                server.login(self.settings.user, self.settings.password)
            server.send_message(letter)

    def _server(self) -> smtplib.SMTP:
        own = self.settings
        if own.security == "tls":
            return smtplib.SMTP_SSL(own.host, own.port, timeout=SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(own.host, own.port, timeout=SECONDS)
        if own.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        return server

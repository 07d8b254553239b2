"""Reminders of what is due: who is told of what, once for each matter and stage, and by which way.

``renda remind`` asks for them, from the host's timer.
"""

from __future__ import annotations

from renda.services.reminders.channels import Log, Mail, MailSettings
from renda.services.reminders.contacts import contacts_of, keep_contact
from renda.services.reminders.sending import Sent, remind
from renda.services.reminders.wording import Due, message_of

__all__ = ["Due", "Log", "Mail", "MailSettings", "Sent", "contacts_of", "keep_contact", "message_of", "remind"]

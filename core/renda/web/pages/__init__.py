"""The pages, one module for each part of the site."""

from renda.web.pages import acting, home, matter, matters, notices, people, practices, record, sheets, sign_in
from renda.web.pages.front import front
from renda.web.pages.host import host

__all__ = [
    "acting",
    "front",
    "home",
    "host",
    "matter",
    "matters",
    "notices",
    "people",
    "practices",
    "record",
    "sheets",
    "sign_in",
]

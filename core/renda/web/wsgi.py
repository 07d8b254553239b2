"""What the server loads in each of its processes: the application of the installation in the environment."""

from __future__ import annotations

import sys
from functools import partial

from renda import logs
from renda.services import anchors
from renda.services.ballots import apart
from renda.settings import anchor_file, ballot_keys, installation, secret_key, settings_from, signer
from renda.web.app import create_app

KEY_PROCESS = (sys.executable, "-m", "renda.cli.key_process")

settings = settings_from()
logs.configure(settings.log_level, settings.log_format)
here = installation(settings)
app = create_app(
    here,
    secret_key=secret_key(settings),
    keys=ballot_keys(settings),
    key_work=apart(KEY_PROCESS),
    server_sealing=settings.server_sealing,
    secure_cookies=settings.public_https,
    trusted_proxies=settings.proxies,
    lifetime=settings.lifetime,
)
app.extensions["renda_signer"] = signer(settings)
app.extensions["renda_anchor"] = partial(
    anchors.append, here, signer(settings), anchor_file(settings), news_of=[anchors.AUDIT]
)

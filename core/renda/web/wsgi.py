"""What the server loads in each of its processes: the application of the installation in the environment."""

from __future__ import annotations

from renda.settings import ballot_keys, installation, secret_key, settings_from, signer
from renda.web.app import create_app

settings = settings_from()
app = create_app(
    installation(settings),
    secret_key=secret_key(settings),
    keys=ballot_keys(settings),
    secure_cookies=settings.public_https,
    trusted_proxies=settings.proxies,
    lifetime=settings.lifetime,
)
app.extensions["renda_signer"] = signer(settings)

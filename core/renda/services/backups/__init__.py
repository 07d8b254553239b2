"""Backups of an installation and the way back: database, secret, signing key, districts, with rows counted and digests.

No key of an open ballot is ever in one. See ``docs/hosting.md`` and ``docs/adr/0150``.
"""

from __future__ import annotations

from renda.services.backups.create import Backup, create
from renda.services.backups.manifest import Manifest, OpenSealed, read_manifest
from renda.services.backups.places import Places
from renda.services.backups.restore import Restored, restore

__all__ = ["Backup", "Manifest", "OpenSealed", "Places", "Restored", "create", "read_manifest", "restore"]

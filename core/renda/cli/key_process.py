"""The process in which a server's work with ballot keys is done: one task on its input, one answer on its output.

It can be neither dumped nor traced by other programs of its account, is not swapped where the host allows it, and ends with
its task: what it opened is gone with it.
"""

from __future__ import annotations

import ctypes
import resource
import sys

from renda.services import upgrades
from renda.services.ballots.key_work import answered, done
from renda.settings import ballot_keys, installation, settings_from

_SET_DUMPABLE, _LOCK_NOW_AND_LATER = 4, 3


def harden() -> None:
    """No core dump, no reading of this process's memory, no page of it in the swap."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        system = ctypes.CDLL(None)
        system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
        # With a limit, the first page beyond it would fail and the count with it.
        if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
            system.mlockall(_LOCK_NOW_AND_LATER)
    except (AttributeError, OSError):
        # Not Linux: the process still ends with its task.
        return


def main() -> None:
    """Do the one task."""
    harden()
    settings = settings_from()
    upgrades.check(settings.database_url)
    here = installation(settings)
    try:
        said = answered(sys.stdin.buffer.read(), lambda task: done(here, ballot_keys(settings), task))
    finally:
        here.store.close()
    sys.stdout.write(said)


if __name__ == "__main__":
    main()

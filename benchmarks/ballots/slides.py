"""OpenSlides 3.3 as it is installed from PyPI: 500 people vote on a motion by its own API, in secret.

It runs under Python 3.8 with two daphne processes, Redis and the same PostgreSQL server; what is missing on
the machine is told and no figure is made up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import textwrap
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from backing.postgres import OWNER, Server
from benchmarks.ballots.load import Post, wait_for

PORTS = (48_741, 48_742)
REDIS = 48_743
PINNED = ("typing_extensions==4.7.1",)

SETTINGS = """
    from openslides.global_settings import *
    OPENSLIDES_USER_DATA_DIR = {folder!r}
    SECRET_KEY = "benchmark"
    DEBUG = False
    ALLOWED_HOSTS = ["*"]
    ENABLE_ELECTRONIC_VOTING = True
    DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": {database!r},
                             "USER": {user!r}, "HOST": {host!r}, "PORT": ""}}}}
    CHANNEL_LAYERS = {{"default": {{"BACKEND": "channels_redis.core.RedisChannelLayer",
                                   "CONFIG": {{"hosts": [("127.0.0.1", {redis})], "capacity": 100000}}}}}}
    REDIS_ADDRESS = "redis://127.0.0.1:{redis}"
    AMOUNT_REPLICAS = 1
    SESSION_ENGINE = "redis_sessions.session"
    SESSION_REDIS = {{"host": "127.0.0.1", "port": {redis}, "db": 1, "prefix": "session", "socket_timeout": 2}}
    STATICFILES_DIRS = []
    STATIC_ROOT = {folder!r}
    MEDIA_ROOT = {folder!r}
    TIME_ZONE = "UTC"
"""

SET_UP = """
    import django, importlib, json, os, sys
    django.setup()
    from django.core.management import call_command
    if sys.argv[1] == "migrate":
        call_command("migrate", verbosity=0)
        sys.exit()
    from openslides.utils.startup import run_startup_hooks
    run_startup_hooks()
    from django.conf import settings
    from django.contrib.auth import get_user_model, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
    from openslides.users.models import Group
    from openslides.motions.models import Motion, MotionPoll
    group = Group.objects.get(pk=2) if Group.objects.filter(pk=2).exists() else Group.objects.first()
    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore
    motion = Motion(title="motion", text="text")
    motion.save(skip_autoupdate=True)
    poll = MotionPoll.objects.create(motion=motion, title="poll", type=MotionPoll.TYPE_PSEUDOANONYMOUS, pollmethod="YNA",
                                     state=MotionPoll.STATE_STARTED)
    poll.groups.add(group)
    poll.create_options()
    keys = []
    for number in range(int(sys.argv[1])):
        user = get_user_model()(username="u%d" % number, is_present=True, default_password="x")
        user.set_unusable_password()
        user.save(skip_autoupdate=True)
        user.groups.add(group)
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    print(json.dumps({"poll": poll.pk, "sessions": keys}))
"""


class MissingError(Exception):
    """What the comparator needs and the machine has not."""


def installed(box: Path) -> Path:
    """A Python 3.8 with OpenSlides; raises ``MissingError`` naming what cannot be had."""
    known = os.environ.get("RENDA_OPENSLIDES")
    if known:
        return Path(known)
    candidates = [shutil.which("python3.8"), *map(str, Path.home().glob(".pyenv/versions/3.8.*/bin/python"))]
    python = next((each for each in candidates if each), None)
    if python is None:
        raise MissingError("Python 3.8")
    if shutil.which("redis-server") is None:
        raise MissingError("redis-server")
    venv = box / "openslides"
    pip = [venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check"]
    steps: list[list[Any]] = [
        [python, "-m", "venv", venv],
        [*pip, "openslides==3.3", "psycopg2-binary==2.8.6", "django-redis-sessions", "channels-redis<3"],
        [*pip, "--no-deps", *PINNED],
    ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            raise MissingError(f"openslides 3.3: {done.stderr.strip().splitlines()[-1][:120]}")
    return venv / "bin/python"


@contextmanager
def serving(server: Server, box: Path, voters: int) -> Iterator[list[tuple[int, Post]]]:
    """OpenSlides with an open poll; one request for each voter, with the port it goes to."""
    python = installed(box)
    folder = box / "slides"
    folder.mkdir(parents=True, exist_ok=True)
    values = {
        "folder": str(folder),
        "database": server.create(),
        "user": OWNER,
        "host": str(server.folder),
        "redis": REDIS,
    }
    (folder / "bench_settings.py").write_text(textwrap.dedent(SETTINGS).format(**values), "utf-8")
    (folder / "set_up.py").write_text(textwrap.dedent(SET_UP), "utf-8")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": str(folder)}
    environment.pop("VIRTUAL_ENV", None)
    with ExitStack() as stack:
        redis = ["redis-server", "--port", str(REDIS), "--save", "", "--appendonly", "no", "--dir", str(folder)]
        _started(stack, redis, environment, folder)
        wait_for(REDIS)
        # What it keeps in Redis is made from the database as it finds it: it is made to forget after each step.
        _told([python, "set_up.py", "migrate"], environment, folder)
        forget = ["redis-cli", "-p", str(REDIS), "-n", "0", "flushdb"]
        _told(forget, environment, folder)
        told = _told([python, "set_up.py", str(voters)], environment, folder)
        _told(forget, environment, folder)
        made = json.loads(told.splitlines()[-1])
        for port in PORTS:
            daphne = [python.with_name("daphne"), "-b", "127.0.0.1", "-p", str(port), "openslides.asgi:application"]
            _started(stack, daphne, environment, folder)
        for port in PORTS:
            wait_for(port)
        time.sleep(3)
        yield [(PORTS[place % len(PORTS)], _vote(made["poll"], key)) for place, key in enumerate(made["sessions"])]


def _vote(poll: int, key: str) -> Post:
    token = "c" * 64
    headers = {"Cookie": f"OpenSlidesSessionID={key}; OpenSlidesCsrfToken={token}", "X-CSRFToken": token}
    return Post(f"/rest/motions/motion-poll/{poll}/vote/", headers, json.dumps({"data": "Y"}).encode())


def _told(command: list[Any], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"openslides 3.3: {done.stderr.strip().splitlines()[-1][:200]}")
    return done.stdout


def _started(stack: ExitStack, command: list[Any], environment: dict[str, str], folder: Path) -> None:
    log = stack.enter_context((folder / f"{Path(str(command[0])).name}.log").open("ab"))
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    stack.callback(process.wait, 20)
    stack.callback(process.terminate)

import importlib
import os
import sys
from pathlib import Path

import pytest

from backing.databases import Database
from renda.errors import RendaError
from renda.settings import ballot_keys, installation, owner_address, secret_key, settings_from


def test_without_an_environment_the_database_lies_beside_the_code() -> None:
    settings = settings_from({})
    assert settings.embedded
    assert settings.database_url.endswith("/var/renda.sqlite3")
    assert settings.secret_file.parts[-2:] == ("var", "secret")
    assert (settings.port, settings.public_https, settings.proxies) == (8000, False, 0)


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = settings_from({"RENDA_DATABASE_URL": f"sqlite:///{tmp_path / 'deep' / 'x.sqlite3'}"})
    first = secret_key(settings)
    assert len(first) == 64
    assert settings.secret_file == tmp_path / "deep" / "secret"
    settings.secret_file.chmod(0o644)
    assert secret_key(settings) == first
    assert settings.secret_file.stat().st_mode & 0o777 == 0o600


def test_the_keys_of_open_ballots_lie_in_a_folder_for_their_owner_alone(tmp_path: Path) -> None:
    settings = settings_from({"RENDA_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"})
    assert settings.key_folder == tmp_path / "keys"
    settings.key_folder.mkdir(mode=0o755)
    ballot_keys(settings).keep("1-1", b"secret")
    assert settings.key_folder.stat().st_mode & 0o777 == 0o700
    assert (settings.key_folder / "1-1").stat().st_mode & 0o777 == 0o600
    elsewhere = settings_from({"RENDA_KEY_FOLDER": str(tmp_path / "elsewhere")})
    assert elsewhere.key_folder == tmp_path / "elsewhere"


def test_the_folder_of_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    settings = settings_from(
        {"RENDA_DATABASE_URL": f"sqlite:///{folder / 'x.sqlite3'}", "RENDA_DISTRICTS": str(tmp_path)}
    )
    installation(settings).store.close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_application_must_not_own_the_tables_of_postgresql() -> None:
    settings = settings_from({"RENDA_DATABASE_URL": "postgresql+psycopg://renda_app@/renda"})
    assert settings.app_role == "renda_app"
    with pytest.raises(RendaError) as caught:
        owner_address(settings)
    assert caught.value.message == (
        "PostgreSQL 上升级结构须用表的所有者:请在 RENDA_OWNER_URL 写明它的地址,"
        "它的角色不能与 RENDA_DATABASE_URL 的相同(现为“renda_app”)。"
    )


def test_the_server_loads_the_installation_of_the_environment(
    sqlite_database: Database, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("RENDA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RENDA_DATABASE_URL", sqlite_database.app_url)
    monkeypatch.setenv("RENDA_DISTRICTS", str(folder))
    monkeypatch.setenv("RENDA_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("RENDA_PUBLIC_HTTPS", "1")
    # Another test may have loaded it already, for another environment.
    monkeypatch.delitem(sys.modules, "renda.web.wsgi", raising=False)
    app = importlib.import_module("renda.web.wsgi").app
    assert app.test_client().get("/").status_code == 200
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.secret_key == (tmp_path / "secret").read_text("utf-8")
    app.extensions["renda"].store.close()

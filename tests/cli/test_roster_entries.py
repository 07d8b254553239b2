"""What an operator changes beside matters is in the audit log, with old and new values and without passwords."""

import json

from sqlalchemy import text

from backing.databases import Database
from backing.owner import by_the_owner
from backing.terminal import Terminal


def entries(database: Database, action: str) -> list[dict[str, object]]:
    with by_the_owner(database) as connection:
        query = text("SELECT entries FROM event WHERE action = :action ORDER BY number")
        found = connection.execute(query, {"action": action}).scalars().all()
    return [json.loads(each) if isinstance(each, str) else each for each in found]


def test_accounts_and_tokens_are_entered_with_old_and_new(either_terminal: Terminal, database_url: Database) -> None:
    either_terminal.said("demo", "--prepare-only")
    secret = "Lugu-Hexi-93-tian\n" * 2
    either_terminal.said("account", "add", "jia", "neu", "--name", "新人", "--role", "clerk", input=secret)
    either_terminal.said("account", "disable", "jia", "neu")
    either_terminal.said("account", "password", "jia", "neu", input="Shanxi-Dongan-48-he\n" * 2)
    made, disabled = (each["changes"] for each in entries(database_url, "accounts"))
    assert isinstance(made, list)
    assert isinstance(disabled, list)
    assert (made[0]["table"], made[0]["old"], made[0]["new"]["roles"]) == ("account", None, '["clerk"]')
    assert (disabled[0]["old"], disabled[0]["new"]) == ({"disabled": False}, {"disabled": True})
    either_terminal.said("token", "add", "jia", "neu", "--label", "试用")
    number = either_terminal.said("token", "list", "jia").splitlines()[-1].split()[0]
    either_terminal.said("token", "revoke", "jia", number)
    issued, revoked = (each["changes"] for each in entries(database_url, "tokens"))
    assert isinstance(issued, list)
    assert isinstance(revoked, list)
    assert issued[0]["new"]["label"] == "试用"
    assert (revoked[0]["old"], revoked[0]["new"]) == ({"revoked": False}, {"revoked": True})
    everything = json.dumps([entries(database_url, each) for each in ("accounts", "tokens")])
    assert "argon2" not in everything
    assert "digest" not in everything
    with by_the_owner(database_url) as connection:
        reset = connection.execute(text("SELECT subject FROM security_entry WHERE kind = 'password.reset'"))
        assert reset.scalars().all() == ["neu"]
    assert "没有发现错误。" in either_terminal.said("check", "jia")


def test_files_that_changed_are_entered_when_they_are_synced(either_terminal: Terminal, database_url: Database) -> None:
    either_terminal.said("demo", "--prepare-only")
    either_terminal.said("districts", "sync")
    either_terminal.said("districts", "sync")
    (first,) = entries(database_url, "rules")
    assert first["before"] is None
    # A version that nothing has begun under yet may be added.
    file = either_terminal.districts / "jia" / "zz_faulty.toml"
    file.write_text(file.read_text("utf-8") + '\n[[version]]\neffective = 2030-01-01\nsource = "新"\n', "utf-8")
    either_terminal.said("districts", "sync")
    _, second = entries(database_url, "rules")
    assert second["before"] == first["versions"]
    assert "2030-01-01" in json.dumps(second["versions"])

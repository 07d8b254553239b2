"""The memory of a running server right after a close, as its administrator reads it: marks beside cookies, and the key."""

from collections.abc import Iterator

from backing.memory import Browser, Dump, forms_of, forms_of_key
from renda.services import ballots
from renda.services.ballots.keys import name_of
from renda.services.demonstration import PASSWORD
from tools.attack.subtotal import CLERK, voters_of
from tools.attack.target import Result, Target

RULE = {"seats": 1, "write_in": "always"}


def attack(target: Target) -> Iterator[Result]:
    """In each district members write in a name each, sealed as browsers do; the clerk closes; memory is read at once."""
    voters = linked = written = keys_found = closed = 0
    with target.serving() as server, target.installation() as installation:
        for slug in installation.rulebooks.slugs():
            with installation.reading(slug) as desk:
                people = voters_of(desk)
            if len(people) < 2:
                continue
            keys = ballots.FolderKeys(target.folder / "keys")
            with installation.writing(slug) as desk:
                subject = [ballots.Subject("候选人甲")]
                question = ballots.Question("试验选举", "election", RULE, subject, len(people), display="delayed")
                number = ballots.prepare(desk, CLERK, question)
                ballots.open_ballot(desk, CLERK, number, keys=keys, present=[person for _, person in people])
                name = name_of(ballots.find(desk, number))
            private = keys.read(name) or b""
            words, cookies = {}, {}
            for login, person in people:
                browser = Browser(server.address, slug).sign_in(login, PASSWORD)
                words[login] = f"另选{slug}{person}"
                browser.vote(number, {"marks": {"1": "no"}, "written": [words[login]]})
                cookies[login] = browser.cookie
            clerk = Browser(server.address, slug).sign_in("clerk", PASSWORD)
            clerk.close(number)
            seen = Dump.of(server.pids)
            closed += 1
            voters += len(people)
            linked += len(seen.linked(words, cookies))
            written += sum(seen.holds(*forms_of(word)) for word in words.values())
            keys_found += seen.holds(*forms_of_key(private))
    yield Result("dump", "voters linked to marks in memory after the close", voters, linked)
    yield Result("dump", "marks in memory after the close", voters, written)
    yield Result("dump", "private key in memory after the close", closed, keys_found)

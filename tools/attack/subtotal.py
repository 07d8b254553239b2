"""One member votes on paper, seen by the whole hall: the parts of the result, looked for in everything that is kept."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select, text

from backing.postgres import OWNER
from renda.matter import Actor, Party
from renda.model import AccountRow, PersonRow
from renda.services import ballots
from renda.services.desk import Desk, Installation
from renda.services.secrecy import Box, parts
from renda.store import make_engine
from tools.attack.target import Result, Target

CLERK, OTHER = Actor(901, "甲", frozenset({"clerk"})), Actor(902, "乙", frozenset({"clerk"}))
VOTERS = 6


def voters_of(desk: Desk) -> Sequence[tuple[str, int]]:
    """The first members with an account of their own: login and person."""
    query = (
        select(AccountRow.login, AccountRow.person_id)
        .join(PersonRow, PersonRow.id == AccountRow.person_id)
        .order_by(AccountRow.person_id)
    )
    return [(login, person) for login, person in desk.session.execute(query) if person is not None][:VOTERS]


def attack(target: Target) -> Iterator[Result]:
    """In each district, all but one vote no electronically and one votes yes on paper; the difference is looked for."""
    attempted = succeeded = people = 0
    with target.installation() as installation:
        for slug in installation.rulebooks.slugs():
            with installation.reading(slug) as desk:
                present = [person for _, person in voters_of(desk)]
            if len(present) < 2:
                continue
            number = _counted(installation, slug, present, ballots.FolderKeys(target.folder / "keys"))
            attempted += 1
            engine = make_engine(target.owner_url.replace(f"{OWNER}@", "postgres@"))
            with engine.connect() as connection:
                if target.server is not None:
                    own = {"district": str(installation.district_id(slug))}
                    connection.execute(text("select set_config('app.district', :district, true)"), own)
                box = Box(connection, number)
                succeeded += bool(parts.votes_of_those_seen(box, present[:1]))
                people += len(parts.people_on_paper(box)) + parts.counters_sheets(box)
            engine.dispose()
    yield Result("subtotal", "the mark of the one who voted on paper", attempted, succeeded)
    yield Result("subtotal", "who had a paper, and the counters' sheets", attempted, people)


def _counted(installation: Installation, slug: str, present: Sequence[int], keys: ballots.FolderKeys) -> int:
    with installation.writing(slug) as desk:
        question = ballots.Question("关于试验的决议", "motion", {}, [ballots.Subject("决议")], len(present))
        number = ballots.prepare(desk, CLERK, question)
        ballots.open_ballot(desk, CLERK, number, keys=keys, present=present)
        ballots.hand_paper(desk, CLERK, number, present[0])
        for person in present[1:]:
            voter = Actor(None, "", frozenset({"member"}), Party("person", person))
            ballots.cast(desk, voter, number, ballots.seal(desk, number, {"marks": {"1": ["no"]}}))
        ballots.stop(desk, CLERK, number)
        for counter in (CLERK, OTHER):
            ballots.enter_count(desk, counter, number, {"returned": 1, "rows": {"1": {"marks": {"yes": 1}}}})
        ballots.close(desk, CLERK, number, keys=keys)
        ballots.publish(desk, CLERK, number)
    return number

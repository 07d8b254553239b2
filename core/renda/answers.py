"""What a practice answers with. Frozen: an answer is said once and applied by the core, by nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from renda.deadlines import Dated
from renda.explain import Explained
from renda.matter import Party


@dataclass(frozen=True, slots=True)
class Opening:
    """A matter to open inside the one that acts: its kind and what its opening form holds."""

    kind: str
    entries: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is attached to a document (附件): paragraphs, a table of ``columns`` and ``rows`` of text, or both."""

    title: str
    paragraphs: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to issue: its kind (报告, 函, 通报, 交办单…), title, paragraphs and recipients.

    ``to`` are the main recipients (主送), ``copies`` those who get a copy (抄送), by name. ``issuer`` is who
    issues it where it is not the standing committee: a department that replies.
    """

    genre: str
    title: str
    paragraphs: Sequence[str]
    to: Sequence[str] = ()
    copies: Sequence[str] = ()
    public: bool = False
    attachments: Sequence[Attachment] = ()
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class BallotSubject:
    """One line of a ballot's sheet, and the matter or the person it is about, by number.

    The owner of the matter is asked ``ballot_closed`` when the ballot is counted, or released where display is delayed.
    """

    label: str
    matter: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote to be taken: prepared at once, opened, closed and published by the office in a sitting.

    ``bench``: measurement, motion, selection, election or questionnaire; ``rule``: the table of the
    district's parameters that says how papers are counted; ``electorate``: ``member`` or ``deputy``, all of
    them being the base, or ``invited``, where all are those who came; ``secrecy``: ``secret`` or ``named``;
    ``display``: whether figures are shown at once (``direct``) or when they are released (``delayed``).
    """

    question: str
    bench: str
    rule: Mapping[str, Any]
    subjects: Sequence[BallotSubject]
    electorate: str = "member"
    secrecy: str = "secret"
    display: str = "direct"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a questionnaire: its code, what is asked, and what may be answered.

    ``sort``: ``score``, one of ``scale``, which maps what people read to points; ``choice``, one of ``options``;
    ``idea``, a text of at most 300 characters, and one of ``options`` where there are any. ``required``: who answers
    has to answer it. ``splits``: the scores are also told for each option of this choice.
    """

    code: str
    text: str
    sort: str = "score"
    scale: Mapping[str, int | Decimal] = field(default_factory=dict)
    options: Sequence[str] = ()
    required: bool = True
    splits: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions to citizens, answered at a public address without signing in; who answered is nowhere kept.

    Prepared at once, opened and counted by the office; ``since`` (the day of the action where None) and ``until`` are
    the first and the last day on which answers are taken. ``admission``: ``open``, one answer for each browser, or
    ``codes``, one for each code given out. ``fewest``: of fewer answers nothing is told, and smaller groups are put
    together. ``closing``: the system's action its matter takes when it is counted; its form gets, of
    ``questionnaire``, ``answered``, ``figures`` and ``ideas``, what it has entries for. ``public``: whether everybody
    may read what was counted.
    """

    title: str
    questions: Sequence[Question]
    until: date
    since: date | None = None
    about: str = ""
    admission: str = "open"
    fewest: int = 5
    closing: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post somebody holds from the day of the action on: person and organ by number, the post as people call it.

    ``head``: the post leads the organ; ``decision``: what appointed the person, as the roster shows it.
    ``ends``: the person holds the post already and leaves it; the day of the action is the last in it.
    """

    person: int
    organ: int
    post: str
    head: bool = False
    decision: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What an action brings about beside keeping its form.

    Entries of the payload (``None`` clears one), the state where several are possible, matters opened
    inside, documents issued, ballots and questionnaires asked for, appointments begun or ended in the roster.
    """

    payload: Mapping[str, Any] = field(default_factory=dict)
    then: str | None = None
    opens: Sequence[Opening] = ()
    papers: Sequence[Paper] = ()
    ballots: Sequence[Ballot] = ()
    questionnaires: Sequence[Questionnaire] = ()
    appoints: Sequence[Appointment] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """An action that follows from another practice's event, taken by the system in the same transaction.

    ``matter`` is the number of the matter to act on, or None to open one with the action.
    """

    action: str
    entries: Mapping[str, Any]
    matter: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due, with the reasons for that day."""

    label: str
    due: Dated
    action: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, told to the other practices.

    A code such as ``suggestion.dissatisfied``, whom it is about, when, a sentence, its number and its matter if it has
    them. ``about``: what else it is about, such as the project; who counts facts in a row counts them for each.
    """

    code: str
    subject: Party
    day: date
    text: str
    number: Explained | None = None
    matter: int | None = None
    about: Party | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu: what it is called and the path below the district's address."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's or organ's page: a day, a sentence, the matter it leads to."""

    day: date
    text: str
    matter: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page of an official, a deputy or an organ."""

    title: str
    entries: Sequence[Entry] = ()
    figures: Sequence[Explained] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that may be published or printed, with the figures that sum it up.

    ``rows`` hold texts, numbers, dates or ``Explained``; ``chart`` names the columns (label, value) of a picture.
    ``tiles`` draws each row as a tile with a bar: the columns of (name, group, whole, parts of the bar…), in the order
    of the rows. ``public``: everybody may read it, whatever they may see of its matters; ``public_reason`` says why.
    """

    code: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    figures: Sequence[Explained] = ()
    chart: tuple[int, int] | None = None
    public: bool = False
    tiles: tuple[int, ...] | None = None
    public_reason: str = ""

    def __post_init__(self) -> None:
        if self.public and not self.public_reason:
            raise ValueError(f"report {self.code}: public without a public_reason")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something ``renda check`` found: what is wrong, where, and what to do."""

    text: str
    where: str = ""

"""Steps about what a ballot decided: outcomes, figures, publication, the round that follows."""

from __future__ import annotations

from pytest_bdd import step, then

from renda.errors import RendaError
from renda.services import ballots
from renda.services.ballots.wording import outcome_of
from renda.services.imports.counts import MARKS
from renda.testing.factories import World
from renda.testing.references import somebody
from renda.testing.sentences import Sentence
from renda.testing.steps.ballots import Hall, codes_of, tried
from renda.testing.steps.deeds import Refusals


def _line(world: World, hall: Hall, subject: str) -> ballots.Line:
    closed = _closed(world, hall)
    found = next((line for line in closed.lines if line.label == subject), None)
    if found is None:
        raise RendaError("test.no_subject", name=subject, known="、".join(line.label for line in closed.lines))
    return found


def _closed(world: World, hall: Hall) -> ballots.Closed:
    with world.reading() as desk:
        return ballots.closed(desk, ballots.find(desk, hall.ballot()))


@step(
    Sentence(
        "{who:who}宣布表决结果",
        "延时显示的表决计票后由主持人宣布,这时事项才转入结果所定的状态;直接显示的计票时已宣布",
        "当 主任会议 宣布表决结果",
    )
)
def releases(world: World, hall: Hall, refusals: Refusals, who: str) -> None:
    """Publish the ballot that was counted last."""
    refusals.last = None
    actor = somebody(world, who)

    def deed() -> None:
        with world.writing() as desk:
            ballots.publish(desk, actor, hall.ballot())

    tried(refusals, deed)


@step(
    Sentence(
        '{who:who}决定不公布表决结果,理由"{reason}"',
        "结果不公布;延时显示的表决,事项这时转入结果所定的状态",
        '当 主任会议 决定不公布表决结果,理由"单位民主测评不公布"',
    )
)
def withholds(world: World, hall: Hall, refusals: Refusals, *, who: str, reason: str) -> None:
    """Withhold the figures of the ballot that was counted last."""
    refusals.last = None
    actor = somebody(world, who)

    def deed() -> None:
        with world.writing() as desk:
            ballots.withhold(desk, actor, hall.ballot(), reason)

    tried(refusals, deed)


@then(
    Sentence(
        '"{subject}"的表决结果是"{outcome}"',
        "票上一项的结论,与页面、会议记录同一用词:通过、未通过、入选、未入选、当选、票数相同,须再次投票、表决无效,或测评的等次",
        '那么 "主任乙"的表决结果是"满意"',
    )
)
def outcome_is(world: World, hall: Hall, subject: str, outcome: str) -> None:
    """What was decided about one line of the sheet."""
    said = outcome_of(_closed(world, hall).bench, _line(world, hall, subject).outcome)
    assert said == outcome, f"“{subject}”的表决结果是“{said}”。"


@then(Sentence('"{subject}"得"{mark}"{n:int}票', "测评或表决中一项得某种票的张数", '那么 "主任乙"得"满意"20票'))
def got_marks(world: World, hall: Hall, *, subject: str, mark: str, n: int) -> None:
    """How many papers say this about one line."""
    figures = _line(world, hall, subject).figures
    found = {**figures.get("counts", {}), **figures}.get(MARKS.get(mark, mark))
    assert found == n, f"“{subject}”得“{mark}”{found}票。"


@then(Sentence('"{subject}"得{n:int}票', "票决中一项的票数", '那么 "道路改造"得198票'))
def got_votes(world: World, hall: Hall, subject: str, n: int) -> None:
    """How many votes a candidate has."""
    found = _line(world, hall, subject).figures["votes"]
    assert found == n, f"“{subject}”得{found}票。"


@then(Sentence("表决发出{n:int}票,收回{m:int}票", "发出和收回的票数", "那么 表决发出213票,收回213票"))
def papers_are(world: World, hall: Hall, n: int, m: int) -> None:
    """Papers issued and returned."""
    turnout = _closed(world, hall).turnout
    found = (turnout["issued"], turnout["returned"])
    assert found == (n, m), f"发出{found[0]}票,收回{found[1]}票。"


@then(Sentence("表决结果已公布", "计票后结果已当场公布", "那么 表决结果已公布"))
def is_published(world: World, hall: Hall) -> None:
    """The figures are public."""
    with world.reading() as desk:
        assert ballots.published(desk, hall.ballot()) is not None, "表决结果没有公布。"


@then(Sentence('须再次投票的是"{names}"', "下一轮的候选,用顿号分开", '那么 须再次投票的是"项目13、项目14"'))
def tied_are(world: World, hall: Hall, names: str) -> None:
    """Who stands in the round that has to follow."""
    following = _closed(world, hall).following
    assert following is not None, "不需要再次投票。"
    with world.reading() as desk:
        labels = {code: label for label, code in codes_of(desk, hall.ballot()).items()}
    found = "、".join(labels.get(code, code) for code in following["candidates"])
    assert found == names, f"须再次投票的是“{found}”。"

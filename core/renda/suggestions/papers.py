"""The documents of a suggestion: what is handed over, refused, replied, urged. The wording is ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda.answers import Paper
from renda.matter import Matter


def day_text(day: date | None) -> str:
    """A day as documents write it: 2020年3月1日."""
    return "另行通知" if day is None else f"{day.year}年{day.month}月{day.day}日"


def deputies(matter: Matter, joint_reply: str) -> list[str]:
    """Who gets what is said to the deputies.

    The lead and those whose suggestions were merged always do; the co-signers where the district replies to
    each signer.
    """
    relations = ["proposer", "joint-proposer", *(["co-signer"] if joint_reply == "each_signer" else [])]
    return [f"{party.name}代表" for relation in relations for party in matter.parties.get(relation, ())]


def refusal(params: Any, matter: Matter, ground: Mapping[str, Any], note: str) -> Paper:
    """To the deputies: not taken up, why, and by which provision."""
    return Paper(
        "不予受理通知",
        f"关于代表建议“{matter.title}”不予受理的通知",
        [
            f"您提出的建议“{matter.title}”收悉。经审查,该件属于“{ground['label']}”的情形,不作为代表建议受理。",
            f"依据:{ground['source']}。",
            f"说明:{note}",
            f"{params.office}",
        ],
        to=deputies(matter, "each_signer"),
    )


def assignment(params: Any, matter: Matter, organ: str, part: str, reply_by: date | None) -> Paper:
    """To an organ: what it has to handle, in which part, until when."""
    task = f"请于{day_text(reply_by)}前书面答复代表" if part != "会办" else "请按期向主办单位提出会办意见"
    return Paper(
        "交办单",
        f"代表建议“{matter.title}”交办单",
        [
            f"现将第{matter.id}号代表建议“{matter.title}”交由你单位{part}。{task}。",
            f"事由:{matter.payload['facts']}",
            f"具体建议:{matter.payload['wanted']}",
            "认为不属于本单位职责的,请在规定期限内书面申请退回并说明理由,逾期不再受理。",
            f"{params.office}",
        ],
        to=[organ],
    )


def reply(params: Any, suggestion: Matter, organ: str, entries: Mapping[str, Any], label: str) -> Paper:
    """The organ's reply to the deputies, the class of the result first."""
    promised = (
        [f"承诺事项:{entries['commitment']}({entries['commitment_year']}年底前完成)。"]
        if entries.get("commitment")
        else []
    )
    return Paper(
        "答复函",
        f"{organ}关于代表建议“{suggestion.title}”的答复",
        [
            f"办理结果:{entries['result_class']}类({label})。",
            f"您提出的第{suggestion.id}号建议“{suggestion.title}”收悉。现答复如下:",
            entries["reply_text"],
            *promised,
            f"签发:{entries['signed_by']}",
        ],
        to=deputies(suggestion, params.joint_reply),
        copies=[params.office],
        issuer=organ,
        public=bool(suggestion.payload.get("public")) and not suggestion.payload.get("secret"),
    )


def second_reply(params: Any, suggestion: Matter, organ: str, entries: Mapping[str, Any]) -> Paper:
    """The reply after handling again."""
    return Paper(
        "答复函",
        f"{organ}关于代表建议“{suggestion.title}”二次办理情况的答复",
        [
            f"对第{suggestion.id}号建议“{suggestion.title}”,我单位已再次办理。现答复如下:",
            entries["second_reply"],
            f"签发:{entries['signed_by']}",
        ],
        to=deputies(suggestion, params.joint_reply),
        copies=[params.office],
        issuer=organ,
        public=bool(suggestion.payload.get("public")) and not suggestion.payload.get("secret"),
    )


def told(genre: str, params: Any, suggestion: Matter, to: Sequence[str], *paragraphs: str) -> Paper:
    """A short notice about a suggestion: an extension, a reminder, an order to handle again."""
    return Paper(
        genre,
        f"关于代表建议“{suggestion.title}”的{genre}",
        [*paragraphs, f"{params.office}"],
        to=list(to),
    )

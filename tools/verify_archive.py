"""Checks the published archive of a sitting offline, without Renda.

Use: python verify_archive.py FILE [PUBLIC KEY]

Needs Python 3.11 and the package `cryptography`. PUBLIC KEY is the hexadecimal key the district has announced;
without it the signature is checked against the key in the file, which shows changes and not who signed. Prints
each check; ends with 1 where one fails.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(value: Any) -> str:
    """JSON in the one form digests are made from."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def comparisons(value: Any) -> Iterator[Any]:
    """Every comparison with a threshold below a value: both sides as integers, and whether it was met."""
    if isinstance(value, dict):
        if {"left", "right", "met", "text"} <= value.keys() and value["text"] != "otherwise":
            yield value
        for each in value.values():
            yield from comparisons(each)
    elif isinstance(value, list):
        for each in value:
            yield from comparisons(each)


SIGNS = {
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
    "=": lambda left, right: left == right,
    "≠": lambda left, right: left != right,
}


def shown_truly(comparison: Any) -> bool:
    """Whether the sign in the comparison's text is true of its two integers."""
    sign = next((part for part in comparison["text"].split() if part in SIGNS), None)
    return sign is not None and SIGNS[sign](comparison["left"], comparison["right"])


def chain(entries: Any) -> str | None:
    """What is wrong with the digests, each of which holds the one before it."""
    previous = ""
    for place, entry in enumerate(entries[:-1]):
        said = sha256(canonical([previous, place, entry["kind"], entry["content"]]))
        if entry["n"] != place or entry["digest"] != said:
            return f"entry {place} is not as it was written"
        previous = said
    return None


def signature(entries: Any, announced: str) -> str | None:
    """What is wrong with the signature over the last digest."""
    last = entries[-1]
    if last["kind"] != "signature":
        return "the last entry does not sign"
    key = last["content"]["public_key"]
    if announced and announced.lower() != key:
        return f"signed by {key}, not by the announced key"
    try:
        signed = bytes.fromhex(entries[-2]["digest"])
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(last["content"]["signature"]), signed
        )
    except (InvalidSignature, ValueError):
        return "the signature is false"
    return None


def turnout(people: Any, is_void: bool) -> str | None:
    """What is wrong with how many voted; a secret ballot does not say which way, a named one does."""
    if people["returned"] > people["issued"] and not is_void:
        return "more came back than were issued"
    if "electronic" not in people:
        complete = people["issued"] - people["returned"] == people["not_pressed"]
        return None if complete else "those returned and those not returned do not make those issued"
    if people["electronic"] + people["paper"] != people["returned"]:
        return "electronic and paper votes do not make those returned"
    if people["paper"] > people["paper_issued"] and not is_void:
        return "more came back than were issued"
    complete = people["issued"] - people["paper_issued"] - people["electronic"] == people["not_pressed"]
    return None if complete else "those who did not press do not add up"


def tallies(ballot: Any, papers: Any, result: Any) -> str | None:
    """Papers make the figures, each row makes those returned; of a named ballot papers and the hand count do."""
    people, subtotals = result["turnout"], result["subtotals"]
    counted = Counter(
        (paper["subject"], " void" if paper["marks"] == [""] else paper["marks"][0] if paper["marks"] else " blank")
        for paper in papers or ()
    )
    for row in result["subjects"]:
        cells = row.get("cells")
        if cells is None:
            continue
        if sum(cells.values()) != people["returned"] and ballot["bench"] != "election":
            return f"the figures of {row['label']} do not make those returned"
        if papers is None:
            continue
        found = Counter({mark: count for (code, mark), count in counted.items() if code == row["code"]})
        if subtotals:
            hand = next(each for each in subtotals["paper"] if each["subject"] == row["code"])
            found.update({**hand["marks"], " void": hand["void"], " blank": hand["blank"]})
        if "unmarked" in row:
            # Papers without a mark are counted as the rule takes them, such as abstentions.
            blank = found.pop(" blank", 0)
            if blank != row["unmarked"]["papers"]:
                return f"the papers of {row['label']} without a mark are not as many as it says"
            found[row["unmarked"]["mark"]] += blank
        if any(found[mark] != count for mark, count in cells.items()):
            return f"the papers of {row['label']} do not make its figures"
    return None


def main() -> None:
    """Check the file named on the command line."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    entries = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    kinds: dict[str, list[Any]] = {}
    for entry in entries:
        kinds.setdefault(entry["kind"], []).append(entry["content"])
    checks = [("chain", chain(entries)), ("signature", signature(entries, sys.argv[2] if len(sys.argv) > 2 else ""))]
    for ballot in kinds.get("ballot", ()):
        own = ballot["ballot"]
        of_ballot: dict[str, Any] = {
            kind: next((each for each in contents if each.get("ballot") == own), None)
            for kind, contents in kinds.items()
        }
        name, result = ballot["question"], of_ballot.get("result")
        changed = None if sha256(canonical(ballot["rule"])) == ballot["rule_digest"] else "the rule was changed"
        checks.append((f"{name}: rule", changed))
        withheld = of_ballot.get("withheld") or {}
        checks.append((f"{name}: turnout", turnout((result or withheld)["turnout"], withheld.get("state") == "void")))
        if result is None:
            print(f"note  {name}: figures withheld by the district ({withheld['state']})")
            continue
        papers = of_ballot.get("papers")
        checks.append((f"{name}: papers and figures", tallies(ballot, papers and papers["papers"], result)))
        wrong = [each["text"] for each in comparisons(result) if not shown_truly(each)]
        checks.append((f"{name}: thresholds", f"false: {'; '.join(wrong)}" if wrong else None))
    for name, fault in checks:
        print(f"{'wrong' if fault else 'right'} {name}{': ' + fault if fault else ''}")
    sys.exit(1 if any(fault for _, fault in checks) else 0)


if __name__ == "__main__":
    main()

"""The balance by hand, with the two main rules only: what each offence costs, and full reconstitution.

    python bench/two_rules.py < dossiers.jsonl

The yardstick of bench/run.py: what someone would write in an afternoon. No probation, no course, no lone point, no ten
years, no simultaneous offences, no annulment, no letter, no reason given, no check of what is read.
"""

import calendar
import json
import sys
from datetime import date
from typing import Any


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def balance(dossier: dict[str, Any], on: date) -> int:
    offences = {fact["id"]: fact for fact in dossier["faits"] if fact["type"] == "infraction"}
    established = sorted(
        (date.fromisoformat(fact["date"]), fact["infraction"])
        for fact in dossier["faits"]
        if fact["type"] == "realite"
    )
    points, grave, due = 12, False, date.max
    for day, name in established:
        offence = offences[name]
        committed = date.fromisoformat(offence["commise_le"])
        if due <= min(on, day) and committed > due:
            points, grave = 12, False
        if day > on:
            continue
        points -= offence["points"]
        grave = grave or offence["classe"] in {"contravention_4", "contravention_5", "delit"}
        due = add_months(day, 36 if grave else 24)
    return max(0, 12 if due <= on else points)


def main() -> None:
    for line in sys.stdin:
        dossier = json.loads(line)
        on = date.fromisoformat(dossier["le"])
        print(json.dumps({"ref": dossier["ref"], "le": dossier["le"], "solde": balance(dossier, on)}))


if __name__ == "__main__":
    main()

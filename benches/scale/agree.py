"""Stops unless bitim counted what the others counted: agree.py TABLE BITIM.csv OTHER.csv…"""

import csv
import sys

table, ours, *others = sys.argv[1:]
printed = list(csv.DictReader(open(ours)))
periods = ["1991-1999", "2000-2009", "2010-2019", "2020-"]
counted = {
    "roles": lambda: {(row["period"], row["role"], row["share_n"]) for row in printed},
    "outcomes": lambda: {
        (row["group"], name.removeprefix("outcome_"), row[name])
        for row in printed if row["by"] == "period" for name in row if name.startswith("outcome_")
    },
    "venues": lambda: {
        (row["place"], period, row[f"events_{period}_n"]) for row in printed if row["scope"] == "place" for period in periods
    },
    "parties": lambda: {(row["party"], row["cases"]) for row in printed},
}[table]()
counted = {row for row in counted if row[-1] != "0"}
for other in others:
    theirs = {tuple(row) for row in list(csv.reader(open(other)))[1:]}
    if counted != theirs:
        sys.exit(f"{table}: not as {other}: {sorted(counted ^ theirs)[:5]}")

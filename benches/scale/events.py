"""Coded events in any number, as a data set of bitim: events.py N FOLDER [WRONG]

A case has some twenty events; WRONG is the share of cells with a mistake, none unless given.
"""

import sys
from pathlib import Path

import numpy as np
import polars as pl

n, folder = int(float(sys.argv[1])), Path(sys.argv[2])
wrong = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
folder.mkdir(parents=True, exist_ok=True)
draw = np.random.default_rng(1991)

PLACES = {"Astana": "Kazakhstan", "Almaty": "Kazakhstan", "Geneva": "Switzerland", "Vienna": "Austria", "Oslo": "Norway",
          "Doha": "Qatar", "Minsk": "Belarus", "Muscat": "Oman", "Istanbul": "Turkey", "Addis Ababa": "Ethiopia"}
CODES = {
    "place": [*PLACES],
    "country": sorted(set(PLACES.values())),
    "role": ["venue", "facilitation", "shuttle", "broker", "leverage"],
    "outcome": ["none", "talks", "process", "ceasefire", "partial", "full"],
    "mediator": [f"M{i:02}" for i in range(40)],
    "party": [f"P{i:03}" for i in range(200)],
}
MISTAKES = {"date": "2001-02-30", "place": "Asstana", "role": "brokerr", "outcome": "peace", "party": "P999"}
FIRST, DAYS = np.datetime64("1991-01-01"), 12_700


def drawn(name):
    """A place in the list for each event, the first ones oftener."""
    return np.minimum(draw.geometric(2.5 / len(CODES[name]), n), len(CODES[name])) - 1


def coded(name):
    return np.array(CODES[name])[drawn(name)]


begun = draw.integers(0, DAYS, max(1, n // 20))
case = draw.integers(0, len(begun), n)
place = drawn("place")
columns = {
    "event": np.char.add("E", np.char.zfill(np.arange(n).astype(str), 8)),
    "case": np.char.add("C", np.char.zfill(case.astype(str), 7)),
    "date": (FIRST + np.minimum(begun[case] + draw.exponential(300, n).astype(int), DAYS)).astype(str),
    "place": np.array([*PLACES])[place],
    "country": np.array([*PLACES.values()])[place],
    "role": coded("role"),
    "outcome": coded("outcome"),
    "mediator": coded("mediator"),
    "party": np.char.add(np.char.add(coded("party"), "; "), coded("party")),
}
for name, mistake in MISTAKES.items():
    columns[name] = np.where(draw.random(n) < wrong, mistake, columns[name])
pl.DataFrame(columns).write_csv(folder / "events.csv")

LISTS = "\n".join(
    f"{name} = [" + ", ".join(f'{{ code = "{code}", label = "{code}" }}' for code in codes) + "]"
    for name, codes in CODES.items()
)
VARIABLES = "".join(
    f'  {{ column = "{name}", concept = "{name}", codes = "{name}", measure = "ordinal", required = true, label = "{name}"'
    + (', separator = ";" },\n' if name == "party" else " },\n")
    for name in CODES
)
(folder / "codebook.toml").write_text(f"""[dataset]
name = "scale"
title = "Made-up events"
version = "1"
licence = "CC0"
citation = "Made up"
[coverage]
start = "1991"
end = "2026"
[lists]
{LISTS}
[[table]]
name = "events"
unit = "event"
file = "events.csv"
key = ["event"]
variable = [
  {{ column = "event", concept = "event", measure = "identifier", required = true, label = "event" }},
  {{ column = "case", concept = "case", measure = "identifier", required = true, label = "case" }},
  {{ column = "date", concept = "start", measure = "date", required = true, label = "date" }},
{VARIABLES}]
[[derive]]
form = "group"
table = "quarrels"
from = "events"
label = "Case"
outcome = "best"
""")
(folder / "study.toml").write_text("""cutoff = "2025-12-31"
[success]
threshold = "ceasefire"
[[scheme]]
name = "default"
label = "Periods"
period = [{ start = "1991", end = "1999" }, { start = "2000", end = "2009" }, { start = "2010", end = "2019" }, { start = "2020" }]
[[view]]
name = "all"
label = "all"
""")

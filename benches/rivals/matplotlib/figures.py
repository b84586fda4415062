"""Every figure of bitim drawn with matplotlib from the tables that bitim writes:

python figures.py TABLES FOLDER [svg,png,pdf] [FIGURE ...]
"""

import sys
from pathlib import Path

from checks import claims, coverage, reliability, specifications
from outcomes import funnel, models, outcomes, success, survival
from page import read, save_figure
from periods import profile, roles, trends, venues
from places import map_of_places, pairs
from times import activity, calendar, timeline, trajectories

FIGURES = {
    "timeline": timeline, "trajectories": trajectories, "calendar": calendar, "activity": activity, "roles": roles,
    "profile": profile, "outcomes": outcomes, "success": success, "funnel": funnel, "trends": trends,
    "survival": survival, "models": models, "venues": venues, "map": map_of_places, "pairs": pairs,
    "claims": claims, "specifications": specifications, "reliability": reliability, "coverage": coverage,
}


def main(tables, folder, formats="svg,png,pdf", *names):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or FIGURES:
        figure = FIGURES[name](lambda table: read(Path(tables) / f"{table}.csv"))
        save_figure(figure, name, folder, formats.split(","))


main(*sys.argv[1:])

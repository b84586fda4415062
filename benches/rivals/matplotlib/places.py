"""Figures of places and actors: map, pairs.

Where names and nodes stand is given, so that nothing is laid out here: `shared/positions.csv` has
the places that bitim found.
"""

from math import cos, pi

from page import *

WEST, EAST, SOUTH, NORTH = 1.82, 81.22, 33.26, 62.41
STRETCH = cos(48 * pi / 180)
TOP, BOTTOM = 29.2, 294.5


def positions(name):
    return {row["name"]: row for row in shared("positions.csv") if row["figure"] == name}


def land():
    """The outlines of the land as rings in degrees; rings of waters lie on the land before them."""
    with open(HERE.parents[2] / "src/render/assets/land.txt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            kind, *words = line.split()
            degrees = np.array([word.split(",") for word in words], float) / 20
            inside = (degrees > (WEST, SOUTH)) & (degrees < (EAST, NORTH))
            if inside.all(1).any():
                yield kind == "land", degrees


def map_of_places(table_of):
    given = positions("map")
    rows = table_of("map")
    across = (RIGHT - LEFT) / (EAST - WEST)
    # The map is set by one place, and to scale.
    anchor = next(row for row in rows if row["place"] == "astana")
    zero = given["astana"]

    def up(latitude):
        return np.sin(np.asarray(latitude) * pi / 180) / STRETCH / STRETCH * 180 / pi * across

    def at(longitude, latitude):
        return (zero["x"] + (np.asarray(longitude) - anchor["longitude"]) * across, zero["y"] - up(latitude) + up(anchor["latitude"]))

    page = Page("map")
    outlines, fills = [], []
    for is_land, ring in land():
        x, y = at(ring[:, 0], ring[:, 1])
        outlines.append(np.stack([np.clip(x, LEFT, RIGHT), np.clip(y, TOP, BOTTOM)], 1))
        fills.append(FAINT if is_land else PAPER)
    page.axes.add_collection(PolyCollection(outlines, facecolors=fills, edgecolors=GRID, linewidths=0.5, zorder=page.next_layer()), autolim=False)
    page.box(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, "none", GRID, 0.6)
    x, y, labels = [], [], []
    for row in rows:
        place = given[row["place"]]
        inside = row["longitude"] > WEST
        left, top = at(row["longitude"], row["latitude"]) if inside else (place["x"], place["y"])
        x.append(left)
        y.append(top)
        if place["leader_x"]:
            page.line(left, top, place["leader_x"], place["leader_y"], MUTED, 0.4)
        if not inside:
            page.dot(7.5, top, 2.5, MUTED, MUTED, 0, "<")
        labels.append((place["label_x"], place["label_y"], f"{place['label']} {row['events']:.0f}", "bold" if row["home"] else "normal"))
    events = column(rows, "events")
    r = np.maximum(np.where(events > 1, 1.94, 1.6), 9.5 * np.sqrt(events / 48))
    fill = [PAPER if row["home"] is None else ACCENT if row["home"] else PALE for row in rows]
    marker = ["D" if row["home"] is None else "s" if row["home"] else "o" for row in rows]
    page.dot(x, y, r * [{"s": 0.88, "D": 0.8, "o": 1}[shape] for shape in marker], fill, INK, 0.5, marker)
    page.say([label[0] for label in labels], [label[1] for label in labels], [label[2] for label in labels], weight=[label[3] for label in labels])
    page.say(LEFT, [312.86, 327.96], ["Events", "Place"], 7, MUTED, weight="bold")
    page.dot([41.66, 69.66, 105.66], 310.36, [1.6, 4.75, 9.5], "none", INK, 0.5)
    page.say([50.16, 78.16, 118.16], 312.86, ["1", "12", "48"])
    page.dot([41.66, 92.98, 150.52], 325.46, [2.9, 3.25, 2.8], [ACCENT, PALE, PAPER], INK, 0.5, ["s", "o", "D"])
    page.say([50.16, 101.48, 159.02], 327.96, ["at home", "elsewhere", "country unknown"])
    page.say(LEFT, 339.64, "Cylindrical equal-area projection, true to scale at 48° N. Coastlines: Natural Earth. "
             "No borders are drawn: the map says nothing of whose a place is.", 7, MUTED)
    return page.figure


def pairs(table_of):
    rows = sorted(table_of("pairs"), key=lambda row: row["cases"])
    nodes = positions("pairs")
    parties = {}
    for row in rows:
        for side in ("one", "other"):
            parties[row[side]] = (row[f"{side}_cases"], row[f"{side}_standing"])
    kinds = {"disputant": ("#22225e", "o"), "observer": ("#43a0a6", "^"), "co_mediator": ("#9ed09c", "D"), "participant": ("#f3e9b2", "v")}
    page = Page("pairs")
    one, other = [nodes[row["one"]] for row in rows], [nodes[row["other"]] for row in rows]
    page.line(column(one, "x"), column(one, "y"), column(other, "x"), column(other, "y"),
              [{1: GRID, 2: PALE}.get(row["cases"], ACCENT) for row in rows], [5 / 6 * row["cases"] for row in rows])
    layer = page.next_layer()
    for node in nodes.values():
        page.axes.text(node["label_x"], node["label_y"] - 6.6, node["label"], size=7, color=INK, ha="center", va="top", linespacing=1.05,
                       zorder=layer, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.2})
    ends = list(nodes)
    marker = [kinds[parties[name][1]][1] for name in ends]
    r = np.array([1.95 * parties[name][0] ** 0.5 * (0.8 if shape == "D" else 1) for name, shape in zip(ends, marker)])
    page.dot([nodes[name]["x"] for name in ends], [nodes[name]["y"] for name in ends], r, [kinds[parties[name][1]][0] for name in ends], INK, 0.6, marker)
    page.line(LEFT, 289.1, RIGHT, 289.1, GRID)
    page.say(LEFT, 299.08, "Joined to those above by no case:", 7, MUTED)
    page.say(LEFT, [345.12, 359.22, 369.42], ["Cases", "In common", "Mostly as"], 7, MUTED, weight="bold")
    page.dot([58.26, 86.26, 114.93, 150.6], 342.62, [1.95, 5.16, 6.17, 8.5], "none", INK, 0.6)
    page.say([66.76, 94.76, 124.1, 162.1], 345.12, ["1", "7", "10", "19"])
    left = np.array([52.76, 80.76, 108.76, 136.77])
    page.line(left, 356.72, left + 10, 356.72, [GRID, PALE, ACCENT, ACCENT], 5 / 6 * np.array([1, 2, 3, 6]))
    page.say(left + 14, 359.22, ["1", "2", "3", "6"])
    page.dot([58.26, 113.66, 166.79, 230.82], 366.92, [3.25, 3.25, 2.6, 3.25], [fill for fill, _ in kinds.values()], INK, 0.6, [shape for _, shape in kinds.values()])
    page.say([66.76, 122.16, 175.29, 239.32], 369.42, ["disputant", "observer", "co-mediator", "participant"])
    return page.figure

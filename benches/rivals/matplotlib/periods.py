"""Figures with a column for every period: roles, profile, trends, venues."""

from page import *


def period_heads(page, names, below, left=110, step=76.645, rule=56.7):
    """The heads of the columns and the line below them."""
    x = left + step * np.arange(len(names))
    page.say(x, 42.8, names, 8, weight="bold")
    page.say(x, 51.7, below, 7, MUTED)
    page.line(LEFT, rule, RIGHT, rule, GRID)


def period_row(page, base, height, at, labels):
    page.axis_lines(base - np.asarray(at) * height, labels, 107, RIGHT)
    x = 183.65 + 76.645 * np.arange(4)
    page.line(x, base - height, x, base, FAINT)


HALVES = [0, 0.5, 1]
PERCENTS = ["0%", "50%", "100%"]


def roles(table_of):
    rows = table_of("roles")
    groups = {row["period"]: row for row in rows}
    left = 81.8 + 82.486 * np.arange(len(groups))
    base = 110.1 + 47 * (5 - np.arange(6))
    page = Page("roles")
    period_heads(page, [period(name) for name in groups], [f"n = {row['cases']:.0f}" for row in groups.values()], 80.8, 82.486, 65.1)
    for x, row in zip(left, groups.values()):
        if row["unknown"]:
            page.say(x - 1, 60.1, f"role unknown: {row['unknown']:.0f}", 7, MUTED)
    for y in base:
        page.axis_lines([y, y - 18, y - 36], PERCENTS, 77.8, RIGHT)
        page.line(left[1:] - 4, y - 36, left[1:] - 4, y, FAINT)
    page.say(LEFT, base - 30.3, ROLES, 8, weight="bold")
    page.steps(LEFT, base - 19.4, np.arange(1, 7))
    column_of = [list(groups).index(row["period"]) for row in rows]
    row_of = [ROLES.index(row["role"]) for row in rows]
    page.shares(left[column_of], base[row_of], rows, "share")
    return page.figure


def profile(table_of):
    rows = table_of("profile")
    left = 111 + 76.645 * np.arange(5)
    page = Page("profile")
    period_heads(page, [period(row["period"]) for row in rows], [f"{row['years']:.1f} years" for row in rows])
    period_row(page, 103.7, 34, HALVES, ["0", "5", "10"])
    period_row(page, 148.7, 34, np.arange(4) / 3, ["0", "20", "40", "60"])
    for base in (277.9, 324.9, 371.9):
        period_row(page, base, 36, HALVES, PERCENTS)
    page.say(LEFT, [75.41, 120.41, 165.41, 247.61, 294.61, 341.61, 351.21],
             ["Cases begun", "Events", "Roles", "ceasefire or more", "process or more", "Meetings held at", "home"], 8, weight="bold")
    page.box(LEFT, [82.5, 90.9], 5.2, 5.2, [ACCENT, PAPER], ["none", ACCENT], 0.8)
    page.say(12, [87.7, 96.1], ["Mediations begun", "Offers begun"], 7, MUTED)
    for x, base, name, unit, fill, outline in ((1.5, 103.7, "cases", 3.4, ACCENT, "none"), (23.5, 103.7, "offers", 3.4, PAPER, ACCENT),
                                               (1.5, 148.7, "events", 34 / 60, ACCENT, "none")):
        n = column(rows, name)
        held = n > 0
        page.box((left + x)[held], base - n[held] * unit, 15, n[held] * unit, fill, outline, 0.8)
        page.say(left + x + 7.5, base - 2.4 - n * unit, [f"{value:.0f}" for value in n], 8, INK, "center")
    lines = 170.41 + 9.8 * np.arange(7)
    page.line(107, lines, RIGHT, lines, FAINT)
    between = 183.65 + 76.645 * np.arange(4)
    page.line(between, 170.41, between, 229.21, FAINT)
    levels = 224.31 - 9.8 * np.arange(6)
    page.say(103, levels + 2.5, ROLES, 7, MUTED, "right")
    page.dot(34.88, 162.91, 2, ACCENT, INK, 0.35, "D")
    page.box(183.35, 160.51, 9, 4.8, PALE)
    page.say([40.38, 195.35], 165.41, ["median of the deepest role of each case", "cases with the role"], 7, MUTED)
    cells = [(x, y, row[f"role_{role}"]) for x, row in zip(left, rows) for y, role in zip(levels, ROLES) if row[f"role_{role}"]]
    x, y, n = np.array(cells).T
    page.box(x + 9, y - 2.6, n * 13.66, 5.2, PALE)
    page.say(x + 11 + n * 13.66, y + 2.5, [f"{value:.0f}" for value in n])
    low = levels[[ROLES.index(row["depth_low"]) for row in rows]]
    high = levels[[ROLES.index(row["depth_high"]) for row in rows]]
    page.line(left + 2.5, low, left + 2.5, high, ACCENT, 1.6)
    page.dot(np.r_[left, left] + 2.5, np.r_[low, high], 2, ACCENT, INK, 0.35, "D")
    for name, base in (("success", 277.9), ("process", 324.9), ("hosted", 371.9)):
        page.shares(left, base, rows, name)
    return page.figure


def trends(table_of):
    rows = table_of("trends")
    x = np.array([205.48, 276.52])
    page = Page("trends")
    for y, words in ((40.2, ["First period", "Last period"]), (48.6, ["1991–1999", "2020–"])):
        page.say(x, y, words, 7, MUTED, "center", "bold")
    page.say(358, 40.2, "Test", 7, MUTED, weight="bold")
    page.line(LEFT, 52.6, RIGHT, 52.6, GRID)
    for row, base, top in zip(rows, (117.6, 182.6, 247.6, 312.6), (1.5, 5, 1, 1)):
        def at(values):
            return base - np.asarray(values) / top * 50
        value = np.array([row["first"], row["last"]])
        below = [f"n={row['first_n']:.0f}", f"n={row['last_n']:.0f}"]
        if row["measure"] == "rate":
            page.axis_lines(at([0, 0.5, 1, 1.5]), ["0.0", "0.5", "1.0", "1.5"], 130, 352)
            text = [f"{rate:.2f}" for rate in value]
        elif row["measure"] == "rank":
            page.line(130, at(range(6)), 352, at(range(6)), [MUTED] + [FAINT] * 5)
            text = [ROLES[int(rank)] for rank in value]
        else:
            page.axis_lines(at(HALVES), PERCENTS, 130, 352)
            of = [row["first_n"], row["last_n"]]
            text = [f"{share * n:.0f}/{n:.0f}" + ("†" if n < 5 else "") for share, n in zip(value, of)]
            below = [percent(share) for share in value]
        start = base - 44.3
        name, verdict = wrap(SAID[row["indicator"]], 23), wrap(SAID[row["in_words"]], 35)
        test = wrap(f"{SAID[row['test']]}: p = {row['p']:.3f}, n\u00a0=\u00a0{row['n']:.0f}", 41, break_on_hyphens=False)
        y = at(value)
        page.say(LEFT, down(name, start, 9.6), name, 8, weight="bold")
        page.line(x[0], y[0], x[1], y[1], ACCENT, 1.4)
        page.whisker(x, at([row["first_low"], row["last_low"]]), at([row["first_high"], row["last_high"]]), 2)
        page.dot(x, y, 2.7, ACCENT, PAPER, 0.6)
        page.say(x + [-6, 6], beside(y, base, 50), text, 8, INK, ["right", "left"])
        page.say(x + [-6, 6], beside(y, base, 50) + 8.4, below, 7, MUTED, ["right", "left"])
        page.say(358, down(verdict, start, 9.6), verdict, 8)
        page.say(358, down(test, start + 9.6 * len(verdict)), test, 7, MUTED)
    return page.figure


def venues(table_of):
    rows = table_of("venues")
    periods = [name[len("events_"):-len("_n")] for name in rows[0] if name.startswith("events_") and name.endswith("_n")]
    home = next(row for row in rows if row["scope"] == "home")
    places = [row for row in rows if row["scope"] == "place"]
    names = {row["place_id"]: row["name_en"] for row in read(DATA / "places.csv")}
    parts = ("n", "of", "is_small", "value", "low", "high")
    by_period = [{f"events_{part}": home[f"events_{name}_{part}"] for part in parts} for name in periods]
    left = 110 + 76.645 * np.arange(len(periods))
    y = 121.7 + 10.6 * np.arange(len(places))
    base = y[-1] + 10.6
    page = Page("venues")
    period_heads(page, [period(name) for name in periods], [f"n = {places[0][f'events_{name}_of']:.0f}" for name in periods])
    period_row(page, 103.7, 36, HALVES, PERCENTS)
    page.say(LEFT, 73.41, "Held at home", 8, weight="bold")
    page.shares(left + 1, 103.7, by_period, "events")
    page.say([LEFT, 99], 117.7, ["Place", "Events"], 7, MUTED, ["left", "right"], "bold")
    page.line(left, 121.7, left, base, GRID)
    page.line(LEFT, np.r_[y, base], RIGHT, np.r_[y, base], FAINT)
    weight = ["bold" if row["home"] else "normal" for row in places]
    page.say(LEFT, y + 8.16, [names[row["place"]] for row in places], 8, weight=weight)
    page.say(99, y + 8.16, [f"{row['events']:.0f}" for row in places], 8, align="right", weight=weight)
    cells = [(x, top, row[f"events_{name}_n"], row["home"]) for row, top in zip(places, y) for x, name in zip(left, periods) if row[f"events_{name}_n"]]
    known = [cell for cell in cells if cell[3] is not None]
    unknown = [cell for cell in cells if cell[3] is None]
    for these, outline, dashes in ((known, ACCENT, "solid"), (unknown, INK, DOTTED)):
        x, top, n = np.array([cell[:3] for cell in these]).T
        page.box(x, top + 2.2, n * 2.4434, 6.2, [ACCENT if cell[3] else PAPER for cell in these], outline, 0.7, dashes)
        page.say(x + n * 2.4434 + 2.5, top + 8.16, [f"{value:.0f}" for value in n])
    page.say(LEFT, base + 11, "Events", 7, MUTED, weight="bold")
    page.box([36.16, 108.15], base + 6.3, 10, 4.4, [ACCENT, PAPER], ACCENT, 0.7)
    page.box(165.69, base + 6.3, 10, 4.4, PAPER, INK, 0.6, DOTTED)
    page.say([50.16, 122.15, 179.69], base + 11, ["at home (bold)", "elsewhere", "country unknown"])
    return page.figure

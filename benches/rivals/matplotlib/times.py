"""Figures along time: timeline, trajectories, calendar, activity."""

from page import *

SHAPES = {"round": "o", "summit": "s", "visit": "^", "call": "D", "offer": "v", "statement": "P",
          "agreement": [(-0.4, -1), (0.4, -1), (0.4, 1), (-0.4, 1), (-0.4, -1)], "context": (4, 1, 0)}
CHANGES = {"first": ("o", ACCENT), "up": ("^", ACCENT), "same": ("o", PAPER), "down": ("v", INK)}


def events_at(page, x, y, types, hosted, r=1.75):
    layer = page.next_layer()
    for kind, shape in SHAPES.items():
        these = [place for place, other in enumerate(types) if other == kind]
        if these:
            fill = [GRID if hosted[place] is None else INK if hosted[place] else PAPER for place in these]
            size = r * {"D": 0.8, "s": 0.88, (4, 1, 0): 1.2}.get(shape if isinstance(shape, (str, tuple)) else "", 1)
            page.axes.scatter(np.asarray(x)[these], np.asarray(y)[these], s=(2 * size) ** 2, marker=shape, facecolors=fill, edgecolors=INK,
                              linewidths=0.5, zorder=layer)


def levels_of(x, pitch=4.0):
    """Levels for the marks of a lane: as few as a small step aside allows, at most four."""
    for levels, step in ((1, 1.75), (2, 1.75), (3, 1.75), (4, 1.75), (4, 7)):
        last, level, at = [-np.inf] * levels, [], []
        for position in x:
            free = [max(position - step, end + pitch) for end in last]
            chosen = free.index(min(free))
            last[chosen] = free[chosen]
            level.append(chosen)
            at.append(free[chosen])
        if all(placed <= position + step for placed, position in zip(at, x)):
            break
    # Back to where they belong, as far as the next mark of the level allows.
    after = [np.inf] * 4
    for place in reversed(range(len(x))):
        at[place] = max(at[place], min(x[place], after[level[place]] - pitch))
        after[level[place]] = at[place]
    return at, level


def timeline(table_of):
    rows = table_of("timeline")

    def at(year):
        return 170.02 + (np.asarray(year) - 1995) * 5.8247

    def day(row, name):
        return float(at(year_of(row[name]))) if row[name] else None

    end = float(at(year_of("2026-03-11")))
    spans = [row for row in rows if row["mark"] == "span"]
    lanes = {row["case"]: [] for row in spans}
    for row in rows:
        if row["mark"] == "event":
            until = day(row, "until_latest") or day(row, "from_latest")
            lanes[row["case"]].append(((day(row, "from_earliest") + until) / 2, day(row, "from_earliest"), until, row))
    placed, high = [], []
    for lane in lanes.values():
        lane.sort(key=lambda event: event[0])
        placed.append(levels_of([event[0] for event in lane]))
        high.append(max(10.95, 6.3 + 4 * (1 + max(placed[-1][1], default=0))))
    bottom = 47.6 + np.cumsum(high)
    middle, bar, base = bottom - np.array(high) / 2, bottom - 2.9, bottom[-1]
    is_offer = [row["kind"] == "offer" for row in spans]
    colour = [MUTED if offer else INK for offer in is_offer]
    page = Page("timeline")
    page.line(LEFT, np.r_[47.6, bottom], RIGHT, np.r_[47.6, bottom], FAINT)
    years, fives = at(np.arange(1992, 2027)), np.arange(1995, 2026, 5)
    page.line(years, 47.6, years, base, FAINT)
    page.line(at(fives), 47.6, at(fives), base, GRID)
    for y in (43.6, base + 9):
        page.say(at(fives), y, [str(year) for year in fives], 7, MUTED, "center")
    page.say([LEFT, 359.7, 422.41], 43.6, ["Title", "Deepest role", "Outcome"], 7, MUTED, weight="bold")
    page.line(150.6, 47.6, 150.6, base, MUTED)
    page.line(end, 47.6, end, base, INK, 0.7, DASHED)
    page.say([150.6, end], base + 17.4, ["record begins 1991-09-01", "record ends 2026-03-11"], 7, MUTED, ["left", "right"])
    page.say(LEFT, middle + 2.7, [row["title"] for row in spans], 7.5, colour)
    for name, left, text, codes in (("role", 359.7, 376.5, ROLES), ("outcome", 422.41, 439.21, OUTCOMES)):
        known = [place for place, row in enumerate(spans) if row[name]]
        rank = [codes.index(spans[place][name]) for place in known]
        page.steps(left, middle[known] + 2.9, np.array(rank) + 1, ACCENT if name == "role" else [RAMP[place] for place in rank])
        words = [plain(row[name]) if row[name] else "–" if row[f"{name}_missing"] == "na" else "unknown" for row in spans]
        page.say(text, middle + 2.7, words, 7.5, [ink if row[name] else MUTED for ink, row in zip(colour, spans)])
    for row, offer, y in zip(spans, is_offer, bar):
        first, start = day(row, "from_earliest"), day(row, "from_latest")
        stop, last = (end, end) if row["open"] else (max(day(row, "until_earliest"), start + 1.6), day(row, "until_latest"))
        page.line(first, y, last, y, MUTED, 1)
        unknown = not offer and row["outcome"] is None
        fill = PAPER if offer or unknown else RAMP[OUTCOMES.index(row["outcome"])]
        page.box(start, y - 1.7, stop - start, 3.4, fill, MUTED if offer else INK, 0.5, DOTTED if unknown else "solid")
        if row["open"]:
            page.dot(end + 4.5, y, 2.7, marker=">")
    x = np.concatenate([lane for lane, _ in placed])
    y = np.concatenate([bottom[place] - 7.1 - 4 * np.array(levels) for place, (_, levels) in enumerate(placed)])
    events = [event for lane in lanes.values() for event in lane]
    for left, height, event in zip(x, y, events):
        if event[2] - event[1] > 6:
            page.line(event[1], height, event[2], height, MUTED, 0.9)
    events_at(page, x, y, [event[3]["type"] for event in events], [event[3]["hosted"] for event in events])
    timeline_key(page, base + 31.8)
    return page.figure


def timeline_key(page, y):
    x = np.array([74.12, 143.77, 192.87, 229.92, 264.81, 304.71, 362.33, 422.63])
    second = np.array([74.12, 108.99, 141.55])
    page.say(LEFT, [y, y + 10.2, y + 20.4], ["Type of event", "Hosted at home", "Case"], 7, MUTED, weight="bold")
    events_at(page, x, [y - 2.5] * 8, list(SHAPES), [1] * 8, 2.15)
    page.say(x + 8.5, y, ["round of talks", *list(SHAPES)[1:]])
    page.dot(second, y + 7.7, 2.15, [INK, PAPER, GRID], INK, 0.6)
    page.say(second + 8.5, y + 10.2, ["yes", "no", "unknown"])
    page.box(68.62 + 1.667 * np.arange(6), y + 15.7, 1.667, 4.4, RAMP)
    page.box([68.62, 185.78], y + 15.7, 10, 4.4, ["none", PAPER], [INK, MUTED], [0.35, 0.6])
    page.box(225.68, y + 15.7, 10, 4.4, PAPER, INK, 0.6, DOTTED)
    page.line([314.5, 382.58], y + 17.9, [324.5, 390.58], y + 17.9, [MUTED, INK], 0.9)
    page.dot(391, y + 17.9, 2.4, marker=">")
    page.say([82.62, 199.78, 239.68, 328.5, 396.58], y + 20.4,
             ["mediation (colour: outcome)", "offer", "Outcome: unknown", "possible days", "still open"])
    page.say(LEFT, y + 33, "Marks are moved aside by up to 9 months where they would cover each other. A dash: does not apply.", 7, MUTED)


def shown_day(row):
    return row["earliest"] if row["earliest"] == row["latest"] else row["earliest"][:7]


def trajectories(table_of):
    cases = {}
    for row in table_of("trajectories"):
        cases.setdefault(row["case"], []).append(row)
    many = [rows for rows in cases.values() if len(rows) > 1]
    one = [rows[0] for rows in cases.values() if len(rows) == 1]
    page = Page("trajectories")
    for place, rows in enumerate(many):
        left = 57.68 if place == 6 else 57.68 + 148.85 * (place % 3)
        right = RIGHT if place == 6 else left + 134.85
        base = [91.75, 181.25, 262.25][place // 3]
        year = np.array([year_of(row["earliest"]) for row in rows])
        x = left + 2.6 + (year - year[0]) / (year[-1] - year[0]) * (right - left - 5.2)
        y = base - 8.8 * np.array([OUTCOMES.index(row["outcome"]) for row in rows])
        levels = base - 8.8 * np.arange(6)
        if left < 60:
            page.say(50.68, levels + 2.5, [plain(code) for code in OUTCOMES], 7, MUTED, "right")
        title = wrap(rows[0]["title"], 35)
        page.say(left, down(title, base - 52 - 9 * (len(title) - 1), 9), title, 7.5, weight="bold")
        page.line(left, levels, right, levels, FAINT)
        page.axes.step(x, y, where="post", color=ACCENT, linewidth=1, zorder=page.next_layer())
        page.dot(x, y, 2.1, [CHANGES[row["change"]][1] for row in rows], INK, 0.5, [CHANGES[row["change"]][0] for row in rows])
        page.say([left, right], base + 10.5, [shown_day(rows[0]), shown_day(rows[-1])], 7, MUTED, ["left", "right"])
    x = np.array([44.5, 105.5, 155.7, 210.5])
    page.say(LEFT, 289.5, "Change", 7, MUTED, weight="bold")
    page.dot(x, 287, 2.4, [fill for _, fill in CHANGES.values()], INK, 0.5, [shape for shape, _ in CHANGES.values()])
    page.say(x + 8.5, 289.5, ["first known", "forward", "the same", "back"])
    listed = "; ".join(f"{row['title']} ({shown_day(row)}, {plain(row['outcome'])})" for row in one)
    lines = wrap(f"One dated outcome only, cases: {len(one)} – {listed}.", 145, break_on_hyphens=False)
    page.say(LEFT, down(lines, 301.5), lines, 7, MUTED)
    return page.figure


def calendar(table_of):
    rows = table_of("calendar")
    year = np.array([int(row["earliest"][:4]) for row in rows])
    years = np.arange(year.min(), year.max() + 1)
    base = 92.4 + 46.6 * np.arange(len(years))
    x = 52 + (np.array([year_of(row["earliest"]) for row in rows]) - year) * 438.23
    zero = base[year - years[0]]
    outcome = [OUTCOMES.index(row["outcome"]) if row["outcome"] else None for row in rows]
    y = zero - [0 if place is None else 2.3 + 4.6 * place for place in outcome]
    away = [place for place, row in enumerate(rows) if row["hosted"] == 0]
    end = base[-1] + 10
    months = 52 + 36.52 * np.arange(13)
    page = Page("calendar")
    page.say(LEFT, 41.2, rows[0]["title"], 8, weight="bold")
    page.say(LEFT, 52.8, "Month", 7, MUTED)
    page.say(months[:-1] + 18.26, 52.8, [str(month) for month in range(1, 13)], 7, MUTED, "center")
    page.line(LEFT, np.r_[55.8, base[:-1] + 10], RIGHT, np.r_[55.8, base[:-1] + 10], GRID)
    page.line(months, 55.8, months, end, FAINT)
    page.say(LEFT, base - 14.3, [str(year) for year in years], 8, weight="bold")
    page.say(LEFT, base - 5.9, [f"n={(year == each).sum()}" for each in years], 7, MUTED)
    page.line(52, base, RIGHT, base, MUTED)
    page.line(x, zero, x, y, INK)
    page.dot(x, y, 2.5, [PAPER if place is None else RAMP[place] for place in outcome], INK, 0.5, ["s" if place in away else "o" for place in range(len(rows))])
    page.say(x, y - 4.3, [f"{row['number']:.0f}" for row in rows], 7, INK, "center")
    page.say(x[away], zero[away] + 8, [rows[place]["place"] for place in away], 7, MUTED, "center")
    keys = np.array([74, 144.7, 194, 247.4])
    page.say(LEFT, [end + 10.4, end + 20.6], ["Outcome", "Hosted at home"], 7, MUTED, weight="bold")
    page.dot(keys, end + 7.9, 2.5, [*RAMP[1:4], PAPER], INK, 0.5)
    page.say(keys + 8.5, end + 10.4, ["no agreement", "process", "ceasefire", "unknown"])
    page.dot([74, 109], end + 18.1, 2.5, PAPER, INK, 0.5, ["o", "s"])
    page.say([82.5, 117.5], end + 20.6, ["yes", "no"])
    return page.figure


def activity(table_of):
    rows = table_of("activity")
    years = [row for row in rows if row["scale"] == "year"]
    spans = [row for row in rows if row["scale"] == "period"]

    def at(year):
        return 107 + (np.asarray(year) - 1991) * 10.645

    first = column(years, "span")
    x = at(first)
    begin, end = at(year_of("1991-09-01")), at(year_of("2026-03-11"))
    starts = at([int(row["from"][:4]) for row in spans])
    names = [row["span"] for row in spans]
    page = Page("activity")
    for base in (94.2, 145.2, 196.2):
        for left, right in ((107, begin), (end, RIGHT)):
            page.box(left, base - 40, right - left, 40, FAINT)
            y = base - np.arange(0, 41 - (right - left), 3)
            page.line(left, y, right, y - (right - left), GRID)
    page.axis_lines(94.2 - np.arange(0, 16, 5) * 40 / 15, ["0", "5", "10", "15"], 107, RIGHT)
    for base in (145.2, 196.2):
        page.axis_lines([base, base - 20, base - 40], ["0", "2", "4"], 107, RIGHT)
    page.line(starts[1:], 45, starts[1:], 196.2, GRID, 0.7, DASHED)
    page.say(starts + 2.5, 40.2, names, 7, MUTED)
    page.say(LEFT, [59.91, 110.91, 161.91, 171.51], ["Events", "Cases begun", "Mediations under", "way"], 8, weight="bold")
    events, cases, offers, active = (column(years, name) for name in ("events", "cases", "offers", "active"))
    page.box(x + 1.4, 94.2 - events * 40 / 15, 7.88, events * 40 / 15, ACCENT)
    page.box(x + 1.4, 145.2 - cases * 10, 7.88, cases * 10, ACCENT)
    held = offers > 0
    page.box(x[held] + 1.4, 145.2 - (cases + offers)[held] * 10, 7.88, offers[held] * 10, PAPER, ACCENT, 0.8)
    held = active > 0
    page.box(x[held] + 1.4, 196.2 - active[held] * 10, 7.88, active[held] * 10, PALE, ACCENT, 0.5)
    for n, base, unit in ((events, 94.2, 40 / 15), (cases + offers, 145.2, 10), (active, 196.2, 10)):
        page.say(x + 5.3, base - 2.2 - n * unit, [f"{value:.0f}" for value in n], 7, [INK if value else MUTED for value in n], "center")
    page.box(LEFT, [118, 126.4], 5.2, 5.2, [ACCENT, PAPER], ["none", ACCENT], 0.8)
    page.say(12, [123.2, 131.6], ["Mediations begun", "Offers begun"], 7, MUTED)
    page.line([begin, end], 196.2, [begin, end], 199, MUTED)
    even = first % 2 == 0
    page.say(x[even] + 5.3, 205.2, [f"{year:.0f}" for year in first[even]], 7, MUTED, "center")
    page.say([begin, end], 213.6, ["record begins 1991-09-01", "record ends 2026-03-11"], 7, MUTED, ["left", "right"])
    left = 111 + 76.645 * np.arange(5)
    page.say(left - 1, 231.2, names, 8, weight="bold")
    page.say(left - 1, 240.1, [f"{row['years']:.1f} years" for row in spans], 7, MUTED)
    page.line(LEFT, 245.1, RIGHT, 245.1, GRID)
    page.axis_lines([294.1, 276.1, 258.1], ["0", "5", "10"], 107, RIGHT)
    page.axis_lines(349.6 - 12 * np.arange(4), ["0.0", "1.0", "2.0", "3.0"], 107, RIGHT)
    page.say(LEFT, [263.81, 319.31, 328.91], ["Events a year", "Mediations begun", "a year"], 8, weight="bold")
    for base, unit, name, n in ((294.1, 3.6, "events_a_year", "events"), (349.6, 12, "cases_a_year", "cases")):
        value = column(spans, name)
        page.line(left[1:] - 4, base - 36, left[1:] - 4, base, FAINT)
        page.box(left, base - value * unit, 18, value * unit, PALE)
        page.line(left, base - value * unit, left + 18, base - value * unit, ACCENT, 1.6)
        page.say(left + 21, np.minimum(base - value * unit + 2.5, base - 1.5), [f"{rate:.2f}" for rate in value], 8)
        page.say(left - 1, base + 8.5, [f"n={row[n]:.0f}" for row in spans], 7, MUTED)
    page.whisker(left + 9, 349.6 - column(spans, "cases_low") * 12, 349.6 - column(spans, "cases_high") * 12)
    return page.figure

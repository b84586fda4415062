"""Figures of what is claimed and how sure it is: claims, specifications, reliability, coverage."""

from itertools import groupby

from page import *

PLACES = {"contradicted": ("contradicted", "points_contradicted", "v"), "mixed": ("mixed", "open", "o"),
          "supported": ("supported", "points_supported", "^")}


def claims(table_of):
    rows = table_of("claims")
    tested = [row for row in rows if row["now"] != "not_testable"]
    untested = [row for row in rows if row["now"] == "not_testable"]
    lines = [wrap(row["claim"], 47) for row in tested]
    bottom = 81.4 + np.cumsum([5 + 8.55 * len(line) for line in lines])
    top = np.r_[81.4, bottom[:-1]]
    middle = (top + bottom) / 2
    end = bottom[-1]
    page = Page("claims")
    page.say([193.23, 193.23, 346.23], [40.2, 48.6, 48.6], ["the cases of the article, as of 11 April", "2017", "all cases, as of 11 March 2026"], 7, MUTED, weight="bold")
    page.line(LEFT, np.r_[81.4, bottom], RIGHT, np.r_[81.4, bottom], FAINT)
    page.say(LEFT, middle + 2.7, [f"{row['id']:.0f}" for row in tested], 7.5, MUTED)
    for line, y in zip(lines, middle):
        page.say(21, around(line, y + 2.7, 8.55), line, 7.5)
    for name, left in (("then", 193.23), ("now", 346.23)):
        stand = left + 76 * (np.arange(3) + 0.5) / 3
        page.say([left, stand[1], left + 76], [59.6, 68, 76.4], list(PLACES), 7, INK, ["left", "center", "right"])
        page.say(left + 85, [68, 76.4], ["Same direction in", "runs"], 7, MUTED)
        for row, upper, lower, y in zip(tested, top, bottom, middle):
            place = next((place for place, known in enumerate(PLACES.values()) if row[name] in known[:2]), None)
            if place is None:
                page.say(left, y + 2.7, "too early to tell", 7.5, MUTED)
                continue
            page.line(stand, upper, stand, lower, GRID)
            page.dot(stand[place], y, 3.2, INK if row[name] in PLACES else PAPER, INK, 0.9, list(PLACES.values())[place][2])
            n, of = row[f"{name}_same_n"], row[f"{name}_same_of"]
            page.box(left + 85, y - 2.2, 26, 4.4, FAINT, GRID, 0.35)
            page.box(left + 85, y - 2.2, 26 * n / of, 4.4, ACCENT)
            page.say(left + 114, y + 2.7, counts(n, of), 7.5, MUTED if n == of else INK)
    x = np.array([8.5, 66.7, 186.61, 230.85, 345.31, 8.5])
    y = end + np.array([10.5] * 5 + [20.7])
    page.dot(x, y, 3.2, [INK, PAPER] * 3, INK, 0.9, ["^", "^", "o", "o", "v", "v"])
    page.say(x + 8.5, y + 2.5, ["supported", "points to support, not settled", "mixed", "open: compatible with both", "contradicted", "points to contradiction, not settled"])
    page.say(LEFT, end + 41.9, f"not testable ({len(untested)})", 7, MUTED, weight="bold")
    page.say(LEFT, down(untested, end + 53.9, 9.95), [f"{row['id']:.0f}" for row in untested], 7.5, MUTED)
    page.say(21, down(untested, end + 53.9, 9.95), [row["claim"] for row in untested], 7.5, MUTED)
    return page.figure


CHANGED = {"case": "one case left out", "alternative": "second defensible code", "confidence": "weak codes dropped",
           "unknown": "unknown outcomes", "cut": "another cut", "kinds": "other kinds counted", "without": "a group left out",
           "periods": "other periods", "unit": "another unit", "view": "another view", "coder": "another coder"}

QUANTITIES = [("mediations", "mediations", "count"), ("frequency", "mediations begun a year, last period to first", "ratio"),
              ("depth_first", "median deepest role, first period", "role"), ("depth_last", "median deepest role, last period", "role"),
              ("hosted_first", "meetings held at home, first period", "share"), ("hosted_last", "meetings held at home, last period", "share"),
              ("success", "reached ceasefire or more", "share"), ("process", "reached process or more", "share")]

IN_WORDS = {"count": lambda value: f"{value:.0f}", "ratio": lambda value: f"{value:.2f}", "share": percent, "role": lambda value: ROLES[int(value)]}
TICKS = {"count": [0, 50, 100], "ratio": [0, 2, 4], "share": [0, 0.5, 1], "role": [0, 1, 2, 3, 4, 5]}


def specifications(table_of):
    rows = table_of("specifications")
    page = Page("specifications")
    names = [f"{words} ({sum(row['changed'] == code for row in rows)})" for code, words in CHANGED.items()]
    heights = list(zip([32.2, 265.1, 489.6], [59.4, 292.3, 507.2], [98.9, 331.8, 538.3], [167.1, 391.6, 598.1]))
    for place, quantity in enumerate(QUANTITIES):
        top, below, curve, matrix = heights[place // 3]
        if place % 3 == 0:
            page.say(118.19, down(names, matrix + 6.5, 8), names, 7, INK, "right")
        curve_of(page, rows, quantity, 122.19 + 133.68 * (place % 3), top, below, curve, matrix)
    return page.figure


def curve_of(page, rows, quantity, left, top, below, curve, matrix):
    """A number under every way of asking, and below it what each run changed."""
    name, title, kind = quantity
    words, ticks, width = IN_WORDS[kind], np.array(TICKS[kind]), 100.68
    base = rows[0][name]
    kinds = list(CHANGED)

    def side_of(value):
        return 4 if value is None else 1 if value < base - 1e-9 else 3 if value > base + 1e-9 else 2

    runs = [(side_of(row[name]), row[name], kinds.index(row["changed"]), row["how"]) for row in rows[1:]]
    runs.sort(key=lambda run: (run[0], 0 if run[0] in (2, 4) else run[1], run[2]))
    without = sum(run[0] == 4 for run in runs)
    step = (width - (5 if without else 0)) / len(runs)
    x = [left + step * place + (5 if run[0] == 4 else 0) for place, run in enumerate(runs)]

    def at(value):
        return curve + 40 * (1 - np.asarray(value) / ticks[-1])

    def reach(side, word, far):
        these = [run for run in runs if run[0] == side]
        if not these:
            return f"{word} in no run"
        value = far(run[1] for run in these)
        farthest = [run for run in these if abs(run[1] - value) < 1e-9]
        more = f", and {len(farthest) - 1} more" if len(farthest) > 1 else ""
        return f"{word} in {len(these)}, {word[:-2]}est {words(value)}: {farthest[0][3]}{more}"

    asked = f"as asked {words(base)}; the same in {sum(run[0] == 2 for run in runs)} of {len(runs)}"
    if without:
        asked += f"; no value in {without}"
    higher, lower = (wrap(reach(*each), 29, max_lines=3, placeholder="…") for each in ((3, "higher", max), (1, "lower", min)))
    title, asked = wrap(title, 29), wrap(asked, 39)
    page.say(left - 26, down(title, top + 8, 9.6), title, 8, weight="bold")
    page.say(left - 26, down(asked, below), asked, 7, MUTED)
    page.say(left + width, down(higher, curve - 4.4 - 8.4 * (len(higher) - 1)), higher, 7, INK, "right")
    page.say(left, down(lower, curve + 49), lower)
    page.line(left, at(ticks), left + width, at(ticks), [MUTED] + [GRID] * (len(ticks) - 1))
    page.line(left, at(base), left + width, at(base), INK, 0.7, DASHED)
    if kind == "role":
        page.steps(left - 16.5, at(ticks) + 2.9, ticks + 1)
    else:
        numbers = [tick for tick in ticks if abs(at(tick) - at(base)) >= 7.5]
        page.say(left - 3, at(numbers) + 2.5, [f"{tick:.0f}" if kind == "ratio" else words(tick) for tick in numbers], 7, MUTED, "right")
        page.say(left - 3, at(base) + 2.5, words(base), 7, INK, "right", "bold")
    held = [place for place, run in enumerate(runs) if run[0] < 4]
    colour = [MUTED if runs[place][0] == 2 else ACCENT for place in held]
    for end, side in ((0, 1), (-1, 3)):
        if runs[held[end]][0] == side:
            colour[end] = INK
    page.dot(np.array(x)[held] + step / 2, at([runs[place][1] for place in held]), step * 0.4, colour, colour, 0)
    page.box(left, matrix + 16 * np.arange(6), width, 8, FAINT)
    # Runs that leave the number as it is are one stroke for each kind of change.
    strokes = []
    for _, alike in groupby(range(len(runs)), key=lambda place: runs[place][2] if runs[place][0] == 2 else -place - 1):
        alike = list(alike)
        strokes.append((x[alike[0]], runs[alike[0]][2], len(alike), runs[alike[0]][0]))
    start, row, together, side = np.array(strokes).T
    page.box(start, matrix + 8 * row + 1.2, step * together - step * 0.25, 5.6, [PAPER if each == 4 else GRID if each == 2 else ACCENT for each in side],
             [MUTED if each == 4 else "none" for each in side], 0.4)


def reliability(table_of):
    rows = table_of("reliability")
    names = {row["variable"]: row["label"] for row in table_of("coverage")}
    variables = list(dict.fromkeys(row["variable"] for row in rows))
    labels = [wrap(names.get(name, plain(name)), 23) for name in variables]
    silent = {row["variable"] for row in rows if row["alpha"] is None}
    high = [21.5 if name in silent else 17.35 if len(label) > 1 else 12.95 for name, label in zip(variables, labels)]
    bottom = 55.2 + np.cumsum(high)
    middle = dict(zip(variables, bottom - np.array(high) / 2))
    edges = dict(zip(variables, zip(bottom - high, bottom)))
    page = Page("reliability")
    page.say(LEFT, 40.2, "Variable", 7, MUTED, weight="bold")
    page.line(LEFT, np.r_[55.2, bottom], RIGHT, np.r_[55.2, bottom], FAINT)
    for label, y in zip(labels, middle.values()):
        page.say(LEFT, around(label, y + 2.7), label, 7.5)
    for kind, left, title in (("value", 94, "value"), ("silence", 295.61, "given or not")):
        def at(alpha):
            return left + 36.53 + 73.08 * alpha
        here = [row for row in rows if row["compared"] == kind]
        page.say(left, 40.2, title, 7, MUTED, weight="bold")
        page.say(left + np.array([36.53, 90.27, 92.99, 108.61, 138.61, 170.61, 190.61]), 51.2, ["0", "0.667", "0.8", "1", "α", "%", "n"], 7, MUTED,
                 ["center", "right", "left", "left", "right", "right", "right"])
        for name in variables:
            if all(row["variable"] != name for row in here):
                page.say(left, middle[name] + 2.7, "–", 7.5, MUTED)
        for row in here:
            y, (upper, lower), alpha = middle[row["variable"]], edges[row["variable"]], row["alpha"]
            if alpha is None:
                said = wrap(SAID[row["in_words"]], 41)
                page.say(left, around(said, y + 2.5), said, 7, MUTED)
            else:
                page.box(at(0.8), upper, 14.62, lower - upper, FAINT)
                page.line([at(0), at(0.8)], upper, [at(0), at(0.8)], lower, [GRID, MUTED])
                page.line(at(0.667), upper, at(0.667), lower, MUTED, 0.5, DOTTED)
                ranged = row["alpha_low"] is not None
                if ranged:
                    page.interval([at(row["alpha_low"])], [at(row["alpha_high"])], [y], 2.2, INK, 0.9)
                page.dot(at(alpha), y, 2.5, INK if ranged else PAPER, INK, 0.9)
                page.say(left + 138.61, y + 2.5, f"{alpha:.3f}" if 0.99 < alpha < 1 else f"{alpha:.2f}", align="right")
            page.say(left + 170.61, y + 2.5, "–" if row["pairwise"] is None else percent(row["pairwise"]), align="right")
            page.say(left + 190.61, y + 2.5, f"{row['cases']:.0f}{'†' if 0 < row['cases'] < 5 else ''}", align="right")
    end = bottom[-1]
    page.dot([8.5, 102.88], end + 10.5, 2.5, [INK, PAPER], INK, 0.9)
    page.say([17, 111.38, 325.07, 17, 146.46], [end + 13] * 3 + [end + 23.2] * 2,
             ["alpha with its interval", "alpha without an interval: the cases are few or hardly vary", "%: pairwise agreement", "n: cases that two or more coded", "–: not compared"])
    return page.figure


def coverage(table_of):
    rows = table_of("coverage")
    kinds = ["known", "unknown", "na", "open", "blank"]
    style = [(ACCENT, ACCENT, "solid"), (PAPER, INK, "solid"), (FAINT, GRID, "solid"), (PALE, ACCENT, "solid"), (PAPER, MUTED, DOTTED)]
    tables = list(dict.fromkeys(row["table"] for row in rows))
    lines = [wrap(row["label"], 24) for row in rows]
    column_x = np.array([161.61, 180.61, 199.61, 218.61, 237.61])
    page = Page("coverage")
    keys = [3, 49.66, 104.38, 176.86, 230.78]
    page.say(np.array(keys) + 14, 38.2, ["Known", "unknown", "does not apply", "still open", "left blank"])
    boxes = [[(key, 33.5, 10, 4.4)] for key in keys]
    for side, names, left in ((0, tables[:-10], LEFT), (1, tables[-10:], 252.61)):
        top = 40.3
        for name in names:
            these = [(row, line) for row, line in zip(rows, lines) if row["table"] == name]
            top += 15.5
            page.say(left, top - 2.3, f"{name} · Rows: {these[0][0]['rows']:.0f}", weight="bold")
            page.line(left, top, left + 237.61, top, GRID)
            for kind in range(5):
                boxes[kind].append((left + column_x[kind] - 6, top - 6.8, 6, 4.4))
            for row, line in these:
                high = 17.2 if len(line) > 1 else 9.6
                y, x = top + high / 2, left + 90.54
                top += high
                page.say(left, around(line, y + 2.5), line)
                n = [row[kind] for kind in kinds]
                for kind, count in enumerate(n):
                    if count:
                        boxes[kind].append((x, y - 2.7, count / row["rows"] * 52.07, 5.4))
                        x += count / row["rows"] * 52.07
                page.say(left + column_x, y + 2.5, [f"{count:.0f}" if count else "·" for count in n], 7, [INK if count else GRID for count in n], "right")
    for each, (fill, outline, dashes) in zip(boxes, style):
        page.box(*np.array(each).T, fill, outline, 0.5, dashes)
    return page.figure

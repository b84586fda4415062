"""Figures of outcomes: outcomes, success, funnel, survival, models."""

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from page import *


def outcomes(table_of):
    rows = table_of("outcomes")
    shade = LinearSegmentedColormap.from_list("shade", ["#e8f2f6", "#145168"])
    y = np.r_[52.2, 84.32 + 16 * np.arange(7), 212.4 + 16 * np.arange(5)]
    x = 57.59 + 55.52 * np.arange(6)
    page = Page("outcomes")
    page.say(np.r_[x + 26.96, 425.67, 473.83], 38.2, [*map(plain, OUTCOMES), "Unknown", "Cases"], 7, INK, "center", "bold")
    page.steps(x + 20.06, 47.7, np.arange(1, 7))
    page.line(LEFT, [70.2, 198.3], RIGHT, [70.2, 198.3], FAINT, 0.6)
    page.say(LEFT, [79.4, 207.5], ["Deepest role", "Period"], 8, weight="bold")
    for row, top in zip(rows, y):
        is_all = row["by"] == "all"
        weight = "bold" if is_all else "normal"
        n = np.array([row[f"outcome_{code}"] for code in OUTCOMES])
        fill = [PAPER if is_all or not value else shade(min(value, 6) / 6) for value in n]
        page.say(LEFT if is_all else 11, top + 10.06, group(row["group"]), 8, weight=weight)
        page.box(x, top, 53.92, 14.4, fill, [GRID if is_all and value else "none" for value in n])
        page.say(x + 26.96, top + 10.06, [f"{value:.0f}" for value in n], 8,
                 [MUTED if not value else PAPER if value > 3 and not is_all else INK for value in n], "center", weight)
        if row["unknown"]:
            page.box(398.71, top, 53.92, 14.4, PAPER, MUTED, 0.6, DOTTED)
        page.say([425.67, 473.83], top + 10.06, [f"{row['unknown']:.0f}", f"{row['cases']:.0f}"], 8,
                 [INK if row[name] else MUTED for name in ("unknown", "cases")], "center", [weight, "bold"])
    return page.figure


def success(table_of):
    rows = table_of("success")

    def at(share):
        return 103.16 + 205.16 * np.asarray(share)

    heads = [place for place, row in enumerate(rows) if place and row["by"] != rows[place - 1]["by"]]
    y = 57.48 + np.cumsum([0] + [32.7 if place in heads else 16.6 for place in range(1, len(rows))])
    base = 450.66
    ticks = np.arange(5) / 4
    page = Page("success")
    page.line(at(ticks), 50.18, at(ticks), base, [MUTED, FAINT, GRID, FAINT, GRID])
    for line in (47.18, base + 9):
        page.say(at(ticks), line, [percent(tick) for tick in ticks], 7, MUTED, "center")
    page.line(at(rows[0]["success_value"]), 50.18, at(rows[0]["success_value"]), base, ACCENT, 0.6, DASHED)
    page.dot([331.83, 395.83], 35.7, 2.3, [ACCENT, PAPER], ACCENT, 1)
    page.say([337.23, 337.23, 401.23, 401.23], [38.2, 46.18] * 2, ["ceasefire or", "more", "process or", "more"], weight="bold")
    page.say(RIGHT, [38.2, 46.18], ["Outcome", "unknown"], align="right", weight="bold")
    page.line(LEFT, y[heads] - 19.4, RIGHT, y[heads] - 19.4, FAINT, 0.6)
    page.say(LEFT, y[heads] - 10.2, [plain(rows[place]["by"]).capitalize() for place in heads], 8, weight="bold")
    is_all = [row["by"] == "all" for row in rows]
    page.say([LEFT if each else 11 for each in is_all], y + 5.86, [group(row["group"]) for row in rows], 8, weight=["bold" if each else "normal" for each in is_all])
    few = [row["success_of"] < 5 for row in rows]
    colour = [MUTED if each else INK for each in few]
    held = [place for place, row in enumerate(rows) if row["success_value"] is not None]
    for place in held:
        low, high = rows[place]["if_failed_value"], rows[place]["if_succeeded_value"]
        if rows[place]["unknown"] and low < high:
            page.box(at(low), y[place] - 2.8, 205.16 * (high - low), 5.6, PALE)
    shown = [rows[place] for place in held]
    for name, lower, fill, x in (("success", 0, ACCENT, 360.43), ("process", 6, PAPER, 424.43)):
        page.interval(at(column(shown, f"{name}_low")), at(column(shown, f"{name}_high")), y[held] + lower, 1.5,
                      [colour[place] for place in held], [0.6 if few[place] else 1.2 for place in held])
        page.dot(at(column(shown, f"{name}_value")), y[held] + lower, 2.3, fill, ACCENT, 1)
        page.say(x, y + 5.86, [counts(row[f"{name}_n"], row[f"{name}_of"], row[f"{name}_is_small"] == 1) for row in rows], 8, colour, "right")
        told = [(base, percent(row[f"{name}_value"]) if row[f"{name}_of"] else "–", ink)
                for row, base, ink, each in zip(rows, y + 5.86, colour, few) if not each or not row[f"{name}_of"]]
        page.say(x + 20.8, [line for line, _, _ in told], [text for _, text, _ in told], 8, [ink for _, _, ink in told], "right")
    page.say(RIGHT, y + 5.86, [f"{row['unknown']:.0f}" for row in rows], 8, [INK if row["unknown"] else MUTED for row in rows], "right")
    page.line([LEFT, 67.42], 470.84, [13, 77.42], 470.84, [INK, MUTED], [1.2, 0.6])
    page.box(163.52, 468.64, 10, 4.4, PALE)
    page.line(LEFT, 481.04, 13, 481.04, ACCENT, 0.6, DASHED)
    page.say([17, 81.42, 177.52, 17], [473.34, 473.34, 473.34, 483.54],
             ["95% interval", "95% interval of few (†)", "ceasefire or more: from all unknown outcomes failed to all succeeded", "ceasefire or more: all"])
    return page.figure


def funnel(table_of):
    rows = table_of("funnel")
    names = [["engagements, offers", "included"], ["some role provided"], ["talks held"], ["agreement: ceasefire or", "more"]]
    unit = 174.69 / 28
    halves = 359.25 + 74 * np.array([0, 0.5, 1])
    page = Page("funnel")
    page.say([344.33, 344.33, RIGHT], [38.2, 46.18, 46.18], ["Of the stage", "before", "Of all"], align="right", weight="bold")
    page.line(LEFT, 50.18, RIGHT, 50.18, FAINT, 0.6)
    page.line(halves, 50.18, halves, 162.1, [MUTED, GRID, GRID])
    page.say(halves, 171.1, ["0%", "50%", "100%"], 7, MUTED, "center")
    for place, (row, name) in enumerate(zip(rows, names)):
        top = 54.18 + 26.98 * place
        if place < 3:
            page.box(111, top + 10, row["cases"] * unit, 16.98, FAINT)
        page.say(LEFT, down(name, top + 7.86, 9.12), name, 8, weight="bold")
        page.box([111, 111 + row["cases"] * unit], top, [row["cases"] * unit, row["ended"] * unit], 10, [ACCENT, PALE])
        said = f"Cases {row['cases']:.0f}"
        if row["ended"]:
            said += f" · Ended before it {row['ended']:.0f}"
        if row["unknown"]:
            page.box(111 + (row["cases"] + row["ended"]) * unit, top, row["unknown"] * unit, 10, PAPER, MUTED, 0.6, DOTTED)
            said += f" · Step unknown {row['unknown']:.0f}"
        page.say(114, top + 19, said, 7, MUTED)
        if place:
            page.say([318.96, 344.33, 469.43, RIGHT], top + 7.86, [counts(row["of_before_n"], row["of_before_of"]), percent(row["of_before_value"]),
                     counts(row["of_all_n"], row["of_all_of"]), percent(row["of_all_value"])], 8, align="right")
            low, value, high = (359.25 + 74 * row[f"of_all_{part}"] for part in ("low", "value", "high"))
            page.interval([low], [high], [top + 5])
            page.dot(value, top + 5, 2.3, ACCENT, ACCENT, 1)
    page.line(111, 50.18, 111, 162.1, MUTED, 0.6)
    page.box([LEFT, 46], 180.08, 10, 4.4, [ACCENT, PALE])
    page.box(120.42, 180.08, 10, 4.4, PAPER, MUTED, 0.6, DOTTED)
    page.say([17, 60, 134.42], 184.78, ["Cases", "Ended before it", "Step unknown"])
    return page.figure


def survival(table_of):
    rows = table_of("survival")
    ticks = {"1 day": 1, "1 week": 7, "1 month": 30.44, "3 months": 91.31, "1 year": 365.25, "2 years": 730.5, "5 years": 1826.25}
    kinds = {kind: [row for row in rows if row["lengths"] == kind] for kind in ("longest", "shortest")}
    page = Page("survival")
    axes = page.figure.add_axes((51 / WIDTH, page.up(205.2), 429.23 / WIDTH, page.up(35.2) - page.up(205.2)), zorder=1)
    days = {kind: column(each, "days") for kind, each in kinds.items()}
    cuts = np.unique(np.concatenate(list(days.values())))[1:]

    def limit(kind, part):
        at = column(kinds[kind], part)[np.searchsorted(days[kind], cuts, "right") - 1]
        return np.r_[at[:-1], at[-2]]

    axes.fill_between(cuts, limit("shortest", "low"), limit("longest", "high"), step="post", color=PALE, linewidth=0, zorder=1.5)
    for kind, colour, width in (("longest", ACCENT, 2.4), ("shortest", INK, 0.9)):
        axes.step(np.maximum(days[kind], 0.7), column(kinds[kind], "lasting"), where="post", color=colour, linewidth=width)
    axes.set_xscale("log")
    axes.set(xlim=(0.7, 3000), ylim=(0, 1), facecolor="none")
    axes.set_xticks(list(ticks.values()), list(ticks))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.minorticks_off()
    axes.tick_params(length=0, labelsize=7, labelcolor=MUTED)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set(color=MUTED, linewidth=0.5)
    page.say(LEFT, 230, "Going on until then", 7, MUTED, weight="bold")
    for line, (kind, each) in zip((239.5, 249), kinds.items()):
        page.say(LEFT, line, kind, 7, MUTED)
        for day in ticks.values():
            at_risk = next(row["at_risk"] for row in each if row["days"] >= day)
            x, _ = axes.transData.transform((day, 0)) / page.figure.dpi * 72
            page.say(x, line, f"{at_risk:.0f}", 7, INK, "center")
    keys = [Line2D([], [], color=ACCENT, linewidth=2.4, label="Lengths: longest"), Line2D([], [], color=INK, linewidth=0.9, label="Lengths: shortest"),
            Patch(color=PALE, label="limits of either")]
    page.figure.legend(handles=keys, loc="center left", bbox_to_anchor=(0, page.up(260.5)), ncols=3, frameon=False, fontsize=7,
                       labelcolor=INK, handlelength=1.4, borderaxespad=0.4, columnspacing=1.4)
    return page.figure


def models(table_of):
    rows = table_of("models")

    def at(odds):
        return 274.61 + 59.425 * np.log(odds)

    y = 44.2 + 14.55 * np.arange(len(rows))
    held = [place for place, row in enumerate(rows) if row["odds_ratio"] is not None]
    silent = [place for place in range(len(rows)) if place not in held]
    fitted = [rows[place] for place in held]
    page = Page("models")
    page.say([LEFT, 133, 366.23, 458.23], 40.2, ["Term", "Successes / n", "Odds ratio", "p"], 7, MUTED, weight="bold")
    page.line(LEFT, np.r_[y, 102.4], RIGHT, np.r_[y, 102.4], FAINT)
    marks = at([0.5, 2, 1])
    page.line(marks, 44.2, marks, 73.3, [GRID, GRID, INK], [0.5, 0.5, 0.8])
    page.say(LEFT, y + 9.95, [row["term"] for row in rows], 7.5)
    page.say(133, y + 9.95, [counts(row["successes"], row["n"]) for row in rows], 7.5)
    page.interval(at(column(fitted, "low")), at(column(fitted, "high")), y[held] + 7.27, 2.2, INK, 0.9)
    page.dot(at(column(fitted, "odds_ratio")), y[held] + 7.27, 2.46, PAPER, INK, 0.9, "s")
    page.say(366.23, y[held] + 9.95, [f"{row['odds_ratio']:.2f} [{row['low']:.2f}–{row['high']:.2f}]" for row in fitted], 7.5)
    page.say(458.23, y[held] + 9.95, [f"{row['p']:.3f}" for row in fitted], 7.5)
    page.say(191, y[silent] + 9.95, [rows[place]["in_words"] for place in silent], 7.5, MUTED)
    page.say(at([0.5, 1, 2]), 112.4, ["0.5", "1", "2"], 7, MUTED, "center")
    page.say([191, 358.23], 121.8, ["← lower odds", "higher odds →"], 7, INK, ["left", "right"])
    return page.figure

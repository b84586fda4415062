"""What all figures share: colours, type, the page with its headings, and marks in points.

Most of these figures set tables and small plots side by side. They are one set of axes each, with
the page in points as its coordinates: axes with ticks for every part would say the same and take
longer. Where a figure is a plain plot, it has axes and a legend.
"""

import csv
from datetime import date
from pathlib import Path
from textwrap import wrap

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

matplotlib.rcParams.update({
    "font.family": "sans-serif",
    "font.sans-serif": ["Noto Sans", "DejaVu Sans"],
    "svg.fonttype": "none",
    "text.parse_math": False,
    "lines.scale_dashes": False,
})

INK, MUTED, GRID, FAINT, PAPER = "#1c1e21", "#5a6067", "#d4d7da", "#eeeff1", "#ffffff"
ACCENT, PALE = "#1f6f8b", "#b9d8e2"
RAMP = ["#f3e9b2", "#b5d89a", "#5cb8a5", "#2b88a8", "#2a5592", "#22225e"]
OUTCOMES = ["not_held", "no_agreement", "process", "ceasefire", "partial", "settlement"]
ROLES = ["observer", "venue", "facilitation", "shuttle", "broker", "leverage"]
# What the codes of the tables mean.
SAID = {
    "begun": "mediations begun (a year of record)",
    "depth": "median deepest role",
    "reached_ceasefire": "reached ceasefire or more",
    "reached_process": "reached process or more",
    "hosted": "meetings held at home",
    "equal_rates": "equal rates, exact",
    "jonckheere_terpstra": "Jonckheere-Terpstra, exact",
    "cochran_armitage": "Cochran-Armitage, exact",
    "whole_cases_exchanged": "whole cases exchanged",
    "rare_by_chance": "a difference this clear would be rare by chance",
    "not_settled": "the record does not settle whether it changed",
    "all_the_same": "all gave one and the same value, so chance cannot be told from agreement",
    "no_data": "not computable: there is no case",
    "no_interval_undefined_resamples": "interval not computable: the cases are few or hardly vary",
    "no_interval_no_variation": "interval not computable: the values do not vary",
}

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "data" / "kazakhstan"
POINTS = 72 / 25.4
WIDTH = 174 * POINTS
LEFT, RIGHT = 3, WIDTH - 3
DASHED, DOTTED = (0, (3, 1.6)), (0, (1.5, 1.2))


def read(path):
    """The rows of a CSV file, numbers as numbers and empty cells as None."""
    def cell(text):
        if text == "":
            return None
        try:
            return float(text)
        except ValueError:
            return text
    with open(path, encoding="utf-8", newline="") as file:
        return [{name: cell(text) for name, text in row.items()} for row in csv.DictReader(file)]


def shared(name):
    return read(HERE.parent / "shared" / name)


HEADINGS = {row["figure"]: row for row in shared("headings.csv")}


def column(rows, name):
    """A column of numbers; what is missing is not a number."""
    return np.array([np.nan if row[name] is None else row[name] for row in rows], float)


def plain(code):
    return code.replace("_", " ")


def period(code):
    return code.replace("-", "–")


CAPACITIES = {"own": "on its own", "joint": "with other mediators", "ex_officio": "by office held", "member": "as a member"}


def group(code):
    return "unknown" if code is None else CAPACITIES.get(code, plain(period(code)))


def percent(share):
    return f"{round(share * 100)}%"


def counts(n, of, small=False):
    return f"{n:.0f}/{of:.0f}{'†' if small else ''}"


def year_of(text):
    day = date.fromisoformat(text)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def spread(value, count):
    """One value for every mark."""
    return list(value) if isinstance(value, (list, np.ndarray)) else [value] * count


def down(lines, first, leading=8.4):
    return first + leading * np.arange(len(lines))


def around(lines, middle, leading=8.4):
    return middle + leading * (np.arange(len(lines)) - (len(lines) - 1) / 2)


class Page:
    """The page of a figure in points from its upper left corner, with headline, title, subtitle and sources."""

    def __init__(self, name):
        words = HEADINGS[name]
        headline, footer = words["headline"].split("\n"), words["footer"].split("\n")
        # The figure begins where the title does; the lines of the headline are above it.
        self.above = 10.6 + 13.2 * (len(headline) - 1)
        self.height = words["height_mm"] * POINTS - self.above
        self.figure = plt.figure(figsize=(WIDTH / 72, (self.height + self.above) / 72))
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, WIDTH), ylim=(self.height, -self.above))
        self.axes.set_axis_off()
        self.layer = 0
        self.say(LEFT, down(headline, 12 - self.above, 13.2), headline, 11, weight="bold")
        self.say(LEFT, [12.6, 23.2], [words["title"], words["subtitle"]], 8, [INK, MUTED])
        self.say(LEFT, down(footer, self.height - 3 - 8.4 * (len(footer) - 1)), footer, 7, MUTED)

    def up(self, y):
        """A height on the page as matplotlib counts it for a figure."""
        return (self.height - y) / (self.height + self.above)

    def next_layer(self):
        """Marks lie on each other in the order in which they are drawn."""
        self.layer += 1
        return self.layer

    def say(self, x, y, label, size=7, colour=INK, align="left", weight="normal"):
        labels = [label] if isinstance(label, str) else list(label)
        every = [spread(value, len(labels)) for value in (x, y, colour, align, weight)]
        layer = self.next_layer()
        for text, left, base, ink, side, heavy in zip(labels, *every):
            self.axes.text(left, base, text, size=size, color=ink, ha=side, va="baseline", weight=heavy, zorder=layer)

    def line(self, x, y, xend, yend, colour=INK, width=0.5, dashes="solid"):
        x, y, xend, yend = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, float)) for value in (x, y, xend, yend)))
        lines = np.stack([np.stack([x, y], 1), np.stack([xend, yend], 1)], 1)
        self.axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, linestyles=dashes,
                                                capstyle="butt", zorder=self.next_layer()), autolim=False)

    def box(self, left, top, width, height, fill=PAPER, colour="none", line=0.6, dashes="solid"):
        left, top, width, height = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, float)) for value in (left, top, width, height)))
        corners = np.stack([np.stack([left, top], 1), np.stack([left + width, top], 1),
                            np.stack([left + width, top + height], 1), np.stack([left, top + height], 1)], 1)
        self.axes.add_collection(PolyCollection(corners, facecolors=fill, edgecolors=colour, linewidths=line,
                                                linestyles=dashes, joinstyle="miter", zorder=self.next_layer()), autolim=False)

    def dot(self, x, y, r, fill=INK, colour=INK, line=0.5, marker="o"):
        x, y, r = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, float)) for value in (x, y, r)))
        fill, colour, marker = (spread(value, len(x)) for value in (fill, colour, marker))
        layer = self.next_layer()
        # A call to scatter has one marker.
        for shape in dict.fromkeys(marker):
            these = [place for place, other in enumerate(marker) if other == shape]
            self.axes.scatter(x[these], y[these], s=(2 * r[these]) ** 2, marker=shape, linewidths=line, clip_on=False,
                              facecolors=[fill[place] for place in these], edgecolors=[colour[place] for place in these], zorder=layer)

    def interval(self, low, high, y, end=1.5, colour=INK, width=1.2):
        """A lying interval with its ends."""
        low, high, y = (np.asarray(value, float) for value in (low, high, y))
        colour, width = spread(colour, len(low)), spread(width, len(low))
        self.line(np.r_[low, low, high], np.r_[y, y - end, y - end], np.r_[high, low, high], np.r_[y, y + end, y + end], colour * 3, width * 3)

    def whisker(self, x, low, high, end=1.6, width=0.7):
        """A standing interval with its ends."""
        x, low, high = (np.asarray(value, float) for value in (x, low, high))
        self.line(np.r_[x, x - end, x - end], np.r_[low, low, high], np.r_[x, x + end, x + end], np.r_[high, low, high], width=width)

    def steps(self, x, bottom, rank, fill=ACCENT, of=6):
        """The place of a code on its scale as rising bars."""
        x, bottom, rank = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, float)) for value in (x, bottom, rank)))
        fill = spread(fill, len(x))
        bar, glyph = np.tile(np.arange(of), len(x)), np.repeat(np.arange(len(x)), of)
        high = 2.2 + 0.72 * bar
        filled = bar < rank[glyph]
        self.box(x[glyph] + 2.3 * bar, bottom[glyph] - high, 1.7, high, [fill[place] if is_filled else FAINT for place, is_filled in zip(glyph, filled)],
                 [INK if is_filled else GRID for is_filled in filled], 0.35)

    def shares(self, x, base, rows, name, height=36):
        """The share of every row as a bar with its interval, beside it the counts."""
        value, low, high = (column(rows, f"{name}_{part}") for part in ("value", "low", "high"))
        x, base = np.asarray(x, float), np.broadcast_to(base, value.shape)
        top = base - value * height
        self.box(x, top, 18, value * height, PALE)
        self.line(x, top, x + 18, top, ACCENT, 1.6)
        self.whisker(x + 9, base - low * height, base - high * height)
        text = beside(top, base, height)
        said = [counts(row[f"{name}_n"], row[f"{name}_of"], row[f"{name}_is_small"] == 1) for row in rows]
        self.say(x + 21, text, said, 8)
        self.say(x + 21, text + 8.4, [percent(share) for share in value], 7, MUTED)

    def axis_lines(self, at, labels, left, right):
        """The lines of an axis with their numbers."""
        self.line(left, at, right, at, [MUTED] + [FAINT] * (len(at) - 1))
        self.say(left - 4, np.asarray(at) + 2.5, labels, 7, MUTED, "right")


def beside(y, base, height):
    """The baseline of the first of two lines beside a mark, inside of its row."""
    return np.maximum(np.minimum(y - 1.34, base - 9.4), base - height + 5.7)


def save_figure(figure, name, folder, formats):
    for format in formats:
        figure.savefig(folder / f"{name}.{format}", dpi=300)
    plt.close(figure)

# What all figures share: colours, type, the page with its headings, and marks in points.
#
# Most of these figures set tables and small plots side by side. They are one panel each, with the
# page in points as its coordinates: facets, guides and a plot for every part would say the same
# and take longer. Where a figure is a plain plot, it has scales and facets.

suppressPackageStartupMessages(library(ggplot2))

FONT <- "Noto Sans"
INK <- "#1c1e21"
MUTED <- "#5a6067"
GRID <- "#d4d7da"
FAINT <- "#eeeff1"
PAPER <- "#ffffff"
ACCENT <- "#1f6f8b"
PALE <- "#b9d8e2"
RAMP <- c("#f3e9b2", "#b5d89a", "#5cb8a5", "#2b88a8", "#2a5592", "#22225e")
OUTCOMES <- c("not_held", "no_agreement", "process", "ceasefire", "partial", "settlement")
ROLES <- c("observer", "venue", "facilitation", "shuttle", "broker", "leverage")
# What the codes of the tables mean.
SAID <- c(
  begun = "mediations begun (a year of record)",
  depth = "median deepest role",
  reached_ceasefire = "reached ceasefire or more",
  reached_process = "reached process or more",
  hosted = "meetings held at home",
  equal_rates = "equal rates, exact",
  jonckheere_terpstra = "Jonckheere-Terpstra, exact",
  cochran_armitage = "Cochran-Armitage, exact",
  whole_cases_exchanged = "whole cases exchanged",
  rare_by_chance = "a difference this clear would be rare by chance",
  not_settled = "the record does not settle whether it changed",
  all_the_same = "all gave one and the same value, so chance cannot be told from agreement",
  no_data = "not computable: there is no case",
  no_interval_undefined_resamples = "interval not computable: the cases are few or hardly vary",
  no_interval_no_variation = "interval not computable: the values do not vary"
)

WIDTH_MM <- 174
POINTS <- 72 / 25.4
LEFT <- 3
RIGHT <- WIDTH_MM * POINTS - 3

# Points as the units of ggplot2: of text, of lines, of the radius and the stroke of a point.
type <- function(points) points / .pt
thick <- function(points) points / 0.75 / .pt
radius <- function(points) points / 0.375 / .pt
stroke <- function(points) points / 0.75 * 2 / .stroke

table_of <- function(name) {
  read.csv(file.path(TABLES, paste0(name, ".csv")), na.strings = "", check.names = FALSE, encoding = "UTF-8")
}

shared <- function(name) read.csv(file.path(HERE, "..", "shared", name), na.strings = "", encoding = "UTF-8")

plain <- function(code) gsub("_", " ", code)
period <- function(code) sub("-", "–", code)
CAPACITIES <- c(own = "on its own", joint = "with other mediators", ex_officio = "by office held", member = "as a member")
group <- function(code) ifelse(is.na(code), "unknown", ifelse(code %in% names(CAPACITIES), CAPACITIES[code], plain(period(code))))
percent <- function(share) sprintf("%d%%", round(share * 100))
counts <- function(n, of, small = 0) paste0(n, "/", of, ifelse(small == 1, "†", ""))

heading <- function(name) HEADINGS[HEADINGS$figure == name, ]

# The page of a figure in points from its upper left corner, with headline, title, subtitle and sources.
#
# Marks of one kind that follow each other are one layer, since every layer costs ggplot2 the same
# whatever it holds. Text lies on everything. `by_kind` says that boxes, lines and dots may too
# be gathered, in this order.
page <- function(name, ..., by_kind = FALSE) {
  words <- heading(name)
  headline <- strsplit(words$headline, "\n")[[1]]
  # The figure begins where the title does; the lines of the headline are above it.
  above <- 10.6 + 13.2 * (length(headline) - 1)
  height <- words$height_mm * POINTS - above
  footer <- strsplit(words$footer, "\n")[[1]]
  marks <- flat(list(
    ...,
    say(LEFT, 12 - above + 13.2 * (seq_along(headline) - 1), headline, 11, face = "bold"),
    say(LEFT, c(12.6, 23.2), c(words$title, words$subtitle), 8, c(INK, MUTED)),
    say(LEFT, height - 3 - 8.4 * rev(seq_along(footer) - 1), footer, 7, MUTED)
  ))
  kinds <- vapply(marks, function(mark) if (is.data.frame(mark)) attr(mark, "kind") else "layer", "")
  order <- if (by_kind) order(match(kinds, c("box", "line", "layer", "dot", "text"))) else order(kinds == "text")
  kinds <- kinds[order]
  runs <- cumsum(c(TRUE, kinds[-1] != head(kinds, -1) | kinds[-1] == "layer"))
  ggplot() +
    lapply(split(marks[order], runs), layer_of) +
    scale_x_continuous(limits = c(0, WIDTH_MM * POINTS), expand = c(0, 0)) +
    scale_y_reverse(limits = c(height, -above), expand = c(0, 0)) +
    theme_void() +
    theme(plot.background = element_rect(fill = PAPER, colour = NA))
}

flat <- function(marks) {
  if (is.null(marks)) list() else if (is.data.frame(marks) || inherits(marks, "Layer")) list(marks) else do.call(c, lapply(unname(marks), flat))
}

layer_of <- function(marks) {
  if (!is.data.frame(marks[[1]])) return(marks[[1]])
  rows <- do.call(rbind, marks)
  switch(attr(marks[[1]], "kind"),
    text = geom_text(aes(x, y, label = label), rows, size = rows$size, colour = rows$colour, hjust = rows$hjust, vjust = 0,
                     fontface = rows$face, family = FONT),
    line = geom_segment(aes(x, y, xend = xend, yend = yend), rows, colour = rows$colour, linewidth = rows$width, linetype = rows$dashes),
    box = geom_rect(aes(xmin = left, xmax = right, ymin = top, ymax = bottom), rows, fill = rows$fill, colour = rows$colour,
                    linewidth = rows$line, linetype = rows$dashes),
    dot = geom_point(aes(x, y), rows, shape = rows$shape, size = rows$size, fill = rows$fill, colour = rows$colour, stroke = rows$line)
  )
}

mark <- function(kind, ...) if (all(lengths(list(...)) > 0)) structure(data.frame(...), kind = kind)

# Text by its baseline.
say <- function(x, y, label, size = 7, colour = INK, hjust = 0, face = "plain") {
  mark("text", x, y, label = as.character(label), size = type(size), colour, hjust, face)
}

line <- function(x, y, xend, yend, colour = INK, width = 0.5, dashes = "solid") {
  mark("line", x, y, xend, yend, colour, width = thick(width), dashes)
}

box <- function(left, top, width, height, fill = PAPER, colour = NA, line = 0.6, dashes = "solid") {
  mark("box", left, right = left + width, top, bottom = top + height, fill, colour = as.character(colour), line = thick(line), dashes)
}

# Triangles of ggplot2 have the area of the circle, so they are a little less here.
dot <- function(x, y, r, fill = INK, colour = INK, line = 0.5, shape = 21) {
  mark("dot", x, y, shape, size = radius(r) * ifelse(shape %in% c(24, 25), 0.86, 1), fill = as.character(fill), colour, line = stroke(line))
}

# An interval with its ends: lying, and below standing.
interval <- function(low, high, y, end = 1.5, colour = INK, width = 1.2) {
  line(c(low, low, high), c(y, y - end, y - end), c(high, low, high), c(y, y + end, y + end),
       rep(rep_len(colour, length(low)), 3), rep(rep_len(width, length(low)), 3))
}

whisker <- function(x, low, high, end = 1.6, width = 0.7) {
  line(c(x, x - end, x - end), c(low, low, high), c(x, x + end, x + end), c(high, low, high), width = width)
}

# The place of a code on its scale as rising bars.
steps <- function(x, bottom, rank, fill = ACCENT, of = 6) {
  bars <- expand.grid(bar = seq_len(of), glyph = seq_along(x))
  filled <- bars$bar <= rank[bars$glyph]
  high <- 2.2 + 0.72 * (bars$bar - 1)
  box(x[bars$glyph] + 2.3 * (bars$bar - 1), bottom[bars$glyph] - high, 1.7, high,
      ifelse(filled, rep_len(fill, length(x))[bars$glyph], FAINT), ifelse(filled, INK, GRID), 0.35)
}

# The baseline of the first of two lines beside a mark, inside of its row.
beside <- function(y, base, height) pmax(pmin(y - 1.34, base - 9.4), base - height + 5.7)

# The share of every period as a bar with its interval, beside it the counts.
shares <- function(x, base, n, of, small, value, low, high, height = 36) {
  top <- base - value * height
  text <- beside(top, base, height)
  list(
    box(x, top, 18, value * height, PALE),
    line(x, top, x + 18, top, ACCENT, 1.6),
    whisker(x + 9, base - low * height, base - high * height),
    say(x + 21, text, counts(n, of, small), 8),
    say(x + 21, text + 8.4, percent(value), 7, MUTED)
  )
}

# At most three lines of text, which may also be broken after a hyphen.
broken <- function(text, width) {
  lines <- gsub("- ", "-", strwrap(gsub("-", "- ", text), width))
  if (length(lines) > 3) c(lines[1:2], paste0(lines[3], "…")) else lines
}

# The lines of an axis with their numbers; `at` is where they stand.
axis_lines <- function(at, labels, left, right) {
  list(
    line(left, at, right, at, ifelse(seq_along(at) == 1, MUTED, FAINT), 0.5),
    say(left - 4, at + 2.5, labels, 7, MUTED, 1)
  )
}

year_of <- function(date) {
  day <- as.POSIXlt(date)
  day$year + 1900 + day$yday / 365.25
}

save_figure <- function(plot, name, folder, formats) {
  file <- function(format) file.path(folder, paste0(name, ".", format))
  height <- heading(name)$height_mm
  save <- function(format, ...) ggsave(file(format), plot, width = WIDTH_MM, height = height, units = "mm", ...)
  if ("svg" %in% formats) save("svg", device = svglite::svglite)
  if ("png" %in% formats) save("png", device = png, type = "cairo", dpi = 300)
  if ("pdf" %in% formats) save("pdf", device = cairo_pdf)
}

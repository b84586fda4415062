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
percent <- function(share) sprintf("%d%%", round(share * 100))
counts <- function(n, of, small = 0) paste0(n, "/", of, ifelse(small == 1, "†", ""))

heading <- function(name) HEADINGS[HEADINGS$figure == name, ]

# The page of a figure in points from its upper left corner, with title, subtitle and sources.
page <- function(name) {
  words <- heading(name)
  height <- words$height_mm * POINTS
  footer <- strsplit(words$footer, "\n")[[1]]
  ggplot() +
    scale_x_continuous(limits = c(0, WIDTH_MM * POINTS), expand = c(0, 0)) +
    scale_y_reverse(limits = c(height, 0), expand = c(0, 0)) +
    theme_void() +
    theme(plot.background = element_rect(fill = PAPER, colour = NA)) +
    say(LEFT, 12, words$title, 11, face = "bold") +
    say(LEFT, 23.2, words$subtitle, 8, MUTED) +
    say(LEFT, height - 3 - 8.4 * rev(seq_along(footer) - 1), footer, 7, MUTED)
}

# Text by its baseline.
say <- function(x, y, label, size = 7, colour = INK, hjust = 0, face = "plain") {
  annotate("text", x, y, label = label, size = type(size), colour = colour, hjust = hjust, vjust = 0,
           fontface = face, family = FONT)
}

line <- function(x, y, xend, yend, colour = INK, width = 0.5, dashes = "solid") {
  annotate("segment", x, y, xend = xend, yend = yend, colour = colour, linewidth = thick(width), linetype = dashes)
}

box <- function(left, top, width, height, fill = PAPER, colour = NA, line = 0.6, dashes = "solid") {
  annotate("rect", xmin = left, xmax = left + width, ymin = top, ymax = top + height, fill = fill,
           colour = colour, linewidth = thick(line), linetype = dashes)
}

# Triangles of ggplot2 have the area of the circle, so they are a little less here.
dot <- function(x, y, r, fill = INK, colour = INK, line = 0.5, shape = 21) {
  size <- radius(r) * ifelse(shape %in% c(24, 25), 0.86, 1)
  annotate("point", x, y, shape = shape, size = if (length(unique(size)) == 1) size[1] else size, fill = fill, colour = colour, stroke = stroke(line))
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

group <- function(code) ifelse(is.na(code) | code == "", "unknown", gsub("-", "–", gsub("_", " ", code)))

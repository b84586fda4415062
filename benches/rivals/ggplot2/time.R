# Figures along time: timeline, trajectories, calendar, activity.

SHAPES <- c(round = 21, summit = 22, visit = 24, call = 23, offer = 25)
# Three marks that no point of R can fill: a filled glyph below, and its outline.
GLYPHS <- c(statement = "\u271a", agreement = "\u25ae", context = "\u2726")
OUTLINES <- c(statement = "\u2719", agreement = "\u25af", context = "\u2727")

events_at <- function(x, y, type, hosted, r = 1.75) {
  fill <- ifelse(is.na(hosted), GRID, ifelse(hosted == 1, INK, PAPER))
  open <- !type %in% names(SHAPES)
  glyph <- function(glyphs, colour) annotate("text", x[open], y[open], label = glyphs[type[open]], size = 3.4 * r / .pt, colour = colour, family = "DejaVu Sans")
  list(
    dot(x[!open], y[!open], r, fill[!open], INK, 0.5, SHAPES[type[!open]]),
    if (any(open)) glyph(GLYPHS, fill[open]),
    if (any(open)) glyph(OUTLINES, INK)
  )
}

# Levels for the marks of a lane: as few as a small step aside allows, at most four.
levels_of <- function(x, pitch = 4) {
  for (levels in c(1:4, 4)) {
    step <- if (levels == 4) 7 else 1.75
    last <- rep(-Inf, levels)
    level <- integer(length(x))
    at <- x
    for (i in seq_along(x)) {
      free <- pmax(x[i] - step, last + pitch)
      level[i] <- which.min(free)
      at[i] <- free[level[i]]
      last[level[i]] <- at[i]
    }
    if (all(at <= x + step)) break
  }
  # Back to where they belong, as far as the next mark of the level allows.
  for (i in rev(seq_along(x))) {
    later <- at[seq_along(x) > i & level == level[i]]
    at[i] <- max(at[i], min(x[i], later - pitch))
  }
  data.frame(x = at, level = level)
}

timeline <- function() {
  rows <- table_of("timeline")
  at <- function(year) 170.02 + (year - 1995) * 5.8247
  dates <- c("from_earliest", "from_latest", "until_earliest", "until_latest")
  rows[dates] <- lapply(rows[dates], function(date) at(year_of(date)))
  end <- at(year_of("2026-03-11"))
  spans <- rows[rows$mark == "span", ]
  events <- rows[rows$mark == "event", ]
  events$at <- (events$from_earliest + ifelse(is.na(events$until_latest), events$from_latest, events$until_latest)) / 2
  events$lane <- match(events$case, spans$case)
  events <- events[order(events$lane, events$at), ]
  events[c("x", "level")] <- do.call(rbind, lapply(split(events$at, events$lane), levels_of))
  levels <- tapply(events$level, factor(events$lane, seq_len(nrow(spans))), max, default = 0)
  high <- pmax(10.95, 6.3 + 4 * levels)
  bottom <- 47.6 + cumsum(high)
  middle <- bottom - high / 2
  bar <- bottom - 2.9
  offer <- spans$kind == "offer"
  unknown <- !offer & is.na(spans$outcome)
  outcome <- match(spans$outcome, OUTCOMES)
  role <- match(spans$role, ROLES)
  from <- spans$from_latest
  until <- ifelse(spans$open == 1, end, pmax(spans$until_earliest, from + 1.6))
  colour <- ifelse(offer, MUTED, INK)
  years <- 1992:2026
  fives <- seq(1995, 2025, 5)
  base <- max(bottom)
  word <- function(code, missing) ifelse(is.na(code), ifelse(missing == "na", "–", "unknown"), plain(code))
  page("timeline",
    line(LEFT, c(47.6, bottom), RIGHT, c(47.6, bottom), FAINT),
    line(at(years), 47.6, at(years), base, FAINT),
    line(at(fives), 47.6, at(fives), base, GRID),
    say(rep(at(fives), 2), rep(c(43.6, base + 9), each = 7), rep(fives, 2), 7, MUTED, 0.5),
    say(c(LEFT, 359.7, 422.41), 43.6, c("Title", "Deepest role", "Outcome"), 7, MUTED, face = "bold"),
    line(150.6, 47.6, 150.6, base, MUTED),
    line(end, 47.6, end, base, INK, 0.7, "32"),
    say(c(150.6, end), base + 17.4, c("record begins 1991-09-01", "record ends 2026-03-11"), 7, MUTED, c(0, 1)),
    say(LEFT, middle + 2.7, spans$title, 7.5, colour),
    steps(rep(359.7, sum(!is.na(role))), middle[!is.na(role)] + 2.9, role[!is.na(role)]),
    steps(rep(422.41, sum(!is.na(outcome))), middle[!is.na(outcome)] + 2.9, outcome[!is.na(outcome)],
          RAMP[outcome[!is.na(outcome)]]),
    say(376.5, middle + 2.7, word(spans$role, spans$role_missing), 7.5, ifelse(is.na(role), MUTED, colour)),
    say(439.21, middle + 2.7, word(spans$outcome, spans$outcome_missing), 7.5, ifelse(is.na(outcome), MUTED, colour)),
    line(spans$from_earliest, bar, ifelse(spans$open == 1, end, spans$until_latest), bar, MUTED, 1),
    box(from[!unknown], bar[!unknown] - 1.7, (until - from)[!unknown], 3.4,
        ifelse(offer, PAPER, RAMP[outcome])[!unknown], ifelse(offer, MUTED, INK)[!unknown], 0.5),
    box(from[unknown], bar[unknown] - 1.7, (until - from)[unknown], 3.4, PAPER, INK, 0.6, "21"),
    annotate("text", end + 2, bar[spans$open == 1], label = "▶", size = type(7), hjust = 0, family = "DejaVu Sans"),
    line(events$x[wide <- events$until_latest - events$from_earliest > 6], (bottom[events$lane] - 7.1 - 4 * (events$level - 1))[wide],
         events$until_latest[wide], (bottom[events$lane] - 7.1 - 4 * (events$level - 1))[wide], MUTED, 0.9),
    events_at(events$x, bottom[events$lane] - 7.1 - 4 * (events$level - 1), events$type, events$hosted),
    timeline_key(base + 31.8))
}

timeline_key <- function(y) {
  kinds <- c(names(SHAPES), names(GLYPHS))
  x <- c(74.12, 143.77, 192.87, 229.92, 264.81, 304.71, 362.33, 422.63)
  second <- c(74.12, 108.99, 141.55)
  third <- c(68.62, 185.78, 225.68)
  list(
    say(LEFT, y + c(0, 10.2, 20.4), c("Type of event", "Hosted at home", "Case"), 7, MUTED, face = "bold"),
    events_at(x, rep(y - 2.5, 8), kinds, rep(1, 8), 2.15),
    say(x + 8.5, y, sub("round", "round of talks", kinds)),
    dot(second, y + 7.7, 2.15, c(INK, PAPER, GRID), INK, 0.6),
    say(second + 8.5, y + 10.2, c("yes", "no", "unknown")),
    box(68.62 + 0:5 * 1.667, y + 15.7, 1.667, 4.4, RAMP),
    box(third[1:2], y + 15.7, 10, 4.4, c(NA, PAPER), c(INK, MUTED), c(0.35, 0.6)),
    box(third[3], y + 15.7, 10, 4.4, PAPER, INK, 0.6, "21"),
    line(c(314.5, 382.58), y + 17.9, c(324.5, 390.58), y + 17.9, c(MUTED, INK), 0.9),
    annotate("text", 389, y + 17.9, label = "▶", size = type(6), hjust = 0, family = "DejaVu Sans"),
    say(c(82.62, 199.78, 239.68, 328.5, 396.58), y + 20.4,
        c("mediation (colour: outcome)", "offer", "Outcome: unknown", "possible days", "still open")),
    say(LEFT, y + 33, "Marks are moved aside by up to 9 months where they would cover each other. A dash: does not apply.", 7, MUTED)
  )
}

trajectories <- function() {
  rows <- table_of("trajectories")
  rows$rank <- match(rows$outcome, OUTCOMES)
  rows$year <- year_of(rows$earliest)
  cases <- unique(rows$case)
  many <- cases[table(rows$case)[cases] > 1]
  one <- rows[!rows$case %in% many, ]
  marks <- list()
  courses <- NULL
  for (i in seq_along(many)) {
    here <- rows[rows$case == many[i], ]
    n <- nrow(here)
    left <- if (i == 7) 57.68 else 57.68 + 148.85 * ((i - 1) %% 3)
    right <- if (i == 7) RIGHT else left + 134.85
    base <- c(91.75, 181.25, 262.25)[(i - 1) %/% 3 + 1]
    x <- left + 2.6 + (here$year - here$year[1]) / (here$year[n] - here$year[1]) * (right - left - 5.2)
    y <- base - (here$rank - 1) * 8.8
    title <- strwrap(here$title[1], 36)
    dates <- ifelse(here$earliest == here$latest, here$earliest, substr(here$earliest, 1, 7))[c(1, n)]
    mark <- match(here$change, c("first", "up", "same", "down"))
    courses <- rbind(courses, data.frame(x, y, case = i))
    marks <- list(marks,
      if (left < 60) say(50.68, base - 8.8 * 0:5 + 2.5, plain(OUTCOMES), 7, MUTED, 1),
      say(left, base - 52 - 9 * rev(seq_along(title) - 1), title, 7.5, face = "bold"),
      line(left, base - 8.8 * 0:5, right, base - 8.8 * 0:5, FAINT),
      dot(x, y, 2.1, c(ACCENT, ACCENT, PAPER, INK)[mark], INK, 0.5, c(21, 24, 21, 25)[mark]),
      say(c(left, right), base + 10.5, dates, 7, MUTED, c(0, 1)))
  }
  x <- c(44.5, 105.5, 155.7, 210.5)
  days <- ifelse(one$earliest == one$latest, one$earliest, substr(one$earliest, 1, 7))
  only <- paste0("One dated outcome only, cases: ", nrow(one), " – ",
                 paste0(one$title, " (", days, ", ", plain(one$outcome), ")", collapse = "; "), ".")
  only <- strwrap(only, 146)
  page("trajectories",
    marks,
    geom_step(aes(x, y, group = case), courses, colour = ACCENT, linewidth = thick(1)),
    say(LEFT, 289.5, "Change", 7, MUTED, face = "bold"),
    dot(x, 287, 2.4, c(ACCENT, ACCENT, PAPER, INK), INK, 0.5, c(21, 24, 21, 25)),
    say(x + 8.5, 289.5, c("first known", "forward", "the same", "back")),
    say(LEFT, 301.5 + 8.4 * (seq_along(only) - 1), only, 7, MUTED),
    by_kind = TRUE)
}

calendar <- function() {
  rows <- table_of("calendar")
  rows$year <- as.integer(substr(rows$earliest, 1, 4))
  years <- seq(min(rows$year), max(rows$year))
  base <- 92.4 + 46.6 * (years - years[1])
  x <- 52 + (year_of(rows$earliest) - rows$year) * 438.23
  zero <- base[match(rows$year, years)]
  outcome <- match(rows$outcome, OUTCOMES)
  y <- zero - ifelse(is.na(outcome), 0, 2.3 + 4.6 * (outcome - 1))
  away <- rows$hosted == 0
  end <- max(base) + 10
  page("calendar",
    say(LEFT, 41.2, rows$title[1], 8, face = "bold"),
    say(c(LEFT, 70.26 + 36.52 * 0:11), 52.8, c("Month", 1:12), 7, MUTED, c(0, rep(0.5, 12))),
    line(LEFT, c(55.8, base[-length(base)] + 10), RIGHT, c(55.8, base[-length(base)] + 10), GRID),
    line(52 + 36.52 * 0:12, 55.8, 52 + 36.52 * 0:12, end, FAINT),
    say(LEFT, base - 14.3, years, 8, face = "bold"),
    say(LEFT, base - 5.9, paste0("n=", table(factor(rows$year, years))), 7, MUTED),
    line(52, base, RIGHT, base, MUTED),
    line(x, zero, x, y, INK),
    dot(x, y, 2.5, ifelse(is.na(outcome), PAPER, RAMP[outcome]), INK, 0.5, ifelse(away, 22, 21)),
    say(x, y - 4.3, rows$number, 7, INK, 0.5),
    say(x[away], zero[away] + 8, rows$place[away], 7, MUTED, 0.5),
    say(LEFT, end + c(10.4, 20.6), c("Outcome", "Hosted at home"), 7, MUTED, face = "bold"),
    dot(c(74, 144.7, 194, 247.4), end + 7.9, 2.5, c(RAMP[2:4], PAPER), INK, 0.5),
    say(c(74, 144.7, 194, 247.4) + 8.5, end + 10.4, c("no agreement", "process", "ceasefire", "unknown")),
    dot(c(74, 109), end + 18.1, 2.5, PAPER, INK, 0.5, c(21, 22)),
    say(c(82.5, 117.5), end + 20.6, c("yes", "no")))
}

activity <- function() {
  rows <- table_of("activity")
  years <- rows[rows$scale == "year", ]
  spans <- rows[rows$scale == "period", ]
  first <- as.integer(years$span)
  x <- 107 + (first - 1991) * 10.645
  end <- 107 + (year_of("2026-03-11") - 1991) * 10.645
  begin <- 107 + (year_of("1991-09-01") - 1991) * 10.645
  starts <- 107 + (as.integer(substr(spans$from, 1, 4)) - 1991) * 10.645
  base <- c(94.2, 145.2, 196.2)
  unit <- c(40 / 15, 10, 10)
  stripes <- do.call(rbind, lapply(base, function(base) rbind(
    data.frame(x = 107, xend = begin, y = base - seq(0, 33, 3)), data.frame(x = end, xend = RIGHT, y = base - seq(0, 30, 3)))))
  above <- function(n, base, unit) {
    list(say((x + 5.3)[n > 0], (base - 2.2 - n * unit)[n > 0], n[n > 0], 7, INK, 0.5),
         say((x + 5.3)[n == 0], base - 2.2, "0", 7, MUTED, 0.5))
  }
  begun <- years$cases + years$offers
  held <- function(n) n > 0
  left <- 111 + 76.645 * 0:4
  rate <- function(base, unit, value, n) list(
    box(left, base - value * unit, 18, value * unit, PALE), line(left, base - value * unit, left + 18, base - value * unit, ACCENT, 1.6),
    say(left + 21, pmin(base - value * unit + 2.5, base - 1.5), sprintf("%.2f", value), 8), say(left - 1, base + 8.5, paste0("n=", n), 7, MUTED))
  page("activity",
    box(rep(c(107, end), 3), rep(base - 40, each = 2), rep(c(begin - 107, RIGHT - end), 3), 40, FAINT),
    line(stripes$x, stripes$y, stripes$xend, stripes$y - (stripes$xend - stripes$x), GRID),
    axis_lines(94.2 - c(0, 5, 10, 15) * unit[1], c(0, 5, 10, 15), 107, RIGHT),
    axis_lines(145.2 - c(0, 20, 40), c(0, 2, 4), 107, RIGHT),
    axis_lines(196.2 - c(0, 20, 40), c(0, 2, 4), 107, RIGHT),
    line(starts[-1], 45, starts[-1], 196.2, GRID, 0.7, "42"),
    say(starts + 2.5, 40.2, spans$span, 7, MUTED),
    say(LEFT, c(59.91, 110.91, 161.91, 171.51), c("Events", "Cases begun", "Mediations under", "way"), 8, face = "bold"),
    box(x + 1.4, base[1] - years$events * unit[1], 7.88, years$events * unit[1], ACCENT),
    box(x + 1.4, base[2] - years$cases * 10, 7.88, years$cases * 10, ACCENT),
    box((x + 1.4)[held(years$offers)], (base[2] - begun * 10)[held(years$offers)], 7.88, (years$offers * 10)[held(years$offers)], PAPER, ACCENT, 0.8),
    box((x + 1.4)[held(years$active)], (base[3] - years$active * 10)[held(years$active)], 7.88, (years$active * 10)[held(years$active)], PALE, ACCENT, 0.5),
    above(years$events, base[1], unit[1]), above(begun, base[2], 10), above(years$active, base[3], 10),
    box(LEFT, 118, 5.2, 5.2, ACCENT), box(LEFT, 126.4, 5.2, 5.2, PAPER, ACCENT, 0.8),
    say(12, c(123.2, 131.6), c("Mediations begun", "Offers begun"), 7, MUTED),
    line(c(begin, end), 196.2, c(begin, end), 199, MUTED),
    say((x + 5.3)[first %% 2 == 0], 205.2, first[first %% 2 == 0], 7, MUTED, 0.5),
    say(c(begin, end), 213.6, c("record begins 1991-09-01", "record ends 2026-03-11"), 7, MUTED, c(0, 1)),
    say(left - 1, 231.2, spans$span, 8, face = "bold"),
    say(left - 1, 240.1, sprintf("%.1f years", spans$years), 7, MUTED),
    line(LEFT, 245.1, RIGHT, 245.1, GRID),
    axis_lines(294.1 - c(0, 18, 36), c(0, 5, 10), 107, RIGHT),
    axis_lines(349.6 - 12 * 0:3, sprintf("%.1f", 0:3), 107, RIGHT),
    line(rep(left[-1] - 4, 2), rep(c(258.1, 313.6), each = 4), rep(left[-1] - 4, 2), rep(c(294.1, 349.6), each = 4), FAINT),
    say(LEFT, c(263.81, 319.31, 328.91), c("Events a year", "Mediations begun", "a year"), 8, face = "bold"),
    rate(294.1, 3.6, spans$events_a_year, spans$events),
    rate(349.6, 12, spans$cases_a_year, spans$cases),
    whisker(left + 9, 349.6 - spans$cases_low * 12, 349.6 - spans$cases_high * 12))
}

# Figures with a column for every period: roles, profile, trends, venues.

roles <- function() {
  rows <- table_of("roles")
  groups <- unique(rows[c("period", "cases", "unknown")])
  place <- match(rows$period, groups$period)
  rank <- match(rows$role, ROLES)
  base <- 110.1 + 47 * (6 - 1:6)
  left <- 81.8 + 82.486 * (seq_len(nrow(groups)) - 1)
  unknown <- groups$unknown > 0
  page("roles",
    period_heads(period(groups$period), paste("n =", groups$cases), 80.8, 82.486, 65.1),
    say((left - 1)[unknown], 60.1, paste("role unknown:", groups$unknown[unknown]), 7, MUTED),
    lapply(base, function(base) axis_lines(base - c(0, 18, 36), percent(0:2 / 2), 77.8, RIGHT)),
    line(rep(left[-1] - 4, 6), rep(base - 36, each = 4), rep(left[-1] - 4, 6), rep(base, each = 4), FAINT),
    say(LEFT, base - 30.3, ROLES, 8, face = "bold"),
    steps(rep(LEFT, 6), base - 19.4, 1:6),
    shares(left[place], base[rank], rows$share_n, rows$share_of, rows$share_is_small, rows$share_value, rows$share_low, rows$share_high))
}

# The heads of the columns and the lines between them.
period_heads <- function(names, below, left = 110, step = 76.645, rule = 56.7) {
  list(
    say(left + step * (seq_along(names) - 1), 42.8, names, 8, face = "bold"),
    say(left + step * (seq_along(names) - 1), 51.7, below, 7, MUTED),
    line(LEFT, rule, RIGHT, rule, GRID)
  )
}

period_row <- function(base, height, at, labels) {
  list(
    axis_lines(base - at * height, labels, 107, RIGHT),
    line(183.65 + 76.645 * 0:3, base - height, 183.65 + 76.645 * 0:3, base, FAINT)
  )
}

profile <- function() {
  rows <- table_of("profile")
  left <- 111 + 76.645 * 0:4
  bars <- function(x, base, n, unit, fill = ACCENT, outline = NA) list(
    box(x[n > 0], base - n[n > 0] * unit, 15, n[n > 0] * unit, fill, outline, 0.8),
    say(x + 7.5, base - 2.4 - n * unit, n, 8, INK, 0.5))
  at <- c(0, 0.5, 1)
  share <- function(name, base) shares(left, base, rows[[paste0(name, "_n")]], rows[[paste0(name, "_of")]],
    rows[[paste0(name, "_is_small")]], rows[[paste0(name, "_value")]], rows[[paste0(name, "_low")]], rows[[paste0(name, "_high")]])
  level <- function(rank) 224.31 - 9.8 * (rank - 1)
  low <- level(match(rows$depth_low, ROLES))
  high <- level(match(rows$depth_high, ROLES))
  cells <- expand.grid(period = 1:5, role = 1:6)
  cells$n <- mapply(function(period, role) rows[[paste0("role_", ROLES[role])]][period], cells$period, cells$role)
  cells <- cells[cells$n > 0, ]
  page("profile",
    period_heads(period(rows$period), sprintf("%.1f years", rows$years)),
    period_row(103.7, 34, at, c(0, 5, 10)), period_row(148.7, 34, 0:3 / 3, c(0, 20, 40, 60)),
    period_row(277.9, 36, at, percent(at)), period_row(324.9, 36, at, percent(at)), period_row(371.9, 36, at, percent(at)),
    say(LEFT, c(75.41, 120.41, 165.41, 247.61, 294.61, 341.61, 351.21),
        c("Cases begun", "Events", "Roles", "ceasefire or more", "process or more", "Meetings held at", "home"), 8, face = "bold"),
    box(LEFT, 82.5, 5.2, 5.2, ACCENT), box(LEFT, 90.9, 5.2, 5.2, PAPER, ACCENT, 0.8),
    say(12, c(87.7, 96.1), c("Mediations begun", "Offers begun"), 7, MUTED),
    bars(left + 1.5, 103.7, rows$cases, 3.4), bars(left + 23.5, 103.7, rows$offers, 3.4, PAPER, ACCENT),
    bars(left + 1.5, 148.7, rows$events, 34 / 60),
    line(107, 170.41 + 9.8 * 0:6, RIGHT, 170.41 + 9.8 * 0:6, FAINT),
    line(183.65 + 76.645 * 0:3, 170.41, 183.65 + 76.645 * 0:3, 229.21, FAINT),
    say(103, level(1:6) + 2.5, ROLES, 7, MUTED, 1),
    dot(34.88, 162.91, 2.4, ACCENT, INK, 0.35, 23), box(183.35, 160.51, 9, 4.8, PALE),
    say(c(40.38, 195.35), 165.41, c("median of the deepest role of each case", "cases with the role"), 7, MUTED),
    box(left[cells$period] + 9, level(cells$role) - 2.6, cells$n * 13.66, 5.2, PALE),
    say(left[cells$period] + 11 + cells$n * 13.66, level(cells$role) + 2.5, cells$n),
    line(left + 2.5, low, left + 2.5, high, ACCENT, 1.6),
    dot(rep(left + 2.5, 2), c(low, high), 2.4, ACCENT, INK, 0.35, 23),
    share("success", 277.9), share("process", 324.9), share("hosted", 371.9))
}

trends <- function() {
  rows <- table_of("trends")
  base <- c(117.6, 182.6, 247.6, 312.6)
  top <- c(1.5, 5, 1, 1)
  at <- function(row, value) base[row] - value / top[row] * 50
  x <- c(205.48, 276.52)
  value <- cbind(rows$first, rows$last)
  n <- cbind(rows$first_n, rows$last_n)
  share <- rows$measure == "share"
  text <- matrix(ROLES[value + 1], ncol = 2)
  text[1, ] <- sprintf("%.2f", value[1, ])
  below <- ifelse(rep(share, 2), percent(value), paste0("n=", n))
  dim(below) <- dim(text)
  text[share, ] <- paste0(round(value[share, ] * n[share, ]), "/", n[share, ], ifelse(n[share, ] < 5, "†", ""))
  marks <- list(
    say(c(x, x), rep(c(40.2, 48.6), each = 2), c("First period", "Last period", "1991–1999", "2020–"), 7, MUTED, 0.5, "bold"),
    say(358, 40.2, "Test", 7, MUTED, face = "bold"),
    line(LEFT, 52.6, RIGHT, 52.6, GRID),
    axis_lines(at(1, 0:3 / 2), sprintf("%.1f", 0:3 / 2), 130, 352),
    line(130, at(2, 0:5), 352, at(2, 0:5), c(MUTED, rep(FAINT, 5))),
    axis_lines(at(3, 0:2 / 2), percent(0:2 / 2), 130, 352), axis_lines(at(4, 0:2 / 2), percent(0:2 / 2), 130, 352)
  )
  for (row in 1:4) {
    name <- strwrap(SAID[rows$indicator[row]], 24)
    verdict <- strwrap(SAID[rows$in_words[row]], 36)
    test <- strwrap(sprintf("%s: p = %.3f, n\u00a0=\u00a0%d", SAID[rows$test[row]], rows$p[row], rows$n[row]), 42)
    start <- base[row] - 44.3
    y <- at(row, value[row, ])
    marks <- list(marks,
      say(LEFT, start + 9.6 * (seq_along(name) - 1), name, 8, face = "bold"),
      line(x[1], y[1], x[2], y[2], ACCENT, 1.4),
      whisker(x, at(row, c(rows$first_low[row], rows$last_low[row])), at(row, c(rows$first_high[row], rows$last_high[row])), 2),
      dot(x, y, 2.7, ACCENT, PAPER, 0.6),
      say(x + c(-6, 6), beside(y, base[row], 50), text[row, ], 8, INK, c(1, 0)),
      say(x + c(-6, 6), beside(y, base[row], 50) + 8.4, below[row, ], 7, MUTED, c(1, 0)),
      say(358, start + 9.6 * (seq_along(verdict) - 1), verdict, 8),
      say(358, start + 9.6 * length(verdict) + 8.4 * (seq_along(test) - 1), test, 7, MUTED)
    )
  }
  page("trends", marks, by_kind = TRUE)
}

venues <- function() {
  rows <- table_of("venues")
  periods <- sub("^events_(.*)_n$", "\\1", grep("^events_.*_n$", names(rows), value = TRUE))
  get <- function(part, which) sapply(periods, function(name) rows[[paste0("events_", name, "_", part)]][which])
  home <- which(rows$scope == "home")
  places <- which(rows$scope == "place")
  names <- read.csv(file.path(HERE, "../../../data/kazakhstan/places.csv"), encoding = "UTF-8")
  name <- names$name_en[match(rows$place[places], names$place_id)]
  at_home <- rows$home[places]
  face <- ifelse(at_home %in% 1, "bold", "plain")
  y <- 121.7 + 10.6 * (seq_along(places) - 1)
  left <- 110 + 76.645 * (seq_along(periods) - 1)
  n <- get("n", places)
  cell <- which(n > 0, arr.ind = TRUE)
  count <- n[cell]
  kind <- at_home[cell[, "row"]]
  known <- !is.na(kind)
  base <- max(y) + 10.6
  draw <- function(which, fill, colour, dashes) box(left[cell[which, "col"]], y[cell[which, "row"]] + 2.2, count[which] * 2.4434, 6.2, fill, colour, 0.7, dashes)
  page("venues",
    period_heads(period(periods), paste("n =", get("of", places[1]))),
    period_row(103.7, 36, c(0, 0.5, 1), percent(c(0, 0.5, 1))),
    say(LEFT, 73.41, "Held at home", 8, face = "bold"),
    shares(left + 1, 103.7, get("n", home), get("of", home), get("is_small", home), get("value", home), get("low", home), get("high", home)),
    say(c(LEFT, 99), 117.7, c("Place", "Events"), 7, MUTED, c(0, 1), "bold"),
    line(left, 121.7, left, base, GRID),
    line(LEFT, c(y, base), RIGHT, c(y, base), FAINT),
    say(LEFT, y + 8.16, name, 8, face = face), say(99, y + 8.16, rows$events[places], 8, hjust = 1, face = face),
    draw(known, ifelse(kind[known] == 1, ACCENT, PAPER), ACCENT, "solid"), draw(!known, PAPER, INK, "21"),
    say(left[cell[, "col"]] + count * 2.4434 + 2.5, y[cell[, "row"]] + 8.16, count),
    say(LEFT, base + 11, "Events", 7, MUTED, face = "bold"),
    box(c(36.16, 108.15), base + 6.3, 10, 4.4, c(ACCENT, PAPER), ACCENT, 0.7), box(165.69, base + 6.3, 10, 4.4, PAPER, INK, 0.6, "21"),
    say(c(50.16, 122.15, 179.69), base + 11, c("at home (bold)", "elsewhere", "country unknown")))
}

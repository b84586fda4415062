# Figures of what is claimed and how sure it is: claims, specifications, reliability, coverage.

claims <- function() {
  rows <- table_of("claims")
  tested <- rows[rows$now != "not_testable", ]
  untested <- rows[rows$now == "not_testable", ]
  lines <- lapply(tested$claim, strwrap, width = 48)
  high <- 5 + 8.55 * lengths(lines)
  bottom <- 81.4 + cumsum(high)
  top <- bottom - high
  middle <- top + high / 2
  places <- list(contradicted = c("contradicted", "points_contradicted"), mixed = c("mixed", "open"), supported = c("supported", "points_supported"))
  shapes <- c(25, 21, 24)
  view <- function(name, left) {
    verdict <- tested[[name]]
    place <- ifelse(verdict %in% places[[1]], 1, ifelse(verdict %in% places[[2]], 2, ifelse(verdict %in% places[[3]], 3, NA)))
    held <- !is.na(place)
    firm <- verdict %in% c("contradicted", "mixed", "supported")
    stand <- left + 76 * (1:3 - 0.5) / 3
    n <- tested[[paste0(name, "_same_n")]][held]
    of <- tested[[paste0(name, "_same_of")]][held]
    list(
      line(rep(stand, each = sum(held)), rep(top[held], 3), rep(stand, each = sum(held)), rep(bottom[held], 3), GRID),
      dot(stand[place[held]], middle[held], 3.2, ifelse(firm[held], INK, PAPER), INK, 0.9, shapes[place[held]]),
      box(left + 85, middle[held] - 2.2, 26, 4.4, FAINT, GRID, 0.35),
      box(left + 85, middle[held] - 2.2, 26 * n / of, 4.4, ACCENT),
      say(left + 114, middle[held] + 2.7, counts(n, of), 7.5, ifelse(n == of, MUTED, INK)),
      if (any(!held)) say(left, middle[!held] + 2.7, "too early to tell", 7.5, MUTED),
      say(c(left, stand[2], left + 76), c(59.6, 68, 76.4), names(places), 7, INK, c(0, 0.5, 1)),
      say(left + 85, c(68, 76.4), c("Same direction in", "runs"), 7, MUTED))
  }
  end <- max(bottom)
  x <- c(8.5, 66.7, 186.61, 230.85, 345.31, 8.5)
  y <- end + c(10.5, 10.5, 10.5, 10.5, 10.5, 20.7)
  page("claims",
    say(c(193.23, 193.23, 346.23), c(40.2, 48.6, 48.6), c("the cases of the article, as of 11 April", "2017", "all cases, as of 11 March 2026"), 7, MUTED, face = "bold"),
    line(LEFT, c(81.4, bottom), RIGHT, c(81.4, bottom), FAINT),
    say(LEFT, middle + 2.7, tested$id, 7.5, MUTED),
    say(21, unlist(Map(function(middle, line) middle + 2.7 + 8.55 * (seq_along(line) - (length(line) + 1) / 2), middle, lines)), unlist(lines), 7.5),
    view("then", 193.23), view("now", 346.23),
    dot(x, y, 3.2, c(INK, PAPER, INK, PAPER, INK, PAPER), INK, 0.9, c(24, 24, 21, 21, 25, 25)),
    say(x + 8.5, y + 2.5, c("supported", "points to support, not settled", "mixed", "open: compatible with both", "contradicted", "points to contradiction, not settled")),
    say(LEFT, end + 41.9, paste0("not testable (", nrow(untested), ")"), 7, MUTED, face = "bold"),
    say(LEFT, end + 53.9 + 9.95 * (seq_len(nrow(untested)) - 1), untested$id, 7.5, MUTED),
    say(21, end + 53.9 + 9.95 * (seq_len(nrow(untested)) - 1), untested$claim, 7.5, MUTED))
}

CHANGED <- c(case = "one case left out", alternative = "second defensible code", confidence = "weak codes dropped",
             unknown = "unknown outcomes", cut = "another cut", kinds = "other kinds counted", without = "a group left out",
             periods = "other periods", unit = "another unit", view = "another view", coder = "another coder")

QUANTITIES <- data.frame(
  column = c("mediations", "frequency", "depth_first", "depth_last", "hosted_first", "hosted_last", "success", "process"),
  title = c("mediations", "mediations begun a year, last period to first", "median deepest role, first period", "median deepest role, last period",
            "meetings held at home, first period", "meetings held at home, last period", "reached ceasefire or more", "reached process or more"),
  kind = c("count", "ratio", "role", "role", "share", "share", "share", "share"))

specifications <- function() {
  rows <- table_of("specifications")
  marks <- list()
  tops <- c(32.2, 265.1, 489.6)
  asked <- c(59.4, 292.3, 507.2)
  curves <- c(98.9, 331.8, 538.3)
  matrices <- c(167.1, 391.6, 598.1)
  totals <- table(rows$changed)[names(CHANGED)]
  for (i in seq_len(nrow(QUANTITIES))) {
    at <- (i + 2) %/% 3
    left <- 122.19 + 133.68 * ((i - 1) %% 3)
    marks <- list(marks, curve_of(rows, QUANTITIES[i, ], left, tops[at], asked[at], curves[at], matrices[at]))
    if (i %% 3 == 1) marks <- list(marks, say(118.19, matrices[at] + 8 * 0:10 + 6.5, paste0(CHANGED, " (", totals, ")"), 7, INK, 1))
  }
  page("specifications", marks, by_kind = TRUE)
}

# A number under every way of asking, and below it what each run changed.
curve_of <- function(rows, quantity, left, top, below, curve, matrix) {
  width <- 100.68
  words <- switch(quantity$kind, count = function(value) sprintf("%d", round(value)), ratio = function(value) sprintf("%.2f", value),
                  share = percent, role = function(value) ROLES[value + 1])
  base <- rows[[quantity$column]][1]
  runs <- data.frame(value = rows[[quantity$column]], row = match(rows$changed, names(CHANGED)), how = rows$how)[-1, ]
  runs$side <- ifelse(is.na(runs$value), 4, ifelse(runs$value < base - 1e-9, 1, ifelse(runs$value > base + 1e-9, 3, 2)))
  runs <- runs[order(runs$side, ifelse(runs$side == 2, base, runs$value), runs$row), ]
  without <- sum(runs$side == 4)
  step <- (width - if (without) 5 else 0) / nrow(runs)
  runs$x <- left + step * (seq_len(nrow(runs)) - 1) + ifelse(runs$side == 4, 5, 0)
  # Runs that leave the number as it is are one stroke for each kind of change.
  strokes <- rle(ifelse(runs$side == 2, runs$row, 100 + seq_len(nrow(runs))))$lengths
  first <- runs[cumsum(c(1, head(strokes, -1))), ]
  most <- switch(quantity$kind, count = 100, ratio = 4, share = 1, role = 5)
  ticks <- switch(quantity$kind, count = c(0, 50, 100), ratio = c(0, 2, 4), share = c(0, 0.5, 1), role = 0:5)
  at <- function(value) curve + 40 * (1 - value / most)
  held <- runs[runs$side < 4, ]
  ends <- c(if (any(held$side == 1)) 1, if (any(held$side == 3)) nrow(held))
  colour <- ifelse(held$side == 2, MUTED, ACCENT)
  colour[ends] <- INK
  reach <- function(side, name, far) {
    these <- held[held$side == side, ]
    if (!nrow(these)) return(paste(name, "in no run"))
    farthest <- these[abs(these$value - far(these$value)) < 1e-9, ]
    more <- if (nrow(farthest) > 1) paste0(", and ", nrow(farthest) - 1, " more") else ""
    paste0(name, " in ", nrow(these), ", ", sub("er$", "est", name), " ", words(farthest$value[1]), ": ", farthest$how[1], more)
  }
  higher <- broken(reach(3, "higher", max), 30)
  lower <- broken(reach(1, "lower", min), 30)
  title <- strwrap(quantity$title, 30)
  asked <- paste0("as asked ", words(base), "; the same in ", sum(runs$side == 2), " of ", nrow(runs), if (without) paste0("; no value in ", without))
  asked <- strwrap(asked, 40)
  numbers <- ticks[abs(at(ticks) - at(base)) >= 7.5]
  list(
    say(left - 26, top + 8 + 9.6 * (seq_along(title) - 1), title, 8, face = "bold"),
    say(left - 26, below + 8.4 * (seq_along(asked) - 1), asked, 7, MUTED),
    say(left + width, curve - 4.4 - 8.4 * rev(seq_along(higher) - 1), higher, 7, INK, 1),
    say(left, curve + 49 + 8.4 * (seq_along(lower) - 1), lower),
    line(left, at(ticks), left + width, at(ticks), c(MUTED, rep(GRID, length(ticks) - 1))),
    line(left, at(base), left + width, at(base), INK, 0.7, "42"),
    if (quantity$kind == "role") steps(rep(left - 16.5, 6), at(0:5) + 2.9, 1:6)
    else list(
      if (length(numbers)) say(left - 3, at(numbers) + 2.5, if (quantity$kind == "ratio") sprintf("%d", numbers) else words(numbers), 7, MUTED, 1),
      say(left - 3, at(base) + 2.5, words(base), 7, INK, 1, "bold")),
    dot(held$x + step / 2, at(held$value), step * 0.4, colour, colour, 0),
    box(left, matrix + 16 * 0:5, width, 8, FAINT),
    box(first$x, matrix + 8 * (first$row - 1) + 1.2, step * strokes - step * 0.25, 5.6,
        c(ACCENT, GRID, ACCENT, PAPER)[first$side], c(NA, NA, NA, MUTED)[first$side], 0.4)
  )
}

reliability <- function() {
  rows <- table_of("reliability")
  variables <- unique(rows$variable)
  labels <- table_of("coverage")
  label <- labels$label[match(variables, labels$variable)]
  label <- lapply(ifelse(is.na(label), plain(variables), label), strwrap, width = 24)
  rows$in_words <- SAID[rows$in_words]
  alone <- rows[is.na(rows$alpha), ]
  high <- ifelse(lengths(label) > 1, 17.35, 12.95)
  tall <- variables %in% alone$variable[nchar(alone$in_words) > 50]
  high[tall] <- 21.5
  high[variables == "self_label"] <- 21.5
  bottom <- 55.2 + cumsum(high)
  middle <- bottom - high / 2
  names(middle) <- names(bottom) <- names(high) <- variables
  half <- function(kind, left) {
    here <- rows[rows$compared == kind, ]
    at <- function(alpha) left + 36.53 + 73.08 * alpha
    held <- here[!is.na(here$alpha), ]
    silent <- here[is.na(here$alpha), ]
    ranged <- held[!is.na(held$alpha_low), ]
    none <- setdiff(variables, here$variable)
    bands <- function(variable) list(low = bottom[variable] - high[variable], high = bottom[variable])
    span <- bands(held$variable)
    said <- lapply(silent$in_words, strwrap, width = 42)
    number <- ifelse(held$alpha > 0.99 & held$alpha < 1, sprintf("%.3f", held$alpha), sprintf("%.2f", held$alpha))
    list(
      say(left, 40.2, c(value = "value", silence = "given or not")[[kind]], 7, MUTED, face = "bold"),
      say(left + c(36.53, 90.27, 92.99, 108.61, 138.61, 170.61, 190.61), 51.2, c("0", "0.667", "0.8", "1", "α", "%", "n"), 7, MUTED, c(0.5, 1, 0, 0, 1, 1, 1)),
      box(at(0.8), span$low, 14.62, span$high - span$low, FAINT),
      line(at(0), span$low, at(0), span$high, GRID), line(at(0.8), span$low, at(0.8), span$high, MUTED),
      line(at(0.667), span$low, at(0.667), span$high, MUTED, 0.5, "22"),
      interval(at(ranged$alpha_low), at(ranged$alpha_high), middle[ranged$variable], 2.2, INK, 0.9),
      dot(at(held$alpha), middle[held$variable], 2.5, ifelse(is.na(held$alpha_low), PAPER, INK), INK, 0.9),
      say(left + 138.61, middle[held$variable] + 2.5, number, hjust = 1),
      say(left + 170.61, middle[here$variable] + 2.5, ifelse(is.na(here$pairwise), "–", percent(here$pairwise)), hjust = 1),
      say(left + 190.61, middle[here$variable] + 2.5, paste0(here$cases, ifelse(here$cases > 0 & here$cases < 5, "†", "")), hjust = 1),
      say(left, unlist(Map(function(y, line) y + 2.5 + 8.4 * (seq_along(line) - (length(line) + 1) / 2), middle[silent$variable], said)), unlist(said), 7, MUTED),
      if (length(none)) say(left, middle[none] + 2.7, "–", 7.5, MUTED))
  }
  end <- max(bottom)
  page("reliability",
    say(LEFT, 40.2, "Variable", 7, MUTED, face = "bold"),
    line(LEFT, c(55.2, bottom), RIGHT, c(55.2, bottom), FAINT),
    say(LEFT, unlist(Map(function(y, line) y + 2.7 + 8.4 * (seq_along(line) - (length(line) + 1) / 2), middle, label)), unlist(label), 7.5),
    half("value", 94), half("silence", 295.61),
    dot(c(8.5, 102.88), end + 10.5, 2.5, c(INK, PAPER), INK, 0.9),
    say(c(17, 111.38, 325.07, 17, 146.46), end + c(13, 13, 13, 23.2, 23.2),
        c("alpha with its interval", "alpha without an interval: the cases are few or hardly vary", "%: pairwise agreement", "n: cases that two or more coded", "–: not compared")))
}

coverage <- function() {
  rows <- table_of("coverage")
  kinds <- c("known", "unknown", "na", "open", "blank")
  fill <- c(ACCENT, PAPER, FAINT, PALE, PAPER)
  outline <- c(ACCENT, INK, GRID, ACCENT, MUTED)
  dashes <- c("solid", "solid", "solid", "solid", "21")
  lines <- lapply(rows$label, strwrap, width = 25)
  high <- ifelse(lengths(lines) > 1, 17.2, 9.6)
  second <- rows$table %in% tail(unique(rows$table), 10)
  head <- !duplicated(rows$table)
  gap <- ifelse(head, 15.5, 0)
  bottom <- ave(high + gap, second, FUN = cumsum) + 40.3
  y <- bottom - high / 2
  rule <- (bottom - high)[head]
  left <- ifelse(second, 252.61, LEFT)
  n <- as.matrix(rows[kinds])
  part <- n / rows$rows * 52.07
  from <- t(apply(cbind(0, part[, -5]), 1, cumsum))
  cell <- which(n > 0, arr.ind = TRUE)
  draw <- function(kind) {
    here <- n[, kind] > 0
    box((left + 90.54 + from[, kind])[here], y[here] - 2.7, part[here, kind], 5.4, fill[kind], outline[kind], 0.5, dashes[kind])
  }
  column <- c(161.61, 180.61, 199.61, 218.61, 237.61)
  every <- expand.grid(row = seq_len(nrow(rows)), kind = 1:5)
  count <- n[as.matrix(every)]
  keys <- c(3, 49.66, 104.38, 176.86, 230.78)
  page("coverage",
    lapply(1:5, function(kind) box(keys[kind], 33.5, 10, 4.4, fill[kind], outline[kind], 0.5, dashes[kind])),
    say(keys + 14, 38.2, c("Known", "unknown", "does not apply", "still open", "left blank")),
    say(left[head], rule - 2.3, paste0(rows$table[head], " · Rows: ", rows$rows[head]), face = "bold"),
    lapply(1:5, function(kind) box(left[head] + column[kind] - 6, rule - 6.8, 6, 4.4, fill[kind], outline[kind], 0.5, dashes[kind])),
    line(left[head], rule, left[head] + 237.61, rule, GRID),
    say(rep(left, lengths(lines)), unlist(Map(function(y, line) y + 2.5 + 8.4 * (seq_along(line) - (length(line) + 1) / 2), y, lines)), unlist(lines)),
    lapply(1:5, draw),
    say(left[every$row] + column[every$kind], y[every$row] + 2.5, ifelse(count > 0, count, "·"), 7, ifelse(count > 0, INK, GRID), 1))
}

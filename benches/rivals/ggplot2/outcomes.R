# Figures of outcomes: outcomes, success, funnel, survival, models.

outcomes <- function() {
  rows <- table_of("outcomes")
  n <- as.matrix(rows[paste0("outcome_", OUTCOMES)])
  y <- c(52.2, 84.32 + 16 * 0:6, 212.4 + 16 * 0:4)
  x <- 57.59 + 55.52 * 0:5
  cell <- expand.grid(row = seq_len(nrow(rows)), col = 1:6)
  cell$n <- n[as.matrix(cell)]
  all <- cell$row == 1
  shade <- colorRampPalette(c("#e8f2f6", "#145168"))(7)[pmin(cell$n, 6) + 1]
  fill <- ifelse(cell$n == 0 | all, PAPER, shade)
  unknown <- rows$unknown > 0
  bold <- ifelse(rows$by == "all", "bold", "plain")
  page("outcomes",
    say(c(x + 26.96, 425.67, 473.83), 38.2, c(plain(OUTCOMES), "Unknown", "Cases"), 7, INK, 0.5, "bold"),
    steps(x + 20.06, rep(47.7, 6), 1:6),
    line(LEFT, c(70.2, 198.3), RIGHT, c(70.2, 198.3), FAINT, 0.6),
    say(LEFT, c(79.4, 207.5), c("Deepest role", "Period"), 8, face = "bold"),
    say(ifelse(rows$by == "all", LEFT, 11), y + 10.06, group(rows$group), 8, face = bold),
    box(x[cell$col], y[cell$row], 53.92, 14.4, fill, ifelse(all & cell$n > 0, GRID, NA), 0.6),
    say(x[cell$col] + 26.96, y[cell$row] + 10.06, cell$n, 8, ifelse(cell$n == 0, MUTED, ifelse(cell$n > 3 & !all, PAPER, INK)), 0.5,
        bold[cell$row]),
    box(398.71, y[unknown], 53.92, 14.4, PAPER, MUTED, 0.6, "21"),
    say(425.67, y + 10.06, rows$unknown, 8, ifelse(unknown, INK, MUTED), 0.5, bold),
    say(473.83, y + 10.06, rows$cases, 8, ifelse(rows$cases > 0, INK, MUTED), 0.5, "bold"))
}

success <- function() {
  rows <- table_of("success")
  at <- function(share) 103.16 + 205.16 * share
  group <- cumsum(!duplicated(rows$by))
  y <- 57.48 + cumsum(c(0, ifelse(diff(group) > 0, 32.7, 16.6)))
  heads <- which(!duplicated(rows$by))[-1]
  titles <- sub("^(.)", "\\U\\1", plain(rows$by[heads]), perl = TRUE)
  few <- rows$success_of < 5
  colour <- ifelse(few, MUTED, INK)
  held <- !is.na(rows$success_value)
  bounds <- held & rows$if_failed_value < rows$if_succeeded_value & rows$unknown > 0
  ticks <- 0:4 / 4
  base <- 450.66
  shown <- function(x, name) {
    value <- rows[[paste0(name, "_value")]]
    list(say(x, y + 5.86, counts(rows[[paste0(name, "_n")]], rows[[paste0(name, "_of")]], few & held), 8, colour, 1),
         say((x + 20.8), (y + 5.86)[!few | !held], ifelse(is.na(value), "–", percent(value))[!few | !held], 8, colour[!few | !held], 1))
  }
  marks <- function(name, y, fill) list(
    interval(at(rows[[paste0(name, "_low")]][held]), at(rows[[paste0(name, "_high")]][held]), y[held], 1.5, colour[held], ifelse(few, 0.6, 1.2)[held]),
    dot(at(rows[[paste0(name, "_value")]][held]), y[held], 2.3, fill, ACCENT, 1))
  page("success",
    line(at(ticks), 50.18, at(ticks), base, c(MUTED, FAINT, GRID, FAINT, GRID)),
    say(rep(at(ticks), 2), rep(c(47.18, base + 9), each = 5), rep(percent(ticks), 2), 7, MUTED, 0.5),
    line(at(rows$success_value[1]), 50.18, at(rows$success_value[1]), base, ACCENT, 0.6, "32"),
    dot(c(331.83, 395.83), 35.7, 2.3, c(ACCENT, PAPER), ACCENT, 1),
    say(rep(c(337.23, 401.23), each = 2), c(38.2, 46.18, 38.2, 46.18), c("ceasefire or", "more", "process or", "more"), face = "bold"),
    say(RIGHT, c(38.2, 46.18), c("Outcome", "unknown"), hjust = 1, face = "bold"),
    line(LEFT, y[heads] - 19.4, RIGHT, y[heads] - 19.4, FAINT, 0.6),
    say(LEFT, y[heads] - 10.2, titles, 8, face = "bold"),
    say(ifelse(rows$by == "all", LEFT, 11), y + 5.86, group(rows$group), 8, face = ifelse(rows$by == "all", "bold", "plain")),
    box(at(rows$if_failed_value[bounds]), y[bounds] - 2.8, 205.16 * (rows$if_succeeded_value - rows$if_failed_value)[bounds], 5.6, PALE),
    marks("success", y, ACCENT), marks("process", y + 6, PAPER),
    shown(360.43, "success"), shown(424.43, "process"),
    say(RIGHT, y + 5.86, rows$unknown, 8, ifelse(rows$unknown > 0, INK, MUTED), 1),
    line(c(LEFT, 67.42), 470.84, c(13, 77.42), 470.84, c(INK, MUTED), c(1.2, 0.6)),
    box(163.52, 468.64, 10, 4.4, PALE), line(LEFT, 481.04, 13, 481.04, ACCENT, 0.6, "32"),
    say(c(17, 81.42, 177.52, 17), c(473.34, 473.34, 473.34, 483.54),
        c("95% interval", "95% interval of few (†)", "ceasefire or more: from all unknown outcomes failed to all succeeded", "ceasefire or more: all")))
}

funnel <- function() {
  rows <- table_of("funnel")
  names <- list(c("engagements, offers", "included"), "some role provided", "talks held", c("agreement: ceasefire or", "more"))
  unit <- 174.69 / 28
  y <- 54.18 + 26.98 * 0:3
  said <- paste0("Cases ", rows$cases, ifelse(rows$ended > 0, paste0(" · Ended before it ", rows$ended), ""),
                 ifelse(rows$unknown > 0, paste0(" · Step unknown ", rows$unknown), ""))
  at <- function(share) 359.25 + 74 * share
  unknown <- rows$unknown > 0
  later <- rows[-1, ]
  page("funnel",
    say(c(344.33, 344.33, RIGHT), c(38.2, 46.18, 46.18), c("Of the stage", "before", "Of all"), hjust = 1, face = "bold"),
    line(LEFT, 50.18, RIGHT, 50.18, FAINT, 0.6),
    line(at(0:2 / 2), 50.18, at(0:2 / 2), 162.1, c(MUTED, GRID, GRID)),
    say(at(0:2 / 2), 171.1, percent(0:2 / 2), 7, MUTED, 0.5),
    box(111, y[-4] + 10, rows$cases[-4] * unit, 16.98, FAINT),
    say(LEFT, unlist(Map(function(y, name) y + 7.86 + 9.12 * (seq_along(name) - 1), y, names)), unlist(names), 8, face = "bold"),
    box(111, y, rows$cases * unit, 10, ACCENT), box(111 + rows$cases * unit, y, rows$ended * unit, 10, PALE),
    box((111 + (rows$cases + rows$ended) * unit)[unknown], y[unknown], rows$unknown[unknown] * unit, 10, PAPER, MUTED, 0.6, "21"),
    say(114, y + 19, said, 7, MUTED),
    line(111, 50.18, 111, 162.1, MUTED, 0.6),
    say(318.96, y[-1] + 7.86, counts(later$of_before_n, later$of_before_of), 8, hjust = 1), say(344.33, y[-1] + 7.86, percent(later$of_before_value), 8, hjust = 1),
    interval(at(later$of_all_low), at(later$of_all_high), y[-1] + 5), dot(at(later$of_all_value), y[-1] + 5, 2.3, ACCENT, ACCENT, 1),
    say(469.43, y[-1] + 7.86, counts(later$of_all_n, later$of_all_of), 8, hjust = 1), say(RIGHT, y[-1] + 7.86, percent(later$of_all_value), 8, hjust = 1),
    box(c(LEFT, 46), 180.08, 10, 4.4, c(ACCENT, PALE)), box(120.42, 180.08, 10, 4.4, PAPER, MUTED, 0.6, "21"),
    say(c(17, 60, 134.42), 184.78, c("Cases", "Ended before it", "Step unknown")))
}

survival <- function() {
  rows <- table_of("survival")
  days <- c(1, 7, 30.44, 91.31, 365.25, 730.5, 1826.25)
  labels <- c("1 day", "1 week", "1 month", "3 months", "1 year", "2 years", "5 years")
  rows$at <- pmax(rows$days, 0.7)
  kinds <- split(rows, rows$lengths)
  # The limits of either curve as a step.
  cuts <- sort(unique(rows$at[rows$days > 0]))
  limit <- function(kind, part, at) { here <- kinds[[kind]]; here[[part]][findInterval(at, here$days)] }
  band <- data.frame(from = head(cuts, -1), to = tail(cuts, -1), low = limit("shortest", "low", head(cuts, -1)), high = limit("longest", "high", head(cuts, -1)))
  risk <- do.call(rbind, lapply(names(kinds), function(kind) data.frame(days = days, y = if (kind == "longest") -0.245 else -0.30, n = sapply(days, function(day) {
    here <- kinds[[kind]]; here$at_risk[min(which(here$days >= day))] }))))
  words <- heading("survival")
  ggplot(rows, aes(at, lasting)) +
    geom_rect(aes(xmin = from, xmax = to, ymin = low, ymax = high, fill = "limits of either"), band, inherit.aes = FALSE) +
    geom_step(aes(colour = lengths, linewidth = lengths)) +
    geom_text(aes(days, y, label = n), risk, size = type(7), vjust = 0, family = FONT, colour = INK) +
    annotate("text", 0.29, c(-0.185, -0.245, -0.30), label = c("Going on until then", "longest", "shortest"), hjust = 0, vjust = 0,
             size = type(7), family = FONT, colour = MUTED, fontface = c("bold", "plain", "plain")) +
    scale_x_log10(NULL, breaks = days, labels = labels, expand = c(0, 0)) +
    scale_y_continuous(NULL, breaks = 0:4 / 4, labels = percent, expand = c(0, 0)) +
    scale_colour_manual(NULL, values = c(longest = ACCENT, shortest = INK), labels = c("Lengths: longest", "Lengths: shortest")) +
    scale_linewidth_manual(NULL, values = c(longest = thick(2.4), shortest = thick(0.9)), labels = c("Lengths: longest", "Lengths: shortest")) +
    scale_fill_manual(NULL, values = PALE) +
    guides(colour = guide_legend(order = 1), linewidth = guide_legend(order = 1), fill = guide_legend(order = 2)) +
    coord_cartesian(xlim = c(0.7, 3000), ylim = c(0, 1.01), clip = "off") +
    labs(title = words$headline, subtitle = paste(words$title, words$subtitle, sep = "\n"), caption = words$footer) +
    theme_minimal(base_size = 8, base_family = FONT) +
    theme(
      plot.title = element_text(size = 11, face = "bold", colour = INK), plot.title.position = "plot",
      plot.subtitle = element_text(size = 8, colour = MUTED, margin = margin(0, 0, 10, 0)), plot.background = element_rect(fill = PAPER, colour = NA),
      plot.caption = element_text(size = 7, hjust = 0, colour = MUTED), plot.caption.position = "plot", plot.margin = margin(3, 10, 3, 3),
      panel.grid.minor = element_blank(), panel.grid.major.x = element_line(colour = FAINT, linewidth = thick(0.5)),
      panel.grid.major.y = element_line(colour = GRID, linewidth = thick(0.5)), axis.line.x = element_line(colour = MUTED, linewidth = thick(0.5)),
      axis.text = element_text(size = 7, colour = MUTED), axis.text.y = element_text(margin = margin(0, 4, 0, 26)),
      legend.position = "bottom", legend.justification = "left", legend.box.margin = margin(38, 0, 0, -48), legend.margin = margin(0, 12, 0, 0), legend.key.height = unit(9, "pt"), legend.text = element_text(size = 7, colour = INK)
    )
}

models <- function() {
  rows <- table_of("models")
  at <- function(odds) 274.61 + 59.425 * log(odds)
  y <- 44.2 + 14.55 * 0:3
  held <- !is.na(rows$odds_ratio)
  fitted <- rows[held, ]
  page("models",
    say(c(LEFT, 133, 366.23, 458.23), 40.2, c("Term", "Successes / n", "Odds ratio", "p"), 7, MUTED, face = "bold"),
    line(LEFT, c(y, 102.4), RIGHT, c(y, 102.4), FAINT),
    line(at(c(0.5, 2, 1)), 44.2, at(c(0.5, 2, 1)), 73.3, c(GRID, GRID, INK), c(0.5, 0.5, 0.8)),
    say(LEFT, y + 9.95, rows$term, 7.5), say(133, y + 9.95, counts(rows$successes, rows$n), 7.5),
    interval(at(fitted$low), at(fitted$high), y[held] + 7.27, 2.2, INK, 0.9),
    dot(at(fitted$odds_ratio), y[held] + 7.27, 2.46, PAPER, INK, 0.9, 22),
    say(366.23, y[held] + 9.95, sprintf("%.2f [%.2f–%.2f]", fitted$odds_ratio, fitted$low, fitted$high), 7.5),
    say(458.23, y[held] + 9.95, sprintf("%.3f", fitted$p), 7.5),
    say(191, y[!held] + 9.95, rows$in_words[!held], 7.5, MUTED),
    say(at(c(0.5, 1, 2)), 112.4, c("0.5", "1", "2"), 7, MUTED, 0.5),
    say(c(191, 358.23), 121.8, c("← lower odds", "higher odds →"), 7, INK, c(0, 1)))
}

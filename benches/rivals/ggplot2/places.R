# Figures of places and actors: map, pairs. Where names and nodes stand is given, so that nothing
# is laid out here: `shared/positions.csv` has the places that bitim found.

positions <- function(name) {
  rows <- shared("positions.csv")
  rows[rows$figure == name, ]
}

# The outlines of the land as rings in degrees; rings of waters lie on the land before them.
land <- function() {
  lines <- grep("^#", readLines(file.path(HERE, "../../../src/render/assets/land.txt")), value = TRUE, invert = TRUE)
  words <- strsplit(lines, " ")
  rings <- lapply(words, function(ring) {
    degrees <- matrix(as.numeric(unlist(strsplit(ring[-1], ","))) / 20, 2)
    list(is_land = ring[1] == "land", longitude = degrees[1, ], latitude = degrees[2, ])
  })
  Filter(function(ring) any(ring$longitude > WEST & ring$longitude < EAST & ring$latitude > SOUTH & ring$latitude < NORTH), rings)
}

WEST <- 1.82
EAST <- 81.22
SOUTH <- 33.26
NORTH <- 62.41
STRETCH <- cos(48 * pi / 180)

map_of_places <- function() {
  rows <- merge(table_of("map"), positions("map"), by.x = "place", by.y = "name")
  rows <- rows[order(-rows$events), ]
  across <- (RIGHT - LEFT) / (EAST - WEST)
  up <- function(latitude) sin(latitude * pi / 180) / STRETCH / STRETCH * 180 / pi * across
  inside <- rows$longitude > WEST
  # The map is set by one place, and to scale.
  anchor <- rows[rows$place == "astana", ]
  at_x <- function(longitude) anchor$x + (longitude - anchor$longitude) * across
  at_y <- function(latitude) anchor$y - up(latitude) + up(anchor$latitude)
  frame <- c(top = 29.2, bottom = 294.5)
  rings <- land()
  polygons <- do.call(rbind, lapply(seq_along(rings), function(i) data.frame(
    ring = i, x = pmin(pmax(at_x(rings[[i]]$longitude), LEFT), RIGHT),
    y = pmin(pmax(at_y(rings[[i]]$latitude), frame[["top"]]), frame[["bottom"]]),
    fill = if (rings[[i]]$is_land) FAINT else PAPER)))
  r <- pmax(1.6, 9.5 * sqrt(rows$events / 48))
  r[rows$events > 1] <- pmax(r, 1.94)[rows$events > 1]
  home <- rows$home %in% 1
  unknown <- is.na(rows$home)
  x <- ifelse(inside, at_x(rows$longitude), rows$x)
  y <- ifelse(inside, at_y(rows$latitude), rows$y)
  led <- !is.na(rows$leader_x)
  away <- rows[!inside, ]
  key <- 310.36
  page("map",
    geom_polygon(aes(x, y, group = ring), polygons, fill = polygons$fill, colour = GRID, linewidth = thick(0.5)),
    box(LEFT, frame[["top"]], RIGHT - LEFT, frame[["bottom"]] - frame[["top"]], NA, GRID, 0.6),
    line(x[led], y[led], rows$leader_x[led], rows$leader_y[led], MUTED, 0.4),
    dot(x, y, r * ifelse(home, 0.886, 1), ifelse(home, ACCENT, ifelse(unknown, PAPER, PALE)), INK, 0.5, ifelse(home, 22, ifelse(unknown, 23, 21))),
    annotate("text", 4, away$y, label = "◀", size = type(6), colour = MUTED, hjust = 0, family = "DejaVu Sans"),
    say(rows$label_x, rows$label_y, paste(rows$label, rows$events), 7, face = ifelse(home, "bold", "plain")),
    say(LEFT, c(312.86, 327.96), c("Events", "Place"), 7, MUTED, face = "bold"),
    dot(c(41.66, 69.66, 105.66), key, c(1.6, 4.75, 9.5), NA, INK, 0.5),
    say(c(50.16, 78.16, 118.16), 312.86, c(1, 12, 48)),
    dot(c(41.66, 92.98, 150.52), 325.46, c(2.9, 3.25, 3.5), c(ACCENT, PALE, PAPER), INK, 0.5, c(22, 21, 23)),
    say(c(50.16, 101.48, 159.02), 327.96, c("at home", "elsewhere", "country unknown")),
    say(LEFT, 339.64, "Cylindrical equal-area projection, true to scale at 48° N. Coastlines: Natural Earth. No borders are drawn: the map says nothing of whose a place is.", 7, MUTED))
}

pairs <- function() {
  rows <- table_of("pairs")
  nodes <- positions("pairs")
  parties <- rbind(data.frame(name = rows$one, cases = rows$one_cases, standing = rows$one_standing),
                   data.frame(name = rows$other, cases = rows$other_cases, standing = rows$other_standing))
  nodes <- merge(nodes, unique(parties), by = "name")
  rows <- rows[order(rows$cases), ]
  one <- match(rows$one, nodes$name)
  other <- match(rows$other, nodes$name)
  ties <- ifelse(rows$cases == 1, GRID, ifelse(rows$cases == 2, PALE, ACCENT))
  kinds <- c("disputant", "observer", "co_mediator", "participant")
  fills <- c("#22225e", "#43a0a6", "#9ed09c", "#f3e9b2")
  shapes <- c(21, 24, 23, 25)
  kind <- match(nodes$standing, kinds)
  r <- 1.95 * sqrt(nodes$cases)
  page("pairs",
    line(nodes$x[one], nodes$y[one], nodes$x[other], nodes$y[other], ties, 5 / 6 * rows$cases),
    annotate("label", nodes$label_x, nodes$label_y - 6.2, label = nodes$label, size = type(7), family = FONT, colour = INK, fill = PAPER,
             vjust = 1, lineheight = 0.85, label.size = 0, label.padding = unit(0.4, "pt"), label.r = unit(0, "pt")),
    dot(nodes$x, nodes$y, r, fills[kind], INK, 0.6, shapes[kind]),
    line(LEFT, 289.1, RIGHT, 289.1, GRID),
    say(LEFT, 299.08, "Joined to those above by no case:", 7, MUTED),
    say(LEFT, c(345.12, 359.22, 369.42), c("Cases", "In common", "Mostly as"), 7, MUTED, face = "bold"),
    dot(c(58.26, 86.26, 114.93, 150.6), 342.62, c(1.95, 5.16, 6.17, 8.5), NA, INK, 0.6),
    say(c(66.76, 94.76, 124.1, 162.1), 345.12, c(1, 7, 10, 19)),
    line(c(52.76, 80.76, 108.76, 136.77), 356.72, c(62.76, 90.76, 118.76, 146.77), 356.72, c(GRID, PALE, ACCENT, ACCENT), 5 / 6 * c(1, 2, 3, 6)),
    say(c(66.76, 94.76, 122.76, 150.77), 359.22, c(1, 2, 3, 6)),
    dot(c(58.26, 113.66, 166.79, 230.82), 366.92, 3.25, fills, INK, 0.6, shapes),
    say(c(66.76, 122.16, 175.29, 239.32), 369.42, plain(kinds) |> sub(pattern = "co mediator", replacement = "co-mediator")))
}

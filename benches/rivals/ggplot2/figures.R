# Every figure of bitim drawn with ggplot2 from the tables that bitim writes:
#   Rscript figures.R TABLES FOLDER [svg,png,pdf] [FIGURE ...]

arguments <- commandArgs(trailingOnly = TRUE)
HERE <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
TABLES <- arguments[1]
folder <- arguments[2]
formats <- strsplit(if (length(arguments) > 2) arguments[3] else "svg,png,pdf", ",")[[1]]
for (file in c("page.R", "time.R", "periods.R", "outcomes.R", "places.R", "checks.R")) source(file.path(HERE, file), encoding = "UTF-8")
HEADINGS <- shared("headings.csv")

figures <- list(
  timeline = timeline, trajectories = trajectories, calendar = calendar, activity = activity, roles = roles,
  profile = profile, outcomes = outcomes, success = success, funnel = funnel, trends = trends,
  survival = survival, models = models, venues = venues, map = map_of_places, pairs = pairs,
  claims = claims, specifications = specifications, reliability = reliability, coverage = coverage
)
if (length(arguments) > 3) figures <- figures[arguments[-(1:3)]]
dir.create(folder, recursive = TRUE, showWarnings = FALSE)
for (name in names(figures)) save_figure(figures[[name]](), name, folder, formats)

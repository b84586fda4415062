"""What bitim checks and counts in `events.py`'s data, in polars alone: by_polars.py FOLDER OUT"""

import sys
import tomllib
from pathlib import Path

import polars as pl
from polars import col

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
lists = tomllib.loads((folder / "codebook.toml").read_text())["lists"]
codes = {name: pl.Series([code["code"] for code in held]) for name, held in lists.items()}
PERIODS = ["1991-1999", "2000-2009", "2010-2019", "2020-"]

events = pl.scan_csv(folder / "events.csv", infer_schema=False, row_index_name="row").with_columns(
    day=col("date").str.to_date("%Y-%m-%d", strict=False)
).collect()
parties = events.select("row", party=col("party").str.split("; ")).explode("party")
known = {name: col(name).is_in(codes[name].implode()) for name in codes if name != "party"}
checks = {"event": col("event").is_first_distinct(), "case": col("case").is_not_null(), "date": col("day").is_not_null(), **known}
wrong = [events.filter(~is_right.fill_null(False)).select("row", value=name, column=pl.lit(name)) for name, is_right in checks.items()]
wrong.append(parties.filter(~col("party").is_in(codes["party"].implode())).select("row", value="party", column=pl.lit("party")))
pl.concat(wrong).sort("row", "column").write_csv(out / "findings.csv")


def period(day):
    return day.dt.year().bin_intervals([2000, 2010, 2020], labels=PERIODS).alias("period")


if not sum(map(len, wrong)):
    rank = events.lazy().with_columns(col("outcome").cast(pl.Enum(codes["outcome"])))
    cases = rank.group_by("case").agg(col("day").min(), col("outcome").max()).with_columns(period(col("day")))
    roles = events.lazy().select("case", "role").unique().join(cases, on="case")
    acts = events.lazy().with_columns(period(col("day")))
    tables = {
        "roles": roles.group_by("period", "role").len(),
        "outcomes": cases.group_by("period", "outcome").len(),
        "venues": acts.group_by("place", "period").len(),
        "parties": parties.lazy().join(events.lazy().select("row", "case"), on="row").select("case", "party").unique().group_by("party").len(),
    }
    for name, table in zip(tables, pl.collect_all(tables.values())):
        table.select(pl.all().cast(pl.String)).sort(pl.all()).write_csv(out / f"{name}.csv")

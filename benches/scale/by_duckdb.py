"""The same in DuckDB: by_duckdb.py FOLDER OUT"""

import sys
import tomllib
from pathlib import Path

import duckdb

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
lists = tomllib.loads((folder / "codebook.toml").read_text())["lists"]
db = duckdb.connect()
db.execute("SET preserve_insertion_order = true")
for name, held in lists.items():
    db.execute(f"CREATE TABLE list_{name} (code VARCHAR, rank INTEGER)")
    db.executemany(f"INSERT INTO list_{name} VALUES (?, ?)", [(code["code"], rank) for rank, code in enumerate(held)])
db.execute(f"""CREATE TABLE events AS SELECT row_number() OVER () AS row, *, try_strptime(date, '%Y-%m-%d')::DATE AS day
    FROM read_csv('{folder}/events.csv', all_varchar = true)""")
db.execute("CREATE TABLE parties AS SELECT row, \"case\", unnest(string_split(party, '; ')) AS party FROM events")
wrong = ["SELECT row, event AS value, 'event' AS col FROM (SELECT row, event, row_number() OVER (PARTITION BY event) AS nth FROM events) WHERE nth > 1",
         "SELECT row, date, 'date' FROM events WHERE day IS NULL",
         "SELECT row, party, 'party' FROM parties WHERE party NOT IN (SELECT code FROM list_party)"]
wrong += [f"SELECT row, {name}, '{name}' FROM events WHERE {name} NOT IN (SELECT code FROM list_{name})" for name in lists if name != "party"]
db.execute("CREATE TABLE wrong AS " + " UNION ALL ".join(wrong))
db.execute(f"COPY (SELECT * FROM wrong ORDER BY row, col) TO '{out}/findings.csv'")
if not db.execute("SELECT count(*) FROM wrong").fetchone()[0]:
    period = "CASE WHEN year({0}) < 2000 THEN '1991-1999' WHEN year({0}) < 2010 THEN '2000-2009' WHEN year({0}) < 2020 THEN '2010-2019' ELSE '2020-' END AS period"
    db.execute(f"""CREATE TABLE cases AS SELECT "case", {period.format('min(day)')}, max(rank) AS rank
        FROM events JOIN list_outcome ON outcome = code GROUP BY "case" """)
    tables = {
        "roles": 'SELECT period, role, count(*) AS len FROM (SELECT DISTINCT "case", role FROM events) JOIN cases USING ("case") GROUP BY ALL ORDER BY ALL',
        "outcomes": "SELECT period, code AS outcome, count(*) AS len FROM cases JOIN list_outcome USING (rank) GROUP BY ALL ORDER BY ALL",
        "venues": f"SELECT place, {period.format('day')}, count(*) AS len FROM events GROUP BY ALL ORDER BY ALL",
        "parties": 'SELECT party, count(DISTINCT "case") AS len FROM parties GROUP BY ALL ORDER BY ALL',
    }
    for name, sql in tables.items():
        db.execute(f"COPY ({sql}) TO '{out}/{name}.csv' (HEADER)")

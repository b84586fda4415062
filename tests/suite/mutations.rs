//! Data sets that something happened to: no panic, no row that nobody speaks of, no table that fails.
//!
//! Each case is made from its number, so that one that fails can be made again. `BITIM_MUTATIONS=5000` tries
//! as many of each kind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bitim::analyse::{self, Question};
use bitim::load::{Store, dataset};
use bitim::model::label::Language;
use bitim::{render, validate};

use crate::harness::Project;

/// How many cases of each kind are tried.
fn cases() -> u64 {
    let asked = std::env::var("BITIM_MUTATIONS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(120)
}

/// Numbers that look random and are the same everywhere (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % n.max(1) as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// What is put between bytes.
const BYTES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\xef\xbf\xbd",
    b"\x1b[31m",
    b"=1+1",
    b"<script>",
    "\u{202e}".as_bytes(),
    "Ա🙂".as_bytes(),
    b"[[",
    b"]",
    b"'''",
    b"#",
];

/// What a cell is replaced by.
const CELLS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1,000",
    "1e308",
    "99999999999999999999",
    "0000",
    "9999",
    "0001-01-01",
    "..",
    "1990/2020",
    "2030",
    "199X",
    "unknown",
    "na",
    "venue",
    "fjord",
    "=SUM(A1)",
    "a; b; a",
    ";",
    "; ;",
    "x y",
    "é",
    "e\u{301}",
    "\u{202e}x",
    "-",
    "'",
];

/// What a value of a setting is replaced by.
const VALUES: &[&str] = &[
    "\"\"",
    "\"x\"",
    "\"..\"",
    "\"0000/9999\"",
    "\"9999\"",
    "\"\\u0000\"",
    "\"unknown\"",
    "\"venue\"",
    "\"a/b\"",
    "0",
    "-1",
    "1",
    "0.0",
    "nan",
    "inf",
    "1e308",
    "9223372036854775807",
    "true",
    "false",
    "[]",
    "{}",
    "[\"venue\", \"venue\"]",
    "1990-01-01",
];

/// Something happens to the bytes of a file.
fn in_bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + 1 + dice.below(40)).min(bytes.len());
    match dice.below(7) {
        0 | 1 => drop(bytes.splice(at..at, dice.of(BYTES).iter().copied())),
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            let again = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, again));
        }
        5 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        _ => {
            *bytes = String::from_utf8_lossy(bytes)
                .replace('\n', dice.of(&["\r\n", "\r"]))
                .into_bytes();
        }
    }
}

/// A cell of a file without quoted commas gets another value.
fn in_cells(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut rows: Vec<Vec<String>> = text
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    for _ in 0..=dice.below(3) {
        let row = dice.below(rows.len());
        let Some(row) = rows.get_mut(row) else { return };
        let cell = dice.below(row.len());
        row[cell] = match dice.of(CELLS) {
            text if text.contains(',') => format!("\"{text}\""),
            text => text.to_owned(),
        };
    }
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    *bytes = (lines.join("\n") + "\n").into_bytes();
}

/// A setting gets another value, stands twice, or is gone.
fn in_settings(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let is_set: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].contains('='))
        .collect();
    let Some(at) = is_set.get(dice.below(is_set.len())).copied() else {
        return;
    };
    match dice.below(4) {
        0 => drop(lines.remove(at)),
        1 => {
            let again = lines[at].clone();
            lines.insert(dice.below(lines.len()), again);
        }
        _ => {
            let signs: Vec<usize> = lines[at]
                .match_indices("= ")
                .map(|(sign, _)| sign + 2)
                .collect();
            let Some(from) = signs.get(dice.below(signs.len())).copied() else {
                return;
            };
            let rest = &lines[at][from..];
            let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
            let line = format!("{}{}{}", &lines[at][..from], dice.of(VALUES), &rest[end..]);
            lines[at] = line;
        }
    }
    *bytes = (lines.join("\n") + "\n").into_bytes();
}

/// What became of a data set: refused, or every table and now and then every figure made of it.
fn run(project: &Project, draws: bool) -> Result<bool, String> {
    let store = Store::Folder(project.path("data"));
    let Ok(records) = dataset(&store) else {
        return Ok(false);
    };
    let tally = records.tally();
    if tally.accounted() != tally.lines {
        return Err(format!("lines are lost: {tally:?}"));
    }
    let checked = validate::check(records).map_err(|error| format!("check fails: {error}"))?;
    let is_refused = tally.refused > 0;
    let Ok(cases) = checked.accept() else {
        return Ok(false);
    };
    if is_refused {
        return Err(format!("rows are lost without an error: {tally:?}"));
    }
    let failed = |doing: &str, error: &dyn std::error::Error| {
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        format!("{doing} fails: {error} {cause}")
    };
    let selection = cases
        .select(&Question::default())
        .map_err(|error| failed("selecting", &error))?;
    let tables = analyse::tables(&selection).map_err(|error| failed("computing", &error))?;
    if draws {
        render::bundle(&selection, &tables, Language::Ru, &["svg"])
            .map_err(|error| failed("drawing", &error))?;
    }
    Ok(true)
}

/// Mutates one file of a data set for each case, and says how many of the mutants were accepted.
fn mutated(files: &[&str], kind: u64, mutate: fn(&mut Vec<u8>, &mut Dice)) -> u64 {
    let project = Project::three_cases();
    let mut accepted = 0;
    let mut failures = Vec::new();
    for case in 0..cases() {
        let mut dice = Dice(kind << 32 | case);
        let file = format!("data/{}", dice.of(files));
        let original = project.read(&file);
        let mut bytes = original.clone();
        mutate(&mut bytes, &mut dice);
        project.write(&file, &bytes);
        let result = catch_unwind(AssertUnwindSafe(|| run(&project, case % 20 == 0)));
        match result {
            Ok(Ok(is_accepted)) => accepted += u64::from(is_accepted),
            Ok(Err(problem)) => failures.push(format!("case {case} in {file}: {problem}")),
            Err(_) => failures.push(format!("case {case} in {file}: a panic")),
        }
        if !failures.is_empty() && std::env::var_os("BITIM_KEEP").is_some() {
            project.write(&format!("failed/{kind}-{case}"), &bytes);
        }
        project.write(&file, &original);
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        cases(),
        failures.join("\n")
    );
    accepted
}

const TABLES: &[&str] = &[
    "cases.csv",
    "events.csv",
    "roles.csv",
    "parties.csv",
    "sources.csv",
    "codings.csv",
];
const SETTINGS: &[&str] = &["codebook.toml", "study.toml"];

#[test]
fn whatever_happens_to_the_bytes_of_a_table_is_seen() {
    let accepted = mutated(TABLES, 1, in_bytes);
    assert!(accepted > 0 && accepted < cases(), "{accepted}");
}

#[test]
fn whatever_stands_in_a_cell_is_read_or_refused() {
    let accepted = mutated(TABLES, 2, in_cells);
    assert!(accepted > 0 && accepted < cases(), "{accepted}");
}

#[test]
fn whatever_stands_in_a_setting_is_taken_or_refused() {
    let accepted = mutated(SETTINGS, 3, in_settings);
    assert!(accepted > 0 && accepted < cases(), "{accepted}");
}

#[test]
fn whatever_happens_to_the_bytes_of_settings_is_seen() {
    let accepted = mutated(SETTINGS, 4, in_bytes);
    assert!(accepted > 0 && accepted < cases(), "{accepted}");
}

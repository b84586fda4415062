//! What files hold arrives as they hold it, or a finding says what became of it.

use bitim::load::{Store, Tally, dataset};
use bitim::model::finding::Severity;
use bitim::validate;

use crate::harness::Project;

/// The findings of a data set as `rule line problem`, and where its lines went.
pub(crate) fn checked(project: &Project) -> (Vec<String>, Tally) {
    let store = Store::Folder(project.path("data"));
    let checked = validate::check(dataset(&store).unwrap()).unwrap();
    let told = checked.findings().in_order().into_iter().map(|finding| {
        let line = finding.place.line.unwrap_or_default();
        format!(
            "{} {}:{line} {}",
            finding.rule.code, finding.place.file, finding.problem
        )
    });
    (told.collect(), checked.tally())
}

/// Puts another text in the place of the first of its kind in a file.
pub(crate) fn replaced(project: &Project, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(project.read(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    project.write(file, text.replacen(from, to, 1).as_bytes());
}

/// The three cases with one more column of cases, declared as `settings` say, and its cells.
fn with_column(settings: &str, cells: [&str; 3]) -> Project {
    let project = Project::three_cases();
    let declared = format!(
        "{{ column = \"more\", label = \"More\", {settings} }},\n    {{ column = \"outcome\""
    );
    replaced(
        &project,
        "data/codebook.toml",
        "{ column = \"outcome\"",
        &declared,
    );
    let text = String::from_utf8(project.read("data/cases.csv")).unwrap();
    let cells = std::iter::once("more").chain(cells);
    let rows = text.lines().zip(cells).map(|(line, cell)| {
        let mark = if cell.contains(',') { "\"" } else { "" };
        format!("{line},{mark}{cell}{mark}\n")
    });
    project.write("data/cases.csv", rows.collect::<String>().as_bytes());
    project
}

#[test]
fn a_stray_quotation_mark_never_takes_a_row_away() {
    let whole = Project::three_cases();
    for (file, bytes) in bitim::load::start(false) {
        whole.write(&format!("data/{file}"), &bytes);
    }
    let (before, all) = checked(&whole);
    assert_eq!(all.accounted(), all.lines);
    for file in ["roles.csv", "codings.csv", "decisions.csv", "events.csv"] {
        let path = format!("data/{file}");
        let bytes = whole.read(&path);
        let edges = (0..bytes.len() - 1).filter(|at| matches!(bytes[*at], b',' | b'\n'));
        for at in edges.step_by(97) {
            let mut stray = bytes.clone();
            stray.insert(at + 1, b'"');
            whole.write(&path, &stray);
            let (found, tally) = checked(&whole);
            assert_eq!(tally.accounted(), tally.lines, "{file} at byte {at}");
            let is_told = found
                .iter()
                .any(|finding| finding.starts_with("V00") && finding.contains(file));
            assert!(is_told, "{file} at byte {at}: {found:?}");
        }
        whole.write(&path, &bytes);
    }
    assert_eq!(checked(&whole).0, before);
}

#[test]
fn the_fault_names_where_the_mark_was_opened() {
    let project = Project::three_cases();
    let rows = "case_id,role,uptake\n\"fjord,venue,provided\nnorth,\"shuttle\",provided\n";
    project.write("data/roles.csv", rows.as_bytes());
    let (found, tally) = checked(&project);
    assert!(
        found
            .iter()
            .any(|told| told.starts_with("V008 roles.csv:3 ")
                && told.contains("opens it is on line 2")),
        "{found:?}"
    );
    assert_eq!((tally.refused, tally.continued), (1, 1));
}

#[test]
fn marks_are_letters_where_the_codebook_says_so() {
    let project = Project::three_cases();
    replaced(&project, "data/events.csv", "Havana", "\"Havana\" Hotel");
    assert!(
        checked(&project)
            .0
            .iter()
            .any(|told| told.starts_with("V008 events.csv"))
    );
    replaced(
        &project,
        "data/codebook.toml",
        "file = \"events.csv\"",
        "file = \"events.csv\"\nquotes = false",
    );
    assert_eq!(checked(&project).0, Vec::<String>::new());
}

#[test]
fn every_line_is_accounted_for() {
    let project = Project::three_cases();
    let text = "case_id,role,uptake\r\n\r\nfjord,venue,provided\r\n,,\r\nnorth,\"shuttle\",\"provided\"\r\n\r\n\r\n";
    project.write("data/roles.csv", text.as_bytes());
    let (_, tally) = checked(&project);
    assert_eq!((tally.blank, tally.accounted()), (4, tally.lines));
}

#[test]
fn a_number_that_can_be_meant_in_two_ways_is_no_number() {
    for (settings, cell, is_read) in [
        ("measure = \"count\"", "1,000", false),
        ("measure = \"count\"", "1.000", false),
        ("measure = \"number\"", "0,125", false),
        ("measure = \"number\"", "0,5", true),
        ("measure = \"count\"", "9007199254740993", false),
        ("measure = \"count\", thousands = \",\"", "1,000", true),
        ("measure = \"number\", decimal = \",\"", "0,125", true),
    ] {
        let project = with_column(settings, [cell, "1", "2"]);
        let (found, _) = checked(&project);
        assert_eq!(
            found.is_empty(),
            is_read,
            "{cell} with {settings}: {found:?}"
        );
    }
}

#[test]
fn one_name_is_one_name_however_it_is_typed() {
    for (one, other) in [
        ("\u{c9}vian", "E\u{301}vian"),
        ("D'Este", "D’Este"),
        ("A-B", "A\u{2011}B"),
        ("A B", "A\u{a0}B"),
    ] {
        let (found, _) = checked(&with_column("measure = \"identifier\"", [one, other, "x"]));
        assert!(
            found
                .iter()
                .any(|told| told.starts_with("V208 cases.csv:3 ")),
            "{one:?} and {other:?}: {found:?}"
        );
    }
}

#[test]
fn a_spelling_leads_to_one_identifier_or_to_a_missing_value() {
    let project = Project::fixture("harbour");
    replaced(
        &project,
        "data/codebook.toml",
        "key = [\"as_written\"]\n",
        "",
    );
    let (clean, _) = checked(&project);
    let spellings = String::from_utf8(project.read("data/spellings.tsv")).unwrap();
    project.write(
        "data/spellings.tsv",
        format!("{spellings}Frey\tODD\n").as_bytes(),
    );
    let (found, _) = checked(&project);
    assert!(
        found
            .iter()
            .any(|told| told.starts_with("V301 spellings.tsv")
                && told.contains("leads to \"ODD\" here and to \"FREY\"")),
        "{found:?}"
    );
    project.write(
        "data/spellings.tsv",
        format!("{spellings}Frey\tFREY\n").as_bytes(),
    );
    assert_eq!(checked(&project).0, clean);
}

#[test]
fn a_filter_reads_cells_as_everything_else_does() {
    let project = Project::fixture("harbour");
    let (_, before) = checked(&project);
    let file = "data/meetings_2000s.csv";
    let text = String::from_utf8(project.read(file)).unwrap();
    let padded = text
        .replacen(";y", ";y ", 1)
        .replacen(",y", ",y ", 1)
        .replacen("\ty", "\ty ", 1);
    assert_ne!(text, padded);
    project.write(file, padded.as_bytes());
    assert_eq!(checked(&project).1, before);
}

#[test]
fn bytes_that_an_encoding_does_not_know_are_named_with_their_line() {
    for (encoding, bytes) in [
        ("shift_jis", &b"\xff"[..]),
        ("gb18030", b"\xff\xff"),
        ("euc-kr", b"\xff\xff"),
        ("utf-8", b"\xff"),
    ] {
        let project = Project::three_cases();
        replaced(
            &project,
            "data/codebook.toml",
            "file = \"events.csv\"",
            &format!("file = \"events.csv\"\nencoding = \"{encoding}\""),
        );
        let text = project.read("data/events.csv");
        let at = text.windows(6).position(|word| word == b"Havana").unwrap();
        project.write(
            "data/events.csv",
            &[&text[..at], bytes, &text[at..]].concat(),
        );
        let (found, _) = checked(&project);
        assert!(
            found
                .iter()
                .any(|told| told.starts_with("V004 events.csv:5 ")),
            "{encoding}: {found:?}"
        );
    }
}

#[test]
fn wide_text_is_read_where_the_codebook_says_so_and_half_a_letter_is_an_error() {
    let project = Project::three_cases();
    let text = String::from_utf8(project.read("data/events.csv")).unwrap();
    let mut wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    project.write("data/events.csv", &wide);
    assert!(
        checked(&project)
            .0
            .iter()
            .any(|told| told.starts_with("V003 events.csv:1 "))
    );
    replaced(
        &project,
        "data/codebook.toml",
        "file = \"events.csv\"",
        "file = \"events.csv\"\nencoding = \"utf-16le\"",
    );
    assert_eq!(checked(&project).0, Vec::<String>::new());
    let at = 2 * text.find("Havana").unwrap();
    wide.splice(at..at, [0x00, 0xd8]);
    project.write("data/events.csv", &wide);
    assert!(
        checked(&project)
            .0
            .iter()
            .any(|told| told.starts_with("V004 events.csv:5 "))
    );
}

#[test]
fn a_zero_byte_is_found_wherever_it_stands() {
    let project = Project::three_cases();
    let mut text = project.read("data/events.csv");
    let row = b"e1,fjord,round,1993-01-20,1993-01-22,Sarpsborg,NOR,process\n".repeat(200);
    text.extend(&row);
    text.extend(b"e9,fjord,round,1993-01-20,1993-01-22,Sarps\0borg,NOR,process\n");
    project.write("data/events.csv", &text);
    assert!(
        checked(&project)
            .0
            .iter()
            .any(|told| told.starts_with("V003 events.csv:207 "))
    );
}

#[test]
fn parts_of_a_date_without_the_part_before_are_reported() {
    let project = Project::fixture("harbour");
    let text = String::from_utf8(project.read("data/meetings_2000s.csv")).unwrap();
    let header = text.lines().next().unwrap();
    let sign = if header.contains(';') { ';' } else { ',' };
    let year = header.split(sign).position(|name| name == "yy").unwrap();
    for (cell, rule) in [("", "V202"), ("0", "V203")] {
        let rows: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(line, row)| {
                let mut cells: Vec<&str> = row.split(sign).collect();
                if line == 1 {
                    cells[year] = cell;
                }
                cells.join(&sign.to_string())
            })
            .collect();
        project.write("data/meetings_2000s.csv", rows.join("\n").as_bytes());
        let (found, _) = checked(&project);
        assert!(
            found
                .iter()
                .any(|told| told.starts_with(&format!("{rule} meetings_2000s.csv:2 "))),
            "{found:?}"
        );
    }
}

#[test]
fn the_bundled_data_have_no_error_and_lose_no_line() {
    let checked = validate::check(dataset(&Store::Bundled).unwrap()).unwrap();
    assert_eq!(checked.findings().count(Severity::Error), 0);
    let tally = checked.tally();
    assert_eq!(tally.accounted(), tally.lines);
    assert_eq!((tally.refused, tally.blank), (0, 0));
}

#[test]
fn coders_agree_on_values_and_not_on_how_they_are_written() {
    let project = with_column("measure = \"number\"", ["0.5", "1", "2"]);
    let rows = "coder,case_id,variable,value,locator,note\n\
                a,fjord,more,\"0,5\",p. 1,\nb,fjord,more,0.50,p. 1,\na,north,more,3.5,p. 1,\nb,north,more,4,p. 1,\n";
    project.write("data/codings.csv", rows.as_bytes());
    let run = project.run(&["adjudicate", "--data", "data"]).exits(1);
    let run = run.says("2 coders (a, b), 2 cases: 1 difference to be decided");
    assert!(
        !run.stdout.contains("0,5") && !run.stdout.contains("0.5"),
        "{run}"
    );
}

#[test]
fn a_row_about_no_case_is_no_row_without_a_word() {
    for (file, row) in [
        ("roles.csv", "unknown,venue,provided\n"),
        ("parties.csv", "unknown,PLO,disputant\n"),
        ("codings.csv", "anna,unknown,kind,mediation,p. 1,\n"),
    ] {
        let project = Project::three_cases();
        let path = format!("data/{file}");
        let mut text = project.read(&path);
        text.extend(row.as_bytes());
        project.write(&path, &text);
        let (found, _) = checked(&project);
        let told = format!("V207 {file}:");
        assert!(
            found.iter().any(|finding| finding.starts_with(&told)),
            "{file}: {found:?}"
        );
    }
}

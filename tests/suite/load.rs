//! Files as they really are: lines counted right, and no file that makes the program panic.

use crate::harness::Project;

/// The line that `check` names for a wrong role on the last row of this file.
fn line_of_the_wrong_code(bytes: &[u8]) -> String {
    let project = Project::three_cases();
    project.write("data/cases.csv", bytes);
    let run = project.run(&["check", "--data", "data"]);
    let line = run
        .stdout
        .lines()
        .find(|line| line.contains("\"wrong\""))
        .unwrap();
    line.split_whitespace().nth(3).unwrap().to_owned()
}

const HEAD: &str = "case_id,mediator,title,kind,start,end,outcome,source";

#[test]
fn lines_are_right_with_crlf_blank_lines_and_cells_over_several_lines() {
    let row = "x,NOR,T,mediation,1993,1993,wrong,book";
    for (text, line) in [
        (format!("{HEAD}\n{row}\n"), 2),
        (format!("{HEAD}\r\n{row}\r\n"), 2),
        (format!("{HEAD}\r{row}\r"), 2),
        (format!("{HEAD}\n\n\n{row}"), 4),
        (format!("{HEAD}\r\n\r\n\r\n{row}\r\n"), 4),
        (format!("\u{feff}{HEAD}\r\n{row}"), 2),
        (
            format!(
                "{HEAD}\ny,NOR,\"over\nthree\nlines\",mediation,1993,1993,partial,book\n{row}\n"
            ),
            5,
        ),
        (
            format!(
                "{HEAD}\r\ny,NOR,\"over\r\ntwo\",mediation,1993,1993,partial,book\r\n\r\n{row}\r\n"
            ),
            5,
        ),
    ] {
        let found = line_of_the_wrong_code(text.as_bytes());
        assert_eq!(found, format!("cases.csv:{line}"), "{text:?}");
    }
}

#[test]
fn a_workbook_saved_as_unicode_text_is_read() {
    let text =
        format!("{HEAD}\nfjord,NOR,Фьорд,mediation,1993,1993,wrong,book\n").replace(',', "\t");
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(line_of_the_wrong_code(&bytes), "cases.csv:2");
}

#[test]
fn strange_files_give_findings_and_never_a_panic() {
    let long_line = vec![b'x'; 3_000_000];
    let quotes = vec![b'"'; 100_001];
    let zeros = vec![0_u8; 100_000];
    let cut = &bitim::load::start(false)[2].1[..5_000];
    let noise: Vec<u8> = (0..200_000_u32)
        .map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap())
        .collect();
    for (name, bytes) in [
        ("long line", long_line.as_slice()),
        ("quotes", &quotes),
        ("zeros", &zeros),
        ("cut off", cut),
        ("noise", &noise),
        ("one byte", b"\xff"),
        ("only a mark", b"\xef\xbb\xbf"),
        ("half a mark", b"\xff\xfe"),
    ] {
        for file in [
            "data/cases.csv",
            "data/codebook.toml",
            "data/study.toml",
            "data/claims.toml",
        ] {
            let project = Project::three_cases();
            project.write(file, bytes);
            let run = project.run(&["check", "--data", "data"]);
            assert!(run.stderr.is_empty(), "{name} as {file}\n{run}");
            let is_toml = std::path::Path::new(file)
                .extension()
                .is_some_and(|ext| ext == "toml");
            if !(is_toml && name == "only a mark") {
                let _ = run.exits(1);
            }
        }
    }
}

#[test]
fn a_folder_without_a_codebook_is_an_error_with_a_way_out() {
    let project = Project::empty();
    project.write("data/cases.csv", b"a\n");
    project
        .run(&["check", "--data", "data"])
        .exits(2)
        .complains("bitim init DIR");
    project
        .run(&["check", "--data", "nowhere"])
        .exits(2)
        .complains("cannot read nowhere");
}

#[test]
fn the_bundled_lists_name_every_file_of_their_folders() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (empty, folder) in [(false, "kazakhstan"), (true, "template")] {
        let mut bundled: Vec<String> = bitim::load::start(empty)
            .into_iter()
            .map(|(file, _)| file)
            .collect();
        bundled.sort();
        let mut there: Vec<String> = std::fs::read_dir(data.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with(".md"))
            .collect();
        there.sort();
        assert_eq!(bundled, there);
    }
}

#[test]
fn rows_beyond_the_first_batches_and_of_a_second_file_are_found_on_their_lines() {
    let project = Project::three_cases();
    let codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    let files = "file = [\"cases.csv\", \"more.csv\"]";
    let codebook = codebook.replacen("file = \"cases.csv\"", files, 1);
    project.write("data/codebook.toml", codebook.as_bytes());
    let rows = |name: char| -> String {
        let row = |row: u32| {
            let outcome = if row % 4000 == 3999 {
                "wrong"
            } else {
                "partial"
            };
            format!("{name}{row},NOR,T,mediation,1993,1993,{outcome},book\n")
        };
        let head = std::iter::once(format!("{HEAD}\n"));
        head.chain((0..9000).map(row)).collect()
    };
    let mut first = rows('a').into_bytes();
    first.extend(b"last,NOR,T\xff,mediation,1993,1993,wrong,book\nlast,NOR,T\xff,mediation,1993,1993,wrong,book\n");
    project.write("data/cases.csv", &first);
    project.write("data/more.csv", rows('b').as_bytes());
    let run = project.run(&["check", "--data", "data"]);
    for (found, times) in [
        ("V201 unknown-code  cases.csv:4001,8001,9002,9003  ", 1),
        ("V201 unknown-code  more.csv:4001,8001  ", 1),
        ("V004 bad-bytes  cases.csv:9002,9003  title", 1),
        (
            "V301 duplicate-key  cases.csv:9003  case_id = \"last\"  already on line 9002",
            1,
        ),
    ] {
        assert_eq!(
            run.stdout.matches(found).count(),
            times,
            "{found}\n{}",
            run.stdout
        );
    }
}

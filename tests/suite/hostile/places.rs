//! A data set that holds a text in every place where a text may stand.

use std::fmt::Write as _;

use crate::harness::Project;

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A file of rows.
fn rows(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A data set in `data/` with a case, a party, a place, a source, a coder, a code, a view, a scheme, a
/// variable and a claim of each text's name, and in `new/` one that says all of them otherwise.
pub(crate) fn project(payloads: &[&str]) -> Project {
    let project = Project::three_cases();
    fill(&project, "data", payloads, "");
    fill(&project, "new", payloads, " new");
    project
}

fn fill(project: &Project, folder: &str, payloads: &[&str], more: &str) {
    for (file, bytes) in bitim::load::start(true) {
        project.write(&format!("{folder}/{file}"), &bytes);
    }
    let each = || payloads.iter().copied().enumerate();
    let row = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<_>>()
    };
    let (first, all) = (payloads[0], payloads.concat());
    let write = |file: &str, bytes: Vec<u8>| project.write(&format!("{folder}/{file}"), &bytes);
    write(
        "cases.csv",
        rows(
            &[
                "case_id", "mediator", "title", "kind", "start", "end", "outcome", "source", first,
            ],
            each().map(|(n, text)| {
                row(&[
                    text,
                    "NOR",
                    &format!("{text}{more}"),
                    "mediation",
                    &(1990 + n % 30).to_string(),
                    &(1991 + n % 30).to_string(),
                    "partial",
                    &format!("s{n}"),
                    text,
                ])
            }),
        ),
    );
    write(
        "events.csv",
        rows(
            &[
                "event_id", "case_id", "type", "start", "end", "place", "country", "outcome",
            ],
            each().map(|(n, text)| {
                row(&[
                    text,
                    text,
                    "round",
                    &(1990 + n % 30).to_string(),
                    &(1991 + n % 30).to_string(),
                    text,
                    "NOR",
                    "process",
                ])
            }),
        ),
    );
    write(
        "roles.csv",
        rows(
            &["case_id", "role", "uptake"],
            each().map(|(_, text)| row(&[text, "venue", "provided"])),
        ),
    );
    write(
        "parties.csv",
        rows(
            &["case_id", "party", "standing"],
            each().map(|(_, text)| row(&[text, text, text])),
        ),
    );
    write(
        "sources.csv",
        rows(
            &["source_id", "title", "year", "url"],
            each().map(|(n, text)| row(&[&format!("s{n}"), text, "2001", text])),
        ),
    );
    write(
        "codings.csv",
        rows(
            &["coder", "case_id", "variable", "value", "locator", "note"],
            each().flat_map(|(_, text)| {
                [
                    row(&[text, text, "outcome", "process", text, text]),
                    row(&["other", text, "outcome", "partial", text, text]),
                ]
            }),
        ),
    );
    let mut codebook = String::from_utf8(project.read(&format!("{folder}/codebook.toml"))).unwrap();
    let codes = each().fold(String::new(), |mut codes, (_, text)| {
        let _ = writeln!(
            codes,
            "{{ code = {0}, label = {1} }},",
            quoted(text),
            quoted(&format!("{text}{more}"))
        );
        codes
    });
    for (from, to) in [
        ("standing = [\n", format!("standing = [\n{codes}")),
        ("\"My mediation record\"", quoted(first)),
        (
            "licence = \"CC BY 4.0\"",
            format!("licence = {0}\ndescription = {0}", quoted(&all)),
        ),
        (
            "    { column = \"source\", concept",
            format!(
                "    {{ column = {0}, measure = \"text\", label = {0} }},\n    {{ column = \"source\", concept",
                quoted(first)
            ),
        ),
    ] {
        assert!(codebook.contains(from), "{from}");
        codebook = codebook.replacen(from, &to, 1);
    }
    write("codebook.toml", codebook.into_bytes());
    let mut study = String::from_utf8(project.read(&format!("{folder}/study.toml"))).unwrap();
    let mut claims = String::new();
    for (_, text) in each() {
        let text = quoted(text);
        let _ = writeln!(study, "[[view]]\nname = {text}\nlabel = {text}");
        let _ = writeln!(
            study,
            "[[scheme]]\nname = {text}\nlabel = {text}\nperiod = [{{ start = \"1990\", label = {text} }}]"
        );
        let _ = writeln!(
            claims,
            "[[claim]]\nid = {text}\nparagraph = {text}\ntext = {text}\ncannot_show = {text}"
        );
    }
    study = study.replace(
        "label = \"all cases\"",
        &format!("label = {}", quoted(first)),
    );
    write("study.toml", study.into_bytes());
    write("claims.toml", claims.into_bytes());
}

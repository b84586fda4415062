//! A data set that holds a text in every place where a text may stand.

use std::fmt::Write as _;

use crate::harness::Project;

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Every file with its columns and the rows for each text: `TEXT` is the text, `SAID` the text as the
/// release has it, `ID` one without it, `FROM` and `UNTIL` years.
const FILES: [(&str, &str, &[&str]); 6] = [
    (
        "cases.csv",
        "case_id,mediator,title,kind,start,end,outcome,source,OWN",
        &["TEXT,NOR,SAID,mediation,FROM,UNTIL,partial,ID,TEXT"],
    ),
    (
        "events.csv",
        "event_id,case_id,type,start,end,place,country,outcome",
        &["TEXT,TEXT,round,FROM,UNTIL,TEXT,NOR,process"],
    ),
    ("roles.csv", "case_id,role,uptake", &["TEXT,venue,provided"]),
    (
        "parties.csv",
        "case_id,party,standing",
        &["TEXT,TEXT,TEXT", "TEXT,TEXT,disputant", "TEXT,B,disputant"],
    ),
    (
        "sources.csv",
        "source_id,title,year,url",
        &["ID,TEXT,2001,TEXT"],
    ),
    (
        "codings.csv",
        "coder,case_id,variable,value,locator,note",
        &[
            "TEXT,TEXT,outcome,process,TEXT,TEXT",
            "B,TEXT,outcome,partial,TEXT,TEXT",
        ],
    ),
];

/// A data set in `data/` with a case, a party, a place, a source, a coder, a code, a view, a scheme, a
/// variable and a claim of each text's name, and in `new/` one that says all of them otherwise.
pub(crate) fn project(payloads: &[&str]) -> Project {
    let project = Project::three_cases();
    for (folder, more) in [("data", ""), ("new", " new")] {
        for (file, bytes) in bitim::load::start(true) {
            project.write(&format!("{folder}/{file}"), &bytes);
        }
        rows(&project, folder, payloads, more);
        codebook(&project, folder, payloads, more);
        questions(&project, folder, payloads);
    }
    project
}

fn rows(project: &Project, folder: &str, payloads: &[&str], more: &str) {
    for (file, head, lines) in FILES {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let own = |name| if name == "OWN" { payloads[0] } else { name };
        writer.write_record(head.split(',').map(own)).unwrap();
        for (n, text) in payloads.iter().enumerate() {
            for line in lines {
                let cells = line.split(',').map(|cell| match cell {
                    "TEXT" => (*text).to_owned(),
                    "SAID" => format!("{text}{more}"),
                    "ID" => format!("s{n}"),
                    "FROM" => (1990 + n % 30).to_string(),
                    "UNTIL" => (1991 + n % 30).to_string(),
                    plain => plain.to_owned(),
                });
                writer.write_record(cells.collect::<Vec<String>>()).unwrap();
            }
        }
        project.write(&format!("{folder}/{file}"), &writer.into_inner().unwrap());
    }
}

fn codebook(project: &Project, folder: &str, payloads: &[&str], more: &str) {
    let file = format!("{folder}/codebook.toml");
    let mut codebook = String::from_utf8(project.read(&file)).unwrap();
    let (first, all) = (quoted(payloads[0]), quoted(&payloads.concat()));
    let mut codes = String::from("standing = [\n");
    for text in payloads {
        let label = quoted(&format!("{text}{more}"));
        let _ = writeln!(codes, "{{ code = {}, label = {label} }},", quoted(text));
    }
    let column = "    { column = \"source\", concept";
    let own = format!("    {{ column = {first}, measure = \"text\", label = {first} }},\n{column}");
    for (from, to) in [
        ("standing = [\n", codes),
        ("\"My mediation record\"", first),
        ("\"CC BY 4.0\"", format!("{all}\ndescription = {all}")),
        (column, own),
    ] {
        assert!(codebook.contains(from), "{from}");
        codebook = codebook.replacen(from, &to, 1);
    }
    project.write(&file, codebook.as_bytes());
}

/// The study and the claims.
fn questions(project: &Project, folder: &str, payloads: &[&str]) {
    let file = format!("{folder}/study.toml");
    let mut study = String::from_utf8(project.read(&file)).unwrap();
    study = study.replace("\"all cases\"", &quoted(payloads[0]));
    let mut claims = String::new();
    for text in payloads {
        let text = quoted(text);
        let _ = writeln!(
            study,
            "[[view]]\nname = {text}\nlabel = {text}\n[[scheme]]\nname = {text}\nlabel = {text}\n\
             period = [{{ start = \"1990\", label = {text} }}]"
        );
        let _ = writeln!(
            claims,
            "[[claim]]\nid = {text}\nparagraph = {text}\ntext = {text}\ncannot_show = {text}"
        );
    }
    project.write(&file, study.as_bytes());
    project.write(&format!("{folder}/claims.toml"), claims.as_bytes());
}

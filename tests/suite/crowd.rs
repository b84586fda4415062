//! The bundled data with every case several times, for what must hold with many.

use std::path::Path;

use bitim::load;

/// The columns that tell the copies of a case apart.
const COPIED: [&str; 3] = ["case_id", "event_id", "title"];

/// The files of a data set with every case so many times, asked in years. It has no codings and no
/// claims, which are about the record as it is.
pub(crate) fn files(copies: usize) -> Vec<(String, Vec<u8>)> {
    let files = load::start(false)
        .into_iter()
        .filter(|(file, _)| file != "claims.toml");
    files
        .map(|(file, bytes)| {
            let bytes = match file.as_str() {
                "article_cases.csv" | "codings.csv" | "decisions.csv" => header(&bytes),
                "study.toml" => in_years(&String::from_utf8_lossy(&bytes)).into_bytes(),
                _ if Path::new(&file).extension().is_some_and(|ext| ext == "csv") => {
                    multiplied(&bytes, copies)
                }
                _ => bytes,
            };
            (file, bytes)
        })
        .collect()
}

fn header(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    lines.take(1).flatten().copied().collect()
}

/// The study with a first scheme of one period a year.
fn in_years(study: &str) -> String {
    let years: Vec<String> = (2012..2026)
        .map(|year| format!("{{ start = \"{year}\", end = \"{year}\" }}"))
        .collect();
    let scheme = format!(
        "[[scheme]]\nname = \"years\"\nlabel = \"years\"\nperiod = [{}]\n\n[[scheme]]",
        years.join(", ")
    );
    study.replacen("[[scheme]]", &scheme, 1)
}

fn multiplied(bytes: &[u8], copies: usize) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    let is_about_cases = header.iter().any(|column| column == "case_id");
    for record in reader.records() {
        let record = record.unwrap();
        for copy in 0..if is_about_cases { copies } else { 1 } {
            let cells = header.iter().zip(&record).map(|(column, cell)| {
                if copy > 0 && COPIED.contains(&column) {
                    format!("{cell}-{copy}")
                } else {
                    cell.to_owned()
                }
            });
            writer.write_record(cells).unwrap();
        }
    }
    writer.into_inner().unwrap()
}

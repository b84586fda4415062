//! What a page is searched by, counted by hand from the files.

use std::collections::BTreeSet;

use bitim::analyse::{self, Question, index};
use bitim::load::{Store, dataset};
use bitim::model::label::Language;
use bitim::model::missing::Reason;
use bitim::render::bundle;
use bitim::validate;

use crate::analyse::{bundled, period};
use crate::harness::Project;

#[test]
fn the_index_holds_what_the_files_say_of_every_case() {
    let cases = validate::check(dataset(&Store::Bundled).unwrap()).unwrap();
    let cases = cases.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let index = index(&selection).unwrap();
    let rows = bundled("cases.csv");
    assert_eq!(index.cases.len(), rows.len());
    for (entry, row) in index.cases.iter().zip(&rows) {
        let case = &row["case_id"];
        let title = entry.title.get(Language::En);
        assert_eq!((&entry.case, title), (case, row["title"].as_str()));
        let start = period(&row["start"]).map(str::to_owned);
        assert_eq!(entry.period, start.ok_or(Reason::Unknown), "{case}");
        let outcome = match row["outcome"].as_str() {
            "" => Err(Reason::Blank),
            code => Reason::of(code).map_or_else(|| Ok(code.to_owned()), Err),
        };
        assert_eq!(entry.outcome, outcome, "{case}");
        let roles: BTreeSet<String> = bundled("roles.csv")
            .into_iter()
            .filter(|role| role["case_id"] == *case)
            .filter(|role| role["basis"] == "act" && role["uptake"] == "provided")
            .map(|role| role["role"].clone())
            .collect();
        // What is no mediation has no role to be asked for; of the others it is not known.
        let none = match row["kind"].as_str() {
            "mediation" => Reason::Unknown,
            _ => Reason::Na,
        };
        let expected = if roles.is_empty() {
            Err(none)
        } else {
            Ok(roles)
        };
        let held = entry.roles.clone().map(BTreeSet::from_iter);
        assert_eq!(held, expected, "{case}");
        let parties: Vec<_> = bundled("parties.csv")
            .into_iter()
            .filter(|party| party["case_id"] == *case)
            .collect();
        let actors: BTreeSet<&String> = parties.iter().map(|party| &party["actor"]).collect();
        assert_eq!(
            entry.parties.iter().flatten().collect::<BTreeSet<_>>(),
            actors,
            "{case}"
        );
        let disputants = parties
            .iter()
            .filter(|party| party["standing"] == "disputant");
        assert_eq!(entry.between.len(), disputants.count(), "{case}");
        let own = row["sources"].split("; ").filter(|id| !id.is_empty());
        for id in own {
            assert!(entry.sources.contains(id), "{case}: {id}");
        }
    }
}

#[test]
fn what_a_case_has_no_value_of_says_why_and_can_be_chosen() {
    let project = Project::three_cases();
    let altered = |file: &str, alter: &dyn Fn(&str) -> String| {
        let text = String::from_utf8(project.read(file)).unwrap();
        project.write(file, alter(&text).as_bytes());
    };
    altered("data/cases.csv", &|text| {
        text.replace("1993-01,1993-09-13", "unknown,1993-09-13")
    });
    altered("data/parties.csv", &|text| {
        let kept = text.lines().filter(|line| !line.starts_with("north,"));
        kept.collect::<Vec<_>>().join("\n") + "\n"
    });
    let folder = Store::Folder(project.path("data"));
    let cases = validate::check(dataset(&folder).unwrap()).unwrap();
    let cases = cases.accept().unwrap();
    let selection = cases.select(&Question::default()).unwrap();
    let index = index(&selection).unwrap();
    let [fjord, island, north] = index.cases.as_slice() else {
        panic!("{:?}", index.cases);
    };
    assert_eq!(fjord.period, Err(Reason::Unknown));
    assert_eq!(island.roles, Err(Reason::Na));
    assert_eq!(north.parties, Err(Reason::Unknown));
    let tables = analyse::tables(&selection).unwrap();
    let bundle = bundle(&selection, &tables, Language::Kk, &["svg"]).unwrap();
    let page = bundle.files.iter().find(|(name, _)| name == "report.html");
    let page = String::from_utf8(page.unwrap().1.clone()).unwrap();
    for (facet, code) in [("period", "unknown"), ("role", "na"), ("party", "unknown")] {
        let (_, list) = page
            .split_once(&format!("<select id=\"filter-{facet}\""))
            .unwrap();
        let (list, _) = list.split_once("</select>").unwrap();
        let label = Reason::of(code).unwrap().label();
        let option = format!(
            "<option value=\"missing-{code}\">{}</option>",
            label.get(Language::Kk)
        );
        assert!(list.contains(&option), "{list}");
    }
}

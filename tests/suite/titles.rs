//! Titles of cases in the language of the reader, where a data set has them.

use crate::harness::Project;

/// Three made-up cases, two of which have a title in Russian too.
fn with_russian_titles() -> Project {
    let project = Project::three_cases();
    let codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    let column = "    { column = \"title_ru\", measure = \"text\", label = \"Russian title\" },\n";
    let after = "concept = \"title\", measure = \"text\", required = true, label = \"Title\" },\n";
    let codebook = codebook.replacen(after, &format!("{after}{column}"), 1);
    project.write("data/codebook.toml", codebook.as_bytes());
    project.write(
        "data/cases.csv",
        "case_id,mediator,title,title_ru,kind,start,end,outcome,source\n\
         fjord,NOR,Talks by the fjord,Переговоры у фьорда,mediation,1993-01,1993-09-13,partial,book\n\
         island,NOR,Island offer,Предложение островам,offer,2004~,2004~,not_held,book\n\
         north,NOR,Northern shuttle,,mediation,2012-03-01,..,process,paper; book\n"
            .as_bytes(),
    );
    project
}

fn printed(project: &Project, table: &str, language: &str) -> String {
    let run = project.run(&["table", table, "--data", "data", "--lang", language]);
    run.exits(0).stdout
}

#[test]
fn tables_call_a_case_by_its_title_in_their_language_and_else_by_the_one_it_has() {
    let project = with_russian_titles();
    for table in ["cases", "timeline", "trajectories", "calendar"] {
        let russian = printed(&project, table, "ru");
        assert!(
            russian.contains("Переговоры у фьорда"),
            "{table}: {russian}"
        );
        assert!(
            !russian.contains("Talks by the fjord"),
            "{table}: {russian}"
        );
        for language in ["en", "kk"] {
            let other = printed(&project, table, language);
            assert!(other.contains("Talks by the fjord"), "{table}: {other}");
            assert!(!other.contains("фьорда"), "{table}: {other}");
        }
    }
    let cases = printed(&project, "cases", "ru");
    assert!(cases.contains("Northern shuttle"), "{cases}");
}

#[test]
fn the_page_and_its_figures_name_cases_in_the_language_of_the_report() {
    let project = with_russian_titles();
    let run = ["report", "--data", "data", "--lang", "ru"];
    project.run(&run).exits(0);
    let folder = project.files("reports").into_iter();
    let shown: Vec<String> = folder
        .filter(|file| file.ends_with("report.html") || file.ends_with("timeline.svg"))
        .collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    for file in shown {
        let text = String::from_utf8(project.read(&file)).unwrap();
        assert!(text.contains("Предложение островам"), "{file}");
        assert!(!text.contains("Island offer"), "{file}");
    }
}

//! What the coders gave, what was agreed, and what the record has: one row a variable of a case.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::coders::{self, meaning};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::codings::{Answers, Coded, Given, Standing};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "agreed",
    title: Label::new(
        "What the coders gave and agreed on",
        "Кодтаушылар не берді және неге келісті",
        "Что дали кодировщики и на чём сошлись",
    ),
    needs: &[Concept::Coder],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let data = selection.data;
    let codings = data.codings();
    let coders: Vec<&str> = codings.coders().into_iter().collect();
    let agreed = codings.agreed();
    let of_record = coders::cases_of_record(data);
    let mut rows = Vec::new();
    let mut counted: BTreeMap<Standing, usize> = BTreeMap::new();
    for item in codings.items() {
        let Some(coded) = codings.variable(&item.variable) else {
            continue;
        };
        let Some(answer) = agreed.get(&(item.case.clone(), item.variable.clone())) else {
            continue;
        };
        *counted.entry(answer.standing).or_default() += 1;
        let mut row = vec![
            Cell::Text(Label::plain(&item.case)),
            Cell::Code(item.variable.clone(), name(coded, &item.variable)),
        ];
        row.extend(coders.iter().map(|coder| match item.given.get(*coder) {
            Some(answers) => cell(coded, answers),
            None => Cell::Missing(Reason::Blank),
        }));
        row.push(cell(coded, &answer.answers));
        row.push(standing(answer.standing));
        row.push(if coded.of_role {
            Cell::Missing(Reason::Na)
        } else {
            record(selection, &of_record, &item.case, coded)
        });
        rows.push(row);
    }
    let open = counted.get(&Standing::Open).copied().unwrap_or_default();
    let settled = rows.len() - open;
    Ok(Answer {
        view: Some(coders::VIEW),
        denominator: Label::new(
            "a list; no shares",
            "тізім; үлестер жоқ",
            "список; долей нет",
        ),
        method: Label::new(
            "For every variable of every coded case the value of each coder, what is agreed, and how: all gave the same, or a decision with its reason settles a difference. The uptake of a role is listed only if the case is agreed to have the role. The last column has the codes of the record, which rests on more sources than the coders read; several values are those of several cases.",
            "Әр кодталған жағдайдың әр айнымалысы үшін кодтаушылардың мәндері, келісілген мән және оның қалай шыққаны: бәрі бірдей берді немесе айырманы негізделген шешім шешті. Рөлдің қабылдануы тек келісілген рөлдер үшін беріледі. Соңғы бағанда деректің кодтары; ол кодтаушылар оқығаннан көп дереккөзге сүйенеді; бірнеше мән — бірнеше жағдайдікі.",
            "Для каждой переменной каждого кодированного случая — значение каждого кодировщика, согласованное значение и как оно получено: все дали одно и то же либо расхождение снято решением с обоснованием. Принятие роли указано, только если роль согласована. В последнем столбце — коды записи, у которой источников больше, чем читали кодировщики; несколько значений относятся к нескольким случаям.",
        ),
        notes: vec![Label::new(
            "Agreement shows that the protocol is clear, not that the codes are true: the coders read one text.",
            "Келісім кодтардың ақиқаттығын емес, хаттаманың анықтығын көрсетеді: кодтаушылар бір мәтінді оқыды.",
            "Согласие показывает ясность протокола, а не истинность кодов: кодировщики читали один текст.",
        )],
        reading: reading(&counted),
        sources: Some(BTreeSet::new()),
        columns: columns(&coders),
        rows,
        ..Answer::of(Unit::Coding, settled, open)
    })
}

/// `Uptake: venue`: a variable, with the role that it describes.
fn name(coded: &Coded, about: &str) -> Label {
    match about.split_once(':') {
        Some((_, role)) => Label::plain("{name}: {role}")
            .fill(&[("name", &coded.label), ("role", &Label::plain(role))]),
        None => coded.label.clone(),
    }
}

/// The values in words; a single code stays a code in exports.
fn cell(coded: &Coded, answers: &Answers) -> Cell {
    let texts: Vec<&str> = answers.iter().map(Given::text).collect();
    words(coded, &texts)
}

fn words(coded: &Coded, texts: &[&str]) -> Cell {
    let labels: Vec<Label> = texts.iter().map(|text| meaning(coded, text)).collect();
    match texts {
        [] => Cell::Missing(Reason::Open),
        texts => Cell::Code(texts.join("; "), Label::join(&labels, "; ")),
    }
}

fn record(
    selection: &Selection,
    of_record: &BTreeMap<String, Vec<String>>,
    case: &str,
    coded: &Coded,
) -> Cell {
    let cases = of_record.get(case).into_iter().flatten();
    let values: BTreeSet<String> = cases
        .flat_map(|case| coders::values_of_record(selection.data, case, coded))
        .collect();
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    match words(coded, &texts) {
        Cell::Missing(_) => Cell::Missing(Reason::Na),
        words => words,
    }
}

const SINGLE: Label = Label::new("one coder", "бір кодтаушы", "один кодировщик");
const UNANIMOUS: Label = Label::new("all the same", "бәрі бірдей", "все одинаково");
const DECIDED: Label = Label::new("decided", "шешілген", "решено");
const OPEN: Label = Label::new("open", "ашық", "открыто");

fn codes() -> Vec<(String, Label)> {
    [
        ("single", SINGLE),
        ("unanimous", UNANIMOUS),
        ("decided", DECIDED),
        ("open", OPEN),
    ]
    .map(|(code, label)| (code.to_owned(), label))
    .to_vec()
}

fn standing(standing: Standing) -> Cell {
    let (code, label) = match standing {
        Standing::Single => ("single", SINGLE),
        Standing::Unanimous => ("unanimous", UNANIMOUS),
        Standing::Decided => ("decided", DECIDED),
        Standing::Open => ("open", OPEN),
    };
    Cell::Code(code.to_owned(), label)
}

fn columns(coders: &[&str]) -> Vec<Column> {
    let text = |name: String, label: Label| Column::new(name, label, Measure::Text);
    let mut columns = vec![
        text("case".to_owned(), Label::new("Case", "Жағдай", "Случай")),
        text(
            "variable".to_owned(),
            Label::new("Variable", "Айнымалы", "Переменная"),
        ),
    ];
    columns.extend(coders.iter().map(|coder| {
        let label = Label::new("Coder {coder}", "Кодтаушы {coder}", "Кодировщик {coder}");
        let label = label.fill(&[("coder", &Label::plain(*coder))]);
        text(format!("coder_{coder}"), label)
    }));
    columns.push(text(
        "agreed".to_owned(),
        Label::new("Agreed", "Келісілген", "Согласовано"),
    ));
    columns.push(Column::coded(
        "how",
        Label::new("How", "Қалай", "Как"),
        Measure::Nominal,
        codes(),
    ));
    columns.push(text(
        "record".to_owned(),
        Label::new("The record", "Дерек", "Запись"),
    ));
    columns
}

fn reading(counted: &BTreeMap<Standing, usize>) -> Vec<Label> {
    let count = |standing: Standing| {
        let n = counted.get(&standing).copied().unwrap_or_default();
        Label::plain(n.to_string())
    };
    let text = Label::new(
        "Of the values in the codings: given alike by all coders, {unanimous}; decided where coders differ, {decided}; still open, {open}; given by one coder only, {single}.",
        "Кодтаулардағы мәндер: барлық кодтаушы бірдей бергені — {unanimous}; айырмасы шешілгені — {decided}; әлі ашығы — {open}; бір адам ғана кодтағаны — {single}.",
        "Значения в кодированиях: одинаковые у всех кодировщиков — {unanimous}; решённые расхождения — {decided}; открытые — {open}; кодированные одним человеком — {single}.",
    );
    vec![text.fill(&[
        ("unanimous", &count(Standing::Unanimous)),
        ("decided", &count(Standing::Decided)),
        ("open", &count(Standing::Open)),
        ("single", &count(Standing::Single)),
    ])]
}

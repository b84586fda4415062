//! What is known and what is not: every variable with its missing values and their reasons.

use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::derive::Derive;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::study::Home;
use crate::model::unit::Unit;
use crate::validate::typed::texts;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "coverage",
    title: Label::new(
        "What is known and what is not, variable by variable",
        "Не белгілі, не белгісіз: айнымалылар бойынша",
        "Что известно и что нет: по переменным",
    ),
    needs: &[],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let mut rows = Vec::new();
    for table in &selection.data.tables {
        for field in &table.fields {
            let reasons = table.reasons(&field.key);
            let n = table.frame.height() as u64;
            let missing = |reason: Reason| {
                reasons
                    .iter()
                    .filter(|known| **known == Some(reason))
                    .count() as u64
            };
            let counts = Reason::ALL.map(missing);
            let known = n - counts.iter().sum::<u64>();
            let applies = n - missing(Reason::Na);
            rows.push(vec![
                Cell::Text(Label::plain(&table.name)),
                Cell::Text(Label::plain(&field.key)),
                Cell::Text(field.label.clone()),
                Cell::Count(n),
                Cell::Count(known),
                Cell::Count(counts[0]),
                Cell::Count(counts[1]),
                Cell::Count(counts[2]),
                Cell::Count(counts[3]),
                Cell::Share(Share::counted(known, applies)),
            ]);
        }
    }
    let variables = rows.len();
    Ok(Answer {
        view: Some(Label::new(
            "the whole data set, whatever the view",
            "көріністен тыс бүкіл деректер жиыны",
            "весь набор данных, независимо от вида",
        )),
        denominator: Label::new(
            "rows of the table to which the variable applies",
            "айнымалы қолданылатын кесте жолдары",
            "строки таблицы, к которым переменная применима",
        ),
        method: Label::new(
            "Counts of cells. A value is missing for a reason that the coder gave; \"does not apply\" is left out of the share. There is no interval: nothing is sampled.",
            "Ұяшықтар саны. Мәннің болмау себебін кодтаушы береді; «қолданылмайды» үлеске кірмейді. Интервал жоқ: іріктеме жасалмаған.",
            "Количество ячеек. Причину отсутствия значения указывает кодировщик; «не применимо» в долю не входит. Интервала нет: это не выборка.",
        ),
        notes: filters(selection)
            .into_iter()
            .chain(derived(selection))
            .collect(),
        reading: reading(selection),
        sources: Some(
            texts(selection.data.sources()?, "source")?
                .iter()
                .flatten()
                .map(str::to_owned)
                .collect(),
        ),
        columns: columns(),
        rows,
        ..Answer::of(Unit::Other, variables, 0)
    })
}

fn columns() -> Vec<Column> {
    let count = |reason: Reason| Column::new(reason.name(), reason.label(), Measure::Count);
    vec![
        Column::new(
            "table",
            Label::new("Table", "Кесте", "Таблица"),
            Measure::Text,
        ),
        Column::new(
            "variable",
            Label::new("Variable", "Айнымалы", "Переменная"),
            Measure::Text,
        ),
        Column::new(
            "label",
            Label::new("Label", "Атауы", "Название"),
            Measure::Text,
        ),
        Column::new(
            "rows",
            Label::new("Rows", "Жолдар", "Строки"),
            Measure::Count,
        ),
        Column::new(
            "known",
            Label::new("Known", "Белгілі", "Известно"),
            Measure::Count,
        ),
        count(Reason::Unknown),
        count(Reason::Na),
        count(Reason::Open),
        count(Reason::Blank),
        Column::new(
            "share",
            Label::new(
                "Known where it applies",
                "Қолданылатын жерде белгілісі",
                "Известно, где применимо",
            ),
            Measure::Share,
        ),
    ]
}

/// What the codebook leaves out of the files, table by table.
fn filters(selection: &Selection) -> Vec<Label> {
    let filtered = selection.data.tables.iter().filter_map(|table| {
        let keep = selection.data.codebook.table(&table.name)?.keep.as_ref()?;
        let text = Label::new(
            "Of the table {table} only the rows are read whose {column} is {values}; rows left out: {n}.",
            "{table} кестесінен тек {column} мәні {values} болатын жолдар оқылды; алынбаған жолдар: {n}.",
            "Из таблицы {table} прочитаны только строки, где {column} равно {values}; опущено строк: {n}.",
        );
        Some(text.fill(&[
            ("table", &Label::plain(&table.name)),
            ("column", &Label::plain(&keep.column)),
            ("values", &Label::plain(keep.values.join(" | "))),
            ("n", &Label::plain(table.filtered.to_string())),
        ]))
    });
    filtered.collect()
}

/// What the codebook derives from other variables, with the maps used.
fn derived(selection: &Selection) -> Vec<Label> {
    let plain = |text: &str| Label::plain(text);
    let derived = selection.data.codebook.derived.iter();
    derived
        .map(|derive| match derive.get_ref() {
            Derive::Recode { table, from, concept, map, .. } => {
                let pairs: Vec<String> = map.iter().map(|(read, made)| format!("{read} → {made}")).collect();
                Label::new(
                    "Derived: in the table {table}, {concept} follows from {from}: {map}.",
                    "Туынды: {table} кестесінде {concept} мәні {from} айнымалысынан шығады: {map}.",
                    "Производное: в таблице {table} {concept} следует из {from}: {map}.",
                )
                .fill(&[
                    ("table", &plain(table)),
                    ("concept", &plain(concept.name())),
                    ("from", &plain(from)),
                    ("map", &plain(&pairs.join(", "))),
                ])
            }
            Derive::Hosted { table, .. } => {
                let home = selection.study().home.as_ref();
                let home = match home.map(toml::Spanned::get_ref) {
                    Some(Home::One(country)) => plain(country),
                    Some(Home::Each(countries)) => {
                        let each = countries.iter();
                        let each = each.map(|(who, home)| format!("{home} ({who})"));
                        plain(&each.collect::<Vec<_>>().join(", "))
                    }
                    None => plain("-"),
                };
                Label::new(
                    "Derived: an event of the table {table} is hosted at home if one of its countries is {home}.",
                    "Туынды: {table} кестесіндегі оқиға елдерінің бірі {home} болса, елде өткен болып саналады.",
                    "Производное: событие таблицы {table} проведено дома, если одна из его стран — {home}.",
                )
                .fill(&[
                    ("table", &plain(table)),
                    ("home", &home),
                ])
            }
            Derive::Group { table, from, .. } => Label::new(
                "Derived: the table {table} has a case for every case that the table {from} names.",
                "Туынды: {table} кестесінде {from} кестесі атаған әр жағдай мен медиаторға бір жағдай бар.",
                "Производное: в таблице {table} по случаю на каждую пару случая и посредника из таблицы {from}.",
            )
            .fill(&[("table", &plain(table)), ("from", &plain(from))]),
        })
        .collect()
}

/// The case variable that is least known, in words.
fn reading(selection: &Selection) -> Vec<Label> {
    let Some(table) = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Case)
    else {
        return Vec::new();
    };
    let unknown = table.fields.iter().map(|field| {
        let reasons = table.reasons(&field.key);
        let silent = reasons
            .iter()
            .filter(|reason| **reason == Some(Reason::Unknown))
            .count();
        (silent, &field.label)
    });
    let unknown: Vec<(usize, &Label)> = unknown.collect();
    let most = unknown.iter().map(|(silent, _)| *silent).max();
    let Some(most) = most.filter(|most| *most > 0) else {
        return Vec::new();
    };
    let first = unknown.iter().filter(|(silent, _)| *silent == most);
    let first: Vec<Label> = first
        .map(|(_, label)| {
            Label::new("“{label}”", "«{label}»", "«{label}»").fill(&[("label", label)])
        })
        .collect();
    let n = table.frame.height();
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let share = percent(most as f64 / n as f64);
    let text = Label::new(
        "Of what is coded of cases, {labels} is unknown most often ({most} of {n} cases, {share}).",
        "Жағдай айнымалыларының ішінде ең жиі белгісізі – {labels} ({n} жағдайдың {most} жағдайы, {share}).",
        "Из переменных случая чаще всего неизвестна {labels} ({most} из {n} случаев, {share}).",
    );
    vec![text.fill(&[
        ("labels", &names::tied(&first)),
        ("most", &names::each(most, first.len())),
        ("n", &Label::plain(n.to_string())),
        ("share", &share),
    ])]
}

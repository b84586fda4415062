//! How far each headline moves when the record is asked otherwise, and what moves it most.

use std::collections::BTreeMap;

use crate::analyse::selection::Selection;
use crate::analyse::sensitivity::{Family, Group, NEAR, Quantity, Run, runs};
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "sensitivity",
    title: Label::new(
        "How far the headlines depend on one case, code or definition",
        "Басты сандар бір жағдайға, кодқа немесе анықтамаға қаншалықты тәуелді",
        "Насколько выводы зависят от одного случая, кода или определения",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let (base, runs) = runs(selection, &|_, _| ())?;
    let roles = selection.codes(Concept::Role);
    let mut rows = Vec::new();
    let mut readings = Vec::new();
    for quantity in base {
        for family in Family::ALL {
            let of_family = |run: &&Run| run.variation.group.family() == family;
            let range = Range::of(quantity, runs.iter().filter(of_family));
            let words = |value: Option<f64>| match value {
                Some(value) => Cell::Worded(value, quantity.kind.words(value, &roles)),
                None => Cell::Missing(Reason::Unknown),
            };
            if range.runs == 0 {
                continue;
            }
            if quantity.name == "success" && family == Family::Record {
                readings.extend(reading(quantity, &range, &roles));
            }
            rows.push(vec![
                Cell::Code(quantity.name.clone(), quantity.label.clone()),
                words(quantity.value),
                Cell::Code(family.code().to_owned(), family.label()),
                words(range.low),
                words(range.high),
                Cell::Count(range.runs),
                Cell::Count(range.same),
                Cell::Count(range.without),
                range.most.map_or(Cell::Missing(Reason::Na), Cell::Text),
            ]);
        }
    }
    Ok(Answer {
        denominator: Label::new(
            "n: the ways of asking that were tried",
            "n: байқалған сұрау тәсілдері",
            "n: испробованные способы спросить",
        ),
        method: Label::new(
            "Every headline number computed again: {how}. One decision is changed at a time; the range is not an interval, and says nothing of decisions that were not tried. \"Moves most\": the change farthest from the base, all that tie.",
            "Әр басты сан қайта есептелді: {how}. Әр жолы бір ғана шешім өзгертіледі; ауқым — интервал емес, байқалмаған шешімдер туралы ештеңе айтпайды. «Ең көп жылжытатыны»: негізден ең алыс өзгеріс, тең болса бәрі.",
            "Каждое число заново вычислено: {how}. Каждый раз меняется одно решение; размах не интервал и ничего не говорит о непроверенных решениях. «Сдвигает сильнее всего»: изменение, дальше всего уводящее от исходного, при равенстве все.",
        )
        .fill(&[("how", &how(runs))]),
        notes: vec![Label::new(
            "Coders may have cut the material into other cases than the record, so their numbers are beside it and not a range around it.",
            "Кодтаушылар материалды деректегіден басқаша жағдайларға бөлген болуы мүмкін, сондықтан олардың сандары — оның ауқымы емес, қатарындағы сандар.",
            "Кодировщики могли разделить материал на другие случаи, чем запись, поэтому их числа стоят рядом с ней, а не вокруг неё.",
        )],
        reading: readings,
        columns: columns(),
        rows,
        ..Answer::of(Unit::Run, runs.len(), 0)
    })
}

/// Where the values of one quantity lie.
struct Range {
    low: Option<f64>,
    high: Option<f64>,
    /// Runs in which it has a value, in which that is the one of the base, and in which it has none.
    runs: u64,
    same: u64,
    without: u64,
    most: Option<Label>,
}

impl Range {
    fn of<'a>(base: &Quantity, runs: impl Iterator<Item = &'a Run>) -> Self {
        let mut range = Self {
            low: None,
            high: None,
            runs: 0,
            same: 0,
            without: 0,
            most: None,
        };
        let mut farthest = 0.0;
        let mut names: Vec<&Label> = Vec::new();
        for run in runs {
            let Some(value) = run.value(&base.name) else {
                range.without += 1;
                continue;
            };
            range.runs += 1;
            range.low = Some(range.low.map_or(value, |low| low.min(value)));
            range.high = Some(range.high.map_or(value, |high| high.max(value)));
            let Some(start) = base.value else { continue };
            let moved = (value - start).abs();
            if moved < NEAR {
                range.same += 1;
            } else if moved > farthest + NEAR {
                farthest = moved;
                names = vec![&run.variation.label];
            } else if moved > farthest - NEAR {
                names.push(&run.variation.label);
            }
        }
        range.most = (!names.is_empty()).then(|| Label::join(names, "; "));
        range
    }
}

/// What was changed, with how many ways of each.
fn how(runs: &[Run]) -> Label {
    let mut counted: BTreeMap<Group, usize> = BTreeMap::new();
    for run in runs {
        *counted.entry(run.variation.group).or_default() += 1;
    }
    let parts: Vec<Label> = counted
        .iter()
        .map(|(group, n)| {
            Label::plain("{group} ({n})").fill(&[
                ("group", &group.label()),
                ("n", &Label::plain(n.to_string())),
            ])
        })
        .collect();
    Label::join(&parts, ", ")
}

/// How far the share of successes moves with the record itself.
fn reading(quantity: &Quantity, range: &Range, roles: &[(String, Label)]) -> Option<Label> {
    let words = |value: Option<f64>| Some(quantity.kind.words(value?, roles));
    let text = Label::new(
        "“{name}” is {base} as asked; with other cases or codes it lies between {low} and {high}, which is no confidence interval. What moves it most: {most}.",
        "«{name}»: сұралғандай — {base}; басқа жағдайлармен немесе кодтармен {low} мен {high} аралығында, бұл сенім аралығы емес. Ең көп жылжытатыны: {most}.",
        "«{name}»: как спрошено — {base}; при других случаях или кодах между {low} и {high}, и это не доверительный интервал. Сильнее всего сдвигает: {most}.",
    );
    Some(text.fill(&[
        ("name", &quantity.label),
        ("low", &words(range.low)?),
        ("high", &words(range.high)?),
        ("base", &words(quantity.value)?),
        ("most", range.most.as_ref()?),
    ]))
}

fn columns() -> Vec<Column> {
    let text = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    let count = |name: &str, label: Label| Column::new(name, label, Measure::Count);
    vec![
        text("quantity", Label::new("Number", "Сан", "Число")),
        text(
            "base",
            Label::new("As asked", "Сұралғандай", "Как спрошено"),
        ),
        Column::coded(
            "changed",
            Label::new("Changed", "Өзгертілгені", "Изменено"),
            Measure::Nominal,
            Family::ALL
                .map(|family| (family.code().to_owned(), family.label()))
                .to_vec(),
        ),
        text("low", Label::new("Lowest", "Ең төмені", "Наименьшее")),
        text("high", Label::new("Highest", "Ең жоғарысы", "Наибольшее")),
        count("runs", Label::new("Runs", "Есептеулер", "Прогоны")),
        count("same", Label::new("Unmoved", "Жылжымаған", "Без сдвига")),
        count("without", Label::new("No value", "Мәнсіз", "Без значения")),
        text(
            "most",
            Label::new(
                "What moves it most",
                "Ең көп жылжытатыны",
                "Что сдвигает сильнее всего",
            ),
        ),
    ]
}

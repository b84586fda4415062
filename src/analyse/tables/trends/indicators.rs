//! Indicators: what one number of the profile is in the first and the last period, and the test of
//! whether it changed.

use crate::analyse::selection::Selection;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::table::SURPRISING;
use crate::analyse::{Cell, Column};
use crate::model::label::Label;
use crate::model::measure::Measure;
use crate::model::missing::Reason;

/// An indicator: what it is in the first and the last period, and how likely a trend so clear is by
/// chance.
pub(super) struct Indicator {
    pub(super) code: String,
    pub(super) name: Label,
    pub(super) measure: &'static str,
    /// The top of its scale; `None` if it has none.
    pub(super) most: Option<f64>,
    pub(super) first: End,
    pub(super) last: End,
    /// The test, as a code and in words.
    pub(super) test: (&'static str, Label),
    pub(super) p: std::result::Result<f64, NotComputable>,
    pub(super) n: u64,
}

/// What an indicator is at one end, between which limits, of how many mediations.
pub(super) struct End {
    pub(super) cell: Cell,
    pub(super) limits: Option<(f64, f64)>,
    pub(super) n: u64,
}

/// What an indicator may be.
fn measures() -> Vec<(String, Label)> {
    vec![
        ("rate".to_owned(), Label::new("rate", "жиілік", "частота")),
        ("rank".to_owned(), Label::new("rank", "саты", "ступень")),
        ("share".to_owned(), Label::new("share", "үлес", "доля")),
    ]
}

/// The columns of a table of indicators.
pub(super) fn columns(selection: &Selection) -> Vec<Column> {
    let text = |name: &str, label| Column::new(name, label, Measure::Text);
    let number = |name: String, label: Label| Column::new(name, label, Measure::Number);
    let mut columns = vec![
        text(
            "indicator",
            Label::new("Indicator", "Көрсеткіш", "Показатель"),
        ),
        Column::coded(
            "measure",
            Label::new("Measure", "Өлшем", "Мера"),
            Measure::Nominal,
            measures(),
        ),
    ];
    let (first, last) = (
        Label::new("First period", "Бірінші кезең", "Первый период"),
        Label::new("Last period", "Соңғы кезең", "Последний период"),
    );
    let named = Label::plain("{which}: {period}");
    let periods = [selection.periods.first(), selection.periods.last()];
    let ends = ["first", "last"].into_iter().zip([first, last]);
    for ((name, label), period) in ends.clone().zip(periods) {
        let label = period.map_or_else(
            || label.clone(),
            |period| named.fill(&[("which", &label), ("period", &period.label)]),
        );
        columns.push(text(name, label));
    }
    columns.extend([
        text("test", Label::new("Test", "Сынақ", "Критерий")),
        Column::new("n", Label::plain("n"), Measure::Count),
        Column::new("p", Label::plain("p"), Measure::Number),
        text("in_words", Label::new("In words", "Сөзбен", "Словами")),
    ]);
    let parts = [
        ("low", Label::new("from", "бастап", "от")),
        ("high", Label::new("to", "дейін", "до")),
    ];
    for (name, which) in ends {
        for (part, label) in &parts {
            let label = Label::plain("{which}, {part}").fill(&[("which", &which), ("part", label)]);
            columns.push(number(format!("{name}_{part}"), label));
        }
        let label = Label::plain("{which}, n").fill(&[("which", &which)]);
        columns.push(Column::new(format!("{name}_n"), label, Measure::Count));
    }
    let most = Label::new("Top of the scale", "Шкала шыңы", "Верх шкалы");
    columns.push(number("most".to_owned(), most));
    columns
}

/// The cells of an indicator.
pub(super) fn row(indicator: &Indicator) -> Vec<Cell> {
    let (code, in_words) = match &indicator.p {
        Ok(p) if *p < SURPRISING => (
            "rare_by_chance",
            Label::new(
                "a difference this clear would be rare by chance",
                "мұндай айқын айырма кездейсоқ сирек болар еді",
                "столь явное различие случайно было бы редким",
            ),
        ),
        Ok(_) => (
            "not_settled",
            Label::new(
                "the record does not settle whether it changed",
                "өзгергенін дерек шешпейді",
                "запись не решает, изменилось ли это",
            ),
        ),
        Err(reason) => (reason.code(), reason.label()),
    };
    let measure = measures().into_iter();
    let measure = measure.filter(|(code, _)| code == indicator.measure);
    let measure = measure.map(|(code, label)| Cell::Code(code, label)).next();
    let mut row = vec![
        Cell::Code(indicator.code.clone(), indicator.name.clone()),
        measure.unwrap_or(Cell::Missing(Reason::Na)),
        indicator.first.cell.clone(),
        indicator.last.cell.clone(),
        Cell::Code(indicator.test.0.to_owned(), indicator.test.1.clone()),
        Cell::Count(indicator.n),
        match indicator.p {
            Ok(p) => Cell::Probability(p),
            Err(_) => Cell::Missing(Reason::Na),
        },
        Cell::Code(code.to_owned(), in_words),
    ];
    let number = |value: Option<f64>| value.map_or(Cell::Missing(Reason::Na), Cell::Number);
    for end in [&indicator.first, &indicator.last] {
        let (low, high) = end.limits.unzip();
        row.extend([low, high].map(number));
        row.push(Cell::Count(end.n));
    }
    row.push(number(indicator.most));
    row
}

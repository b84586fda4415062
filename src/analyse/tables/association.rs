//! What goes with the outcome: each property of cases crossed with it, with exact tests.

use polars::prelude::{LazyFrame, col, cols};

use crate::analyse::count::{self, Counts, size};
use crate::analyse::factors::{self, Factor};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::exact_test::Side;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::{adjust, association, fisher, freeman_halton};
use crate::analyse::table::SURPRISING;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "association",
    title: Label::new(
        "What goes with the outcome: role, and what the study names",
        "Нәтижемен не қатар жүреді: рөл және зерттеу атаған белгілер",
        "Что связано с исходом: роль и признаки, названные исследованием",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_threshold: false,
    compute,
};

/// Two properties of the cases that have both: a table of counts without empty rows and columns.
struct Crossing {
    variable: (String, Label),
    with: (String, Label),
    counts: Vec<Vec<u64>>,
    rows: Vec<Label>,
    columns: Vec<Label>,
    is_ordered: bool,
    n: u64,
    /// The cases of which either is unknown.
    unknown: u64,
    p: std::result::Result<f64, NotComputable>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let targets: Vec<Factor> = [factors::outcome(selection)?]
        .into_iter()
        .chain(factors::success(selection)?)
        .collect();
    let mut crossings = Vec::new();
    for factor in { factors::depth(selection)?.into_iter() }.chain(factors::declared(selection)?) {
        for target in &targets {
            crossings.push(Crossing::of(&factor, target, selection.base())?);
        }
    }
    let p: Vec<Option<f64>> = crossings.iter().map(|crossing| crossing.p.ok()).collect();
    let adjusted = adjust::holm(&p).unwrap_or_else(|_| vec![None; p.len()]);
    let rows = crossings
        .iter()
        .zip(&adjusted)
        .map(|(crossing, adjusted)| row(selection, crossing, *adjusted))
        .collect();
    let unknown = count::rows(selection.base(), col("outcome_rank").is_null())?;
    let known = count::rows(selection.base(), col("outcome_rank").is_not_null())?;
    let (known, unknown) = (size(known), size(unknown));
    Ok(Answer {
        denominator: Label::new(
            "n of each row: the mediations of which both are known",
            "әр жолдың n саны: екеуі де белгілі медиациялар",
            "n каждой строки: посредничества, у которых известно и то и другое",
        ),
        method: Label::new(
            "p: exact test of Freeman and Halton (1951), which for two by two is Fisher's; Holm: the same for all tests of this table together (Holm 1979). Strength: Cramér's V (1946), from 0 to 1; for two ordered properties gamma (Goodman and Kruskal 1954), from -1 to 1, with its asymptotic {level} interval, which few cases make too narrow and which is left out where all pairs agree. Two by two: conditional odds ratio with its central {level} interval (Cornfield 1956); a limit that is infinite is left out. Categories without cases do not count.",
            "p: Фриман мен Халтонның дәл сынағы (1951), екіге екі кестеде ол — Фишер сынағы; Холм: осы кестенің барлық сынағына ортақ түзету (Holm 1979). Күші: Крамер V (1946), 0-ден 1-ге дейін; реттелген екі белгіге гамма (Goodman, Kruskal 1954), -1-ден 1-ге дейін, асимптотикалық {level} интервалымен: аз жағдайда ол тым тар, барлық жұп келіссе берілмейді. Екіге екі: шартты мүмкіндіктер қатынасы, орталық {level} интервалымен (Cornfield 1956); шексіз шек берілмейді. Жағдайы жоқ санаттар есептелмейді.",
            "p: точный критерий Фримана и Холтона (1951), для таблицы два на два это критерий Фишера; Холм: то же для всех критериев таблицы вместе (Holm 1979). Сила: V Крамера (1946), от 0 до 1; для двух упорядоченных признаков гамма (Goodman, Kruskal 1954), от -1 до 1, с асимптотическим {level} интервалом, при малом числе случаев слишком узким и не приводимым, если согласны все пары. Два на два: условное отношение шансов с центральным {level} интервалом (Cornfield 1956); бесконечная граница не приводится. Категории без случаев не учитываются.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: notes(),
        reading: reading(&crossings, &adjusted, known),
        columns: columns(),
        rows,
        ..Answer::of(Unit::Case, known, unknown)
    })
}

fn notes() -> Vec<Label> {
    vec![
        Label::new(
            "Each p takes the cases as if they were independent. Cases of one conflict, or of one year, resemble each other, so that p is likely too small.",
            "Әр p жағдайларды бір-біріне тәуелсіз деп алады. Бір қақтығыстың не бір жылдың жағдайлары ұқсас, сондықтан p шамадан кіші болуы ықтимал.",
            "Каждое p считает случаи независимыми. Случаи одного конфликта или одного года похожи, поэтому p, вероятно, занижено.",
        ),
        Label::new(
            "Only what became a mediation is in the record, and who mediates how is chosen with the prospects in view: what goes together here need not do so among all disputes, and is no effect.",
            "Деректе тек медиацияға айналғандар бар, ал кім қалай делдал болатыны үмітке қарай таңдалады: мұнда қатар жүргені барлық дауда солай болмауы мүмкін әрі әсер емес.",
            "В записи только то, что стало посредничеством, а кто и как посредничает, выбирают с оглядкой на перспективы: найденная связь может не держаться для всех споров и не есть эффект.",
        ),
    ]
}

fn columns() -> Vec<Column> {
    let text = |name: &str, label| Column::new(name, label, Measure::Text);
    let number = |name: &str, label| Column::new(name, label, Measure::Number);
    vec![
        text("variable", Label::new("Property", "Белгі", "Признак")),
        text("with", Label::new("With", "Немен", "С чем")),
        text(
            "categories",
            Label::new("Categories", "Санаттар", "Категории"),
        ),
        Column::new("n", Label::plain("n"), Measure::Count),
        Column::new(
            "unknown",
            Label::new("Either unknown", "Бірі белгісіз", "Одно из двух неизвестно"),
            Measure::Count,
        ),
        number("p", Label::plain("p")),
        number("p_holm", Label::new("p (Holm)", "p (Холм)", "p (Холм)")),
        number(
            "cramers_v",
            Label::new("Cramér's V", "Крамер V", "V Крамера"),
        ),
        number("gamma", Label::new("Gamma", "Гамма", "Гамма")),
        number(
            "gamma_low",
            Label::new("Gamma, from", "Гамма, бастап", "Гамма, от"),
        ),
        number(
            "gamma_high",
            Label::new("Gamma, to", "Гамма, дейін", "Гамма, до"),
        ),
        number(
            "odds_ratio",
            Label::new("Odds ratio", "Мүмкіндіктер қатынасы", "Отношение шансов"),
        ),
        number(
            "odds_low",
            Label::new("Odds, from", "Қатынас, бастап", "Шансы, от"),
        ),
        number(
            "odds_high",
            Label::new("Odds, to", "Қатынас, дейін", "Шансы, до"),
        ),
        text(
            "odds_of",
            Label::new("Odds of", "Ненің мүмкіндігі", "Шансы чего"),
        ),
        text("in_words", Label::new("In words", "Сөзбен", "Словами")),
    ]
}

impl Crossing {
    fn of(factor: &Factor, target: &Factor, base: LazyFrame) -> Result<Self> {
        let groups = |factor: &Factor, cases, name| {
            let joined = factor.join(cases).with_column(col("group").alias(name));
            joined.drop(cols(["group", "why"]))
        };
        let cases = groups(target, groups(factor, base, "row"), "column");
        let crossed = Counts::of(cases, ["row", "column"], &[col("case").is_not_null()])?;
        let all = crossed.sum(0);
        let count = |(row, _): &(String, _)| -> Vec<u64> {
            let columns = target.codes.iter();
            columns
                .map(|(column, _)| crossed.at([Some(row), Some(column)])[0])
                .collect()
        };
        let counts: Vec<Vec<u64>> = factor.codes.iter().map(count).collect();
        let has_cases = |column: usize| counts.iter().any(|row| row[column] > 0);
        let columns: Vec<usize> = (0..target.codes.len())
            .filter(|at| has_cases(*at))
            .collect();
        let rows: Vec<usize> = (0..factor.codes.len())
            .filter(|at| counts[*at].iter().any(|count| *count > 0))
            .collect();
        let counts: Vec<Vec<u64>> = rows
            .iter()
            .map(|row| columns.iter().map(|column| counts[*row][*column]).collect())
            .collect();
        let labels = |factor: &Factor, kept: &[usize]| -> Vec<Label> {
            kept.iter().map(|at| factor.codes[*at].1.clone()).collect()
        };
        Ok(Self {
            variable: (factor.key.clone(), factor.label.clone()),
            with: (target.key.clone(), target.label.clone()),
            rows: labels(factor, &rows),
            columns: labels(target, &columns),
            is_ordered: factor.is_ordered && target.is_ordered,
            unknown: all - counts.iter().flatten().sum::<u64>(),
            n: counts.iter().flatten().sum(),
            p: freeman_halton::test(&counts),
            counts,
        })
    }

    /// The counts if they are two by two, with what the odds ratio compares.
    fn fourfold(&self) -> Option<([[u64; 2]; 2], Label)> {
        let ([top, bottom], [first, second], [_, reached]) = (
            self.counts.as_slice(),
            self.rows.as_slice(),
            self.columns.as_slice(),
        ) else {
            return None;
        };
        let compared = Label::new(
            "{reached}: {second} against {first}",
            "{reached}: {second}, {first} дегенге қарсы",
            "{reached}: {second} против {first}",
        )
        .fill(&[("reached", reached), ("second", second), ("first", first)]);
        Some(([[top[0], top[1]], [bottom[0], bottom[1]]], compared))
    }
}

fn row(selection: &Selection, crossing: &Crossing, adjusted: Option<f64>) -> Vec<Cell> {
    let none = || Cell::Missing(Reason::Na);
    let coded = |(key, label): &(String, Label)| Cell::Code(key.clone(), label.clone());
    let finite = |value: f64| {
        if value.is_finite() {
            Cell::Number(value)
        } else {
            none()
        }
    };
    let mut row = vec![
        coded(&crossing.variable),
        coded(&crossing.with),
        Cell::Text(Label::plain(format!(
            "{} × {}",
            crossing.rows.len(),
            crossing.columns.len()
        ))),
        Cell::Count(crossing.n),
        Cell::Count(crossing.unknown),
        crossing.p.map_or_else(|_| none(), Cell::Probability),
        adjusted.map_or_else(none, Cell::Probability),
        association::cramers_v(&crossing.counts).map_or_else(|_| none(), Cell::Number),
    ];
    let gamma = crossing
        .is_ordered
        .then(|| association::gamma(&crossing.counts, selection.level).ok())
        .flatten();
    row.extend(match gamma {
        Some(gamma) if gamma.standard_error > 0.0 => [
            gamma.estimate.value,
            gamma.estimate.low,
            gamma.estimate.high,
        ]
        .map(Cell::Number),
        Some(gamma) => [Cell::Number(gamma.estimate.value), none(), none()],
        None => [none(), none(), none()],
    });
    let odds = crossing.fourfold().and_then(|(counts, compared)| {
        let ratio = fisher::odds_ratio(counts, selection.level, Side::Both).ok()?;
        Some((ratio, compared))
    });
    match odds {
        Some((ratio, compared)) => {
            row.extend([ratio.value, ratio.low, ratio.high].map(finite));
            row.push(Cell::Text(compared));
        }
        None => row.extend([none(), none(), none(), none()]),
    }
    let (code, words) = in_words(crossing.p, adjusted);
    row.push(Cell::Code(code.to_owned(), words));
    row
}

/// What the test says, as a code and in words.
fn in_words(
    p: std::result::Result<f64, NotComputable>,
    adjusted: Option<f64>,
) -> (&'static str, Label) {
    match (p, adjusted) {
        (Err(reason), _) => (reason.code(), reason.label()),
        (Ok(_), Some(adjusted)) if adjusted < SURPRISING => (
            "rare_by_chance",
            Label::new(
                "an association this clear would be rare by chance",
                "мұндай айқын байланыс кездейсоқ сирек болар еді",
                "столь явная связь случайно была бы редкой",
            ),
        ),
        (Ok(p), _) if p < SURPRISING => (
            "rare_alone",
            Label::new(
                "alone it would be rare by chance, among so many tests it is not",
                "жеке алғанда сирек болар еді, мұнша сынақтың ішінде — жоқ",
                "сама по себе была бы редкой, среди стольких критериев — нет",
            ),
        ),
        _ => (
            "not_settled",
            Label::new(
                "the record does not settle whether they go together",
                "қатар жүре ме, дерек шешпейді",
                "запись не решает, связаны ли они",
            ),
        ),
    }
}

fn reading(crossings: &[Crossing], adjusted: &[Option<f64>], known: usize) -> Vec<Label> {
    let tests = adjusted.iter().flatten().count();
    if tests == 0 {
        return Vec::new();
    }
    let clear: Vec<Label> = crossings
        .iter()
        .zip(adjusted)
        .filter(|(_, p)| p.is_some_and(|p| p < SURPRISING))
        .map(|(crossing, _)| {
            Label::plain("{variable} – {with}").fill(&[
                ("variable", &crossing.variable.1),
                ("with", &crossing.with.1),
            ])
        })
        .collect();
    let smallest = adjusted.iter().flatten().copied().fold(1.0, f64::min);
    let text = if clear.is_empty() {
        Label::new(
            "Cases of known outcome: {n}, tests: {tests}. The smallest p after Holm is {p}: the record does not settle whether any of these properties goes with the outcome.",
            "Нәтижесі белгілі жағдай: {n}, сынақ: {tests}. Холм бойынша ең кіші p = {p}: осы белгілердің бірі нәтижемен қатар жүре ме, дерек шешпейді.",
            "Случаев с известным исходом: {n}, критериев: {tests}. Наименьшее p по Холму {p}: запись не решает, связан ли с исходом хоть один из признаков.",
        )
    } else {
        Label::new(
            "Cases of known outcome: {n}, tests: {tests}. These associations would be rare by chance after Holm: {clear}; the smallest p is {p}.",
            "Нәтижесі белгілі жағдай: {n}, сынақ: {tests}. Холм бойынша кездейсоқ сирек болар байланыстар: {clear}; ең кіші p = {p}.",
            "Случаев с известным исходом: {n}, критериев: {tests}. По Холму случайно редкими были бы связи: {clear}; наименьшее p {p}.",
        )
    };
    vec![text.fill(&[
        ("n", &Label::plain(known.to_string())),
        ("tests", &Label::plain(tests.to_string())),
        ("p", &decimal(smallest, 3)),
        ("clear", &Label::join(&clear, "; ")),
    ])]
}

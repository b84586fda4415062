//! The numbers that claims are tested against, with their thresholds, in both views.

use crate::analyse::claims::{self, Kind, Side, Tested};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, by_case};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::date::Day;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "claim_tests",
    title: Label::new(
        "The numbers that claims are tested against",
        "Тұжырымдар салыстырылатын сандар",
        "Числа, с которыми сопоставлены утверждения",
    ),
    needs: &[Concept::Case],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let claims = claims::of(SPEC.name, selection)?;
    let then = claims::then(claims, selection)?;
    let views = [("then", then.as_ref()), ("now", Some(selection))];
    let mut rows = Vec::new();
    let (mut tests, mut answered) = (0, 0);
    let judged = views
        .into_iter()
        .filter_map(|(name, view)| Some((name, view?)));
    let judged: Vec<_> = judged
        .map(|(name, view)| Ok((name, view.view.clone(), claims::judge(claims, view)?)))
        .collect::<Result<_>>()?;
    for at in 0..claims.claims.len() {
        for test in 0..claims.claims[at].get_ref().tests.len() {
            for (name, view, judged) in &judged {
                let held = &judged[at].tests[test];
                let mut row = vec![
                    Cell::Text(Label::plain(&judged[at].claim.id)),
                    Cell::Text(held.test.what.clone()),
                    Cell::Code((*name).to_owned(), view.clone()),
                ];
                row.extend(numbers(held));
                rows.push(row);
                tests += 1;
                answered += usize::from(held.answer.is_ok());
            }
        }
    }
    let views: Vec<(String, Label)> = judged
        .iter()
        .map(|(name, view, _)| ((*name).to_owned(), view.clone()))
        .collect();
    let sides: Vec<Option<Side>> = judged
        .iter()
        .flat_map(|(_, _, judged)| judged.iter().flat_map(|one| &one.tests))
        .map(Tested::side)
        .collect();
    let count = |side| {
        let n = sides.iter().filter(|known| **known == Some(side)).count();
        Label::plain(n.to_string())
    };
    Ok(Answer {
        denominator: Label::new(
            "n of each row: the units that the number is formed from",
            "әр жолдың n саны: сан құралған бірліктер",
            "n каждой строки: единицы, из которых получено число",
        ),
        method: Label::new(
            "Thresholds are those of claims.toml, written before the numbers. Shares: Wilson (1927); differences of shares: Newcombe (1998), method 10; ratios of yearly rates: exact, conditional (Przyborowski and Wilenski 1940); rank correlation: Kendall's tau-b (1945) with the interval of Fieller, Hartley and Pearson (1957); all at {level}, for cases. {events} In brackets stands the interval; for what is only counted, what the count would be with all that is not known. Unknown: units of which it is not known whether or how they count. Firm: the number stays on its side throughout its interval and whatever is not known. A year that parts two spans was chosen after the fact: the last column has the number at its neighbours, and for cases begun the likeliest year by the exact change-point test (Worsley 1986).",
            "Шектер claims.toml файлынан, сандардан бұрын жазылған. Үлестер: Wilson (1927); үлестер айырмасы: Newcombe (1998), 10-әдіс; жылдық жиіліктер қатынасы: дәл, шартты (Przyborowski, Wilenski 1940); рангілік корреляция: Кендалл тау-b (1945), Fieller, Hartley, Pearson (1957) интервалымен; бәрі {level} деңгейінде, жағдайлар үшін. {events} Жақшада — интервал; тек саналғанда — белгісіздің бәрі қосылғандағы сан. Белгісіз: есептелетіні не қалай есептелетіні белгісіз бірліктер. Нық: сан бүкіл интервалында және белгісіз қандай болса да өз жағында қалады. Екі аралықты бөлетін жыл кейін таңдалған: соңғы бағанда көрші жылдардағы сан, ал басталған жағдайлар үшін дәл бетбұрыс сынағы бойынша ең ықтимал жыл (Worsley 1986).",
            "Пороги взяты из claims.toml и записаны до чисел. Доли: Wilson (1927); разности долей: Newcombe (1998), метод 10; отношения годовых частот: точно, условно (Przyborowski, Wilenski 1940); ранговая корреляция: тау-b Кендалла (1945) с интервалом Fieller, Hartley, Pearson (1957); все на уровне {level}, для случаев. {events} В скобках интервал; у того, что лишь посчитано, — каким был бы счёт со всем неизвестным. Неизвестно: единицы, о которых неизвестно, считаются ли они и как. Твёрдо: число остаётся на своей стороне во всём интервале и при любом неизвестном. Год, разделяющий два отрезка, выбран задним числом: в последнем столбце число при соседних годах, а для начатых случаев – вероятнейший год по точному критерию перелома (Worsley 1986).",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("events", &by_case::method()),
        ]),
        notes: Vec::new(),
        reading: vec![
            Label::new(
                "Numbers: {n}. On the supporting side {one}, on the contradicting side {other}, between {between}.",
                "Сандар: {n}. Растайтын жақта {one}, теріске шығаратын жақта {other}, арасында {between}.",
                "Чисел: {n}. На подтверждающей стороне {one}, на опровергающей {other}, между ними {between}.",
            )
            .fill(&[
                ("n", &Label::plain(answered.to_string())),
                ("one", &count(Side::For)),
                ("other", &count(Side::Against)),
                ("between", &count(Side::Between)),
            ]),
        ],
        columns: columns(views),
        rows,
        ..Answer::of(Unit::Claim, answered, tests - answered)
    })
}

/// The number of a test with its interval, n, thresholds and side.
fn numbers(held: &Tested) -> Vec<Cell> {
    let none = || Cell::Missing(Reason::Na);
    let kind = held
        .answer
        .as_ref()
        .map_or_else(|_| held.kind(), |measured| measured.kind);
    let thresholds = [&held.test.supported, &held.test.contradicted]
        .map(|bound| kind.threshold(bound))
        .map(|(number, words)| Cell::Code(number, words));
    let Ok(measured) = &held.answer else {
        let mut row = vec![none(), none(), none(), none(), none()];
        row.extend(thresholds);
        row.extend([none(), none()]);
        row.extend(
            held.answer
                .as_ref()
                .err()
                .map(|why| Cell::Text(why.label())),
        );
        row.push(none());
        return row;
    };
    let number = |value: f64| match kind {
        _ if !value.is_finite() => none(),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "days lie within the calendar"
        )]
        Kind::Day => Cell::Number(Day::from_epoch(value as i32).fraction()),
        _ => Cell::Number(value),
    };
    let limits = measured.limits().map(|(low, high)| [low, high]);
    let [low, high] = limits.map_or_else(|| [none(), none()], |limits| limits.map(number));
    let side = held.side().unwrap_or(Side::Between);
    let mut row = vec![
        number(measured.value),
        low,
        high,
        Cell::Count(measured.n),
        Cell::Count(measured.unknown),
    ];
    row.extend(thresholds);
    row.extend([
        Cell::Code(side.code().to_owned(), side.label()),
        Cell::Flag(held.is_firm()),
        Cell::Text(measured.words()),
        held.breaks.clone().map_or_else(none, Cell::Text),
    ]);
    row
}

fn columns(views: Vec<(String, Label)>) -> Vec<Column> {
    let text = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    let number = |name: &str, label: Label| Column::new(name, label, Measure::Number);
    let count = |name: &str, label: Label| Column::new(name, label, Measure::Count);
    let sides = [Side::For, Side::Between, Side::Against];
    vec![
        text("id", Label::new("Claim", "Тұжырым", "Утверждение")),
        text(
            "what",
            Label::new("What is measured", "Не өлшенеді", "Что измерено"),
        ),
        Column::coded(
            "view",
            Label::new("View", "Көрініс", "Вид"),
            Measure::Nominal,
            views,
        ),
        number("value", Label::new("Number", "Сан", "Число")),
        number("low", Label::new("From", "Бастап", "От")),
        number("high", Label::new("To", "Дейін", "До")),
        count("n", Label::plain("n")),
        count("unknown", Label::new("Unknown", "Белгісіз", "Неизвестно")),
        text(
            "supported",
            Label::new("Supports if", "Растайды, егер", "Подтверждает, если"),
        ),
        text(
            "contradicted",
            Label::new(
                "Contradicts if",
                "Теріске шығарады, егер",
                "Опровергает, если",
            ),
        ),
        Column::coded(
            "side",
            Label::new("Side", "Жағы", "Сторона"),
            Measure::Nominal,
            sides
                .map(|side| (side.code().to_owned(), side.label()))
                .to_vec(),
        ),
        Column::new("firm", Label::new("Firm", "Нық", "Твёрдо"), Measure::Flag),
        text("in_words", Label::new("In words", "Сөзбен", "Словами")),
        text(
            "other_breaks",
            Label::new(
                "With the break in another year",
                "Бетбұрыс басқа жылда болса",
                "С переломом в другом году",
            ),
        ),
    ]
}

//! The mediator's profile, one row a period: how much, how deep, with what result, and where.

use std::collections::BTreeMap;

use polars::prelude::{col, lit};

use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::{
    Answer, Cell, Column, TableSpec, by_case, caveats, count, home, names, thresholds,
};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{integers, texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "profile",
    title: Label::new(
        "How the mediator's profile changed: one row per period",
        "Медиатордың бейіні қалай өзгерді: әр кезеңге бір жол",
        "Как менялся профиль посредника: строка на период",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_cut: false,
    compute,
};

const METHOD: Label = Label::new(
    "A case belongs to the period of its start, an event to its own. Role depth: the deepest role provided by an act, as the median of the cases that have one; with an even number the two middle ones.{success} Hosted: meetings at home among meetings with a known place{meetings}. Shares of cases with {level} Wilson score intervals (Wilson 1927). {hosted}",
    "Жағдай басталған кезеңіне, оқиға өз кезеңіне жатады. Рөл тереңдігі: әрекетпен атқарылған ең терең рөл, рөлі бар жағдайлардың медианасы; саны жұп болса, ортадағы екеуі.{success} Елде өткені: орны белгілі кездесулер ішінде{meetings}. Жағдайлар үлесі {level} Уилсон интервалдарымен (Wilson 1927). {hosted}",
    "Случай относится к периоду своего начала, событие — к собственному. Глубина роли: самая глубокая роль, исполненная действием, — медиана случаев, где она есть; при чётном числе — две средние.{success} Проведено дома: среди встреч с известным местом{meetings}. Доли случаев с {level} интервалами Уилсона (Wilson 1927). {hosted}",
);

const SUCCESS: Label = Label::new(
    " Success: outcome at {cut} or above, among mediations with a known outcome{beside}.",
    " Табыс: нәтижесі белгілі медиациялар ішінде нәтижесі «{cut}» немесе одан жоғары{beside}.",
    " Успех: исход «{cut}» и выше среди посредничеств с известным исходом{beside}.",
);

const BESIDE: Label = Label::new(
    "; beside it the wider cut at {beside}",
    "; қатарында «{beside}» бастап алынған кеңірек шек",
    "; рядом — более широкий порог «{beside}»",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let has_offers = selection.data.has(Concept::Kind) && !selection.study().base.kind.is_empty();
    let base = || col("is_base");
    let cases = count::by(&selection.cases, base(), "period")?;
    let offers = count::by(&selection.cases, col("is_offer"), "period")?;
    let events = count::by(&selection.events, col("is_act"), "period")?;
    let hosted = home::by_period(selection, "is_meeting")?;
    let known = count::by(
        &selection.cases,
        base().and(col("outcome").is_not_null()),
        "period",
    )?;
    let thresholds = thresholds::of(selection);
    let successes = thresholds
        .iter()
        .map(|cut| successes(selection, cut.rank))
        .collect::<Result<Vec<_>>>()?;
    let depths = depths(selection)?;
    let roles = selection.codes(Concept::Role);
    let mix = mix(selection, &roles)?;

    let mut periods: Vec<(Option<&str>, Label, Option<f64>)> = selection
        .periods
        .iter()
        .map(|period| {
            let exposure = period.exposure(selection.window);
            (
                Some(period.code.as_str()),
                period.label.clone(),
                Some(exposure),
            )
        })
        .collect();
    if count::of(&cases, None) + count::of(&offers, None) + count::of(&events, None) > 0 {
        let unknown = Label::new("period unknown", "кезеңі белгісіз", "период неизвестен");
        periods.push((None, unknown, None));
    }
    let mut rows = Vec::new();
    for (period, label, years) in &periods {
        let of = |counts: &BTreeMap<Option<String>, u64>| count::of(counts, *period);
        let share = |part: &BTreeMap<_, u64>, whole: &BTreeMap<_, u64>| {
            Cell::Share(proportion::share(of(part), of(whole), selection.level))
        };
        let mut row = vec![
            period.map_or(Cell::Missing(Reason::Unknown), |code| {
                Cell::Code(code.to_owned(), label.clone())
            }),
            years.map_or(Cell::Missing(Reason::Na), Cell::Number),
            Cell::Count(of(&cases)),
        ];
        if has_offers {
            row.push(Cell::Count(of(&offers)));
        }
        row.push(Cell::Count(of(&events)));
        if !roles.is_empty() {
            let ranks = depths
                .get(&period.map(str::to_owned))
                .map_or(&[][..], Vec::as_slice);
            row.extend(
                middle(ranks).map(|rank| match rank.and_then(|rank| roles.get(rank)) {
                    Some((code, label)) => Cell::Code(code.clone(), label.clone()),
                    None => Cell::Missing(Reason::Unknown),
                }),
            );
            row.push(Cell::Count(ranks.len() as u64));
            row.extend(mix.iter().map(|counts| Cell::Count(of(counts))));
        }
        row.extend(successes.iter().map(|successes| share(successes, &known)));
        if selection.data.has(Concept::Hosted) {
            let inside = hosted.get(&period.map(str::to_owned));
            let inside = inside.cloned().unwrap_or_default();
            row.push(Cell::Share(inside.share(selection.level)));
            row.push(Cell::Count(inside.len() as u64));
        }
        rows.push(row);
    }
    let total: u64 = cases.values().sum();
    Ok(Answer {
        denominator: Label::new(
            "success: mediations with a known outcome; hosted: meetings with a known place",
            "табыс: нәтижесі белгілі медиациялар; елде өткені: орны белгілі кездесулер",
            "успех: посредничества с известным исходом; проведено дома: встречи с известным местом",
        ),
        method: method(selection),
        notes: vec![
            caveats::SELECTION,
            Label::new(
                "Meetings of one case are not independent of each other: where few cases had one, the share held at home has no interval, and the number of cases says how much it rests on.",
                "Бір жағдайдың кездесулері бір-біріне тәуелді: кездесуі бар жағдай аз болса, елде өткендер үлесінің аралығы жоқ, ал оның неге сүйенетінін жағдайлар саны айтады.",
                "Встречи одного случая зависят друг от друга: где случаев со встречами мало, у доли проведённых дома нет интервала, а на чём она держится, говорит число случаев.",
            ),
        ],
        reading: reading(&rows),
        columns: columns(selection, has_offers, &roles),
        rows,
        ..Answer::of(
            Unit::Case,
            usize::try_from(total - count::of(&cases, None)).unwrap_or(usize::MAX),
            usize::try_from(count::of(&cases, None)).unwrap_or(usize::MAX),
        )
    })
}

/// The period with most mediations begun per year of record, several if they tie.
fn reading(rows: &[Vec<Cell>]) -> Vec<Label> {
    let rates: Vec<(&Label, u64, f64, f64)> = rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            [
                Cell::Code(_, period),
                Cell::Number(years),
                Cell::Count(cases),
                ..,
            ] if *years > 0.0 => {
                #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
                let rate = *cases as f64 / years;
                Some((period, *cases, *years, rate))
            }
            _ => None,
        })
        .collect();
    let most = rates.iter().map(|rate| rate.3).max_by(f64::total_cmp);
    let Some(most) = most.filter(|most| *most > 0.0 && rates.len() > 1) else {
        return Vec::new();
    };
    let part = Label::new(
        "{period} ({cases} in {years} years, {rate} a year)",
        "{period} ({years} жылда {cases}, жылына {rate})",
        "{period} ({cases}; лет записи: {years}; {rate} в год)",
    );
    let parts: Vec<Label> = rates
        .iter()
        .filter(|rate| most - rate.3 < 1e-9)
        .map(|(period, cases, years, rate)| {
            part.fill(&[
                ("period", period),
                ("cases", &Label::plain(cases.to_string())),
                ("years", &decimal(*years, 1)),
                ("rate", &decimal(*rate, 2)),
            ])
        })
        .collect();
    let text = Label::new(
        "Highest rate of mediations begun per year of record: {parts}.",
        "Дерек жылына шаққанда басталған медиациялардың ең жоғары жиілігі: {parts}.",
        "Наибольшая частота начатых посредничеств на год записи: {parts}.",
    );
    vec![text.fill(&[("parts", &names::tied(&parts))])]
}

/// What an outcome is called.
fn name_of(selection: &Selection, code: &str) -> Label {
    let outcomes = selection.codes(Concept::Outcome);
    let known = outcomes.into_iter().find(|(known, _)| known == code);
    known.map_or_else(|| Label::plain(code), |(_, label)| label)
}

fn method(selection: &Selection) -> Label {
    let name = |code: &str| name_of(selection, code);
    let success = selection.study().success.as_ref();
    let success = success.map_or_else(Label::default, |success| {
        let beside = success
            .beside
            .as_ref()
            .map_or_else(Label::default, |beside| {
                BESIDE.fill(&[("beside", &name(beside.get_ref()))])
            });
        SUCCESS.fill(&[("cut", &name(success.cut.get_ref())), ("beside", &beside)])
    });
    let types = selection.codes(Concept::Type);
    let meetings: Vec<Label> = selection
        .study()
        .base
        .meeting
        .iter()
        .filter_map(|code| types.iter().find(|(known, _)| known == code.get_ref()))
        .map(|(_, label)| label.clone())
        .collect();
    let meetings = match meetings.len() {
        0 => Label::default(),
        _ => Label::plain(" ({types})").fill(&[("types", &Label::join(&meetings, ", "))]),
    };
    METHOD.fill(&[
        ("meetings", &meetings),
        ("hosted", &by_case::method()),
        ("success", &success),
        ("level", &percent(selection.level.get())),
    ])
}

fn columns(selection: &Selection, has_offers: bool, roles: &[(String, Label)]) -> Vec<Column> {
    let count = |name: &str, label: Label| Column::new(name, label, Measure::Count);
    let mut columns = vec![
        Column::coded(
            "period",
            Label::new("Period", "Кезең", "Период"),
            Measure::Ordinal,
            selection.period_codes(),
        ),
        Column::new(
            "years",
            Label::new("Years of record", "Дерек қамтыған жылдар", "Лет записи"),
            Measure::Number,
        ),
        count(
            "cases",
            Label::new(
                "Mediations begun",
                "Басталған медиациялар",
                "Начато посредничеств",
            ),
        ),
    ];
    if has_offers {
        columns.push(count(
            "offers",
            Label::new("Offers begun", "Басталған ұсыныстар", "Начато предложений"),
        ));
    }
    columns.push(count("events", Label::new("Events", "Оқиғалар", "События")));
    if !roles.is_empty() {
        let depth = |name, label| Column::coded(name, label, Measure::Ordinal, roles.to_vec());
        columns.push(depth(
            "depth_low",
            Label::new(
                "Median depth, lower",
                "Тереңдік медианасы, төменгі",
                "Медиана глубины, нижняя",
            ),
        ));
        columns.push(depth(
            "depth_high",
            Label::new(
                "Median depth, upper",
                "Тереңдік медианасы, жоғарғы",
                "Медиана глубины, верхняя",
            ),
        ));
        columns.push(count(
            "depth_n",
            Label::new("Cases with a role", "Рөлі бар жағдайлар", "Случаев с ролью"),
        ));
        for (code, label) in roles {
            columns.push(count(&format!("role_{code}"), label.clone()));
        }
    }
    let share = |name: &str, label: Label| Column::new(name, label, Measure::Share);
    columns.extend(
        thresholds::of(selection)
            .into_iter()
            .map(|cut| share(cut.column, cut.label)),
    );
    if selection.data.has(Concept::Hosted) {
        columns.push(share(
            "hosted",
            Label::new(
                "Meetings held at home",
                "Елде өткен кездесулер",
                "Встречи, проведённые дома",
            ),
        ));
        columns.push(count(
            "hosted_cases",
            Label::new(
                "Cases with such meetings",
                "Мұндай кездесулері бар жағдайлар",
                "Случаев с такими встречами",
            ),
        ));
    }
    columns
}

/// How many base cases of each period have an outcome of the rank `cut` or above.
fn successes(selection: &Selection, cut: usize) -> Result<BTreeMap<Option<String>, u64>> {
    let scale = selection.codes(Concept::Outcome);
    let mut counts = BTreeMap::new();
    for (code, _) in scale.iter().skip(cut) {
        let filter = col("is_base").and(col("outcome").eq(lit(code.as_str())));
        for (period, n) in count::by(&selection.cases, filter, "period")? {
            *counts.entry(period).or_insert(0) += n;
        }
    }
    Ok(counts)
}

/// The ranks of the deepest provided roles of each period's base cases, ascending.
fn depths(selection: &Selection) -> Result<BTreeMap<Option<String>, Vec<usize>>> {
    let is_base = truths(&selection.cases, "is_base")?;
    let periods = texts(&selection.cases, "period")?;
    let mut ranks: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for ((period, depth), is_base) in periods
        .iter()
        .zip(integers(&selection.cases, "depth")?)
        .zip(is_base.iter())
    {
        let rank = depth.and_then(|depth| usize::try_from(depth).ok());
        if let (Some(true), Some(rank)) = (is_base, rank) {
            ranks
                .entry(period.map(str::to_owned))
                .or_default()
                .push(rank);
        }
    }
    for ranks in ranks.values_mut() {
        ranks.sort_unstable();
    }
    Ok(ranks)
}

/// The lower and the upper median of ascending ranks. An ordered scale has no mean, and with an
/// even number no single middle.
fn middle(ranks: &[usize]) -> [Option<usize>; 2] {
    let upper = ranks.len() / 2;
    let lower = ranks.len().saturating_sub(1) / 2;
    [ranks.get(lower).copied(), ranks.get(upper).copied()]
}

/// For each role, how many cases of each period have it.
fn mix(
    selection: &Selection,
    roles: &[(String, Label)],
) -> Result<Vec<BTreeMap<Option<String>, u64>>> {
    roles
        .iter()
        .map(|(code, _)| {
            let filter = col("role").eq(lit(code.as_str()));
            count::by(&selection.roles, filter, "period")
        })
        .collect()
}

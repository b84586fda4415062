//! The mediator's profile, one row a period: how much, how deep, with what result, and where.

use std::collections::BTreeMap;

use polars::prelude::{Expr, IntoLazy as _, col, lit};

use crate::analyse::by_case::{self, ByCase};
use crate::analyse::count::{Counts, size};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::thresholds::{self, Threshold};
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats, home, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent, years as years_of};
use crate::model::missing::Reason;
use crate::model::study::Period;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "profile",
    title: Label::new(
        "How the mediator's profile changed: one row per period",
        "Медиатордың бейіні қалай өзгерді: әр кезеңге бір жол",
        "Как менялся профиль посредника: строка на период",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "A case belongs to the period of its start, an event to its own. Role depth: the deepest role provided by an act, as the median of the cases that have one; with an even number the two middle ones.{success} Hosted: meetings at home among meetings with a known place{meetings}. Shares of cases with {level} Wilson score intervals (Wilson 1927). {hosted}",
    "Жағдай басталған кезеңіне, оқиға өз кезеңіне жатады. Рөл тереңдігі: әрекетпен атқарылған ең терең рөл, рөлі бар жағдайлардың медианасы; саны жұп болса, ортадағы екеуі.{success} Елде өткені: орны белгілі кездесулер ішінде{meetings}. Жағдайлар үлесі {level} Уилсон интервалдарымен (Wilson 1927). {hosted}",
    "Случай относится к периоду своего начала, событие — к собственному. Глубина роли: самая глубокая роль, исполненная действием, — медиана случаев, где она есть; при чётном числе — две средние.{success} Проведено дома: среди встреч с известным местом{meetings}. Доли случаев с {level} интервалами Уилсона (Wilson 1927). {hosted}",
);

const SUCCESS: Label = Label::new(
    " Success: outcome at {threshold} or above, among mediations with a known outcome{beside}.",
    " Табыс: нәтижесі белгілі медиациялар ішінде нәтижесі «{threshold}» немесе одан жоғары{beside}.",
    " Успех: исход «{threshold}» и выше среди посредничеств с известным исходом{beside}.",
);

const BESIDE: Label = Label::new(
    "; beside it the second threshold, {beside}",
    "; қатарында «{beside}» бастап алынған кеңірек шек",
    "; рядом — более широкий порог «{beside}»",
);

/// What the rows hold, counted by period.
struct Profile {
    /// Mediations and offers.
    cases: Counts<1>,
    /// Acts.
    events: Counts<1>,
    /// Of the mediations those with a known outcome, and those that reach each threshold.
    outcomes: Counts<1>,
    /// Of the mediations those with each deepest role.
    depths: Counts<1>,
    roles: Counts<2>,
    hosted: BTreeMap<Option<String>, ByCase>,
}

impl Profile {
    fn of(selection: &Selection) -> Result<Self> {
        let is_there = || col("case").is_not_null();
        let cases = selection.cases.clone().lazy();
        let events = selection.acts();
        let roles = selection.roles.clone().lazy();
        let known = col("outcome_rank").is_not_null();
        let thresholds = thresholds::of(selection);
        let reached = thresholds.iter().map(Threshold::reached);
        let outcomes: Vec<Expr> = [known].into_iter().chain(reached).collect();
        let ranks = (0_i32..).zip(selection.depths());
        let depths: Vec<Expr> = ranks.map(|(rank, _)| col("depth").eq(lit(rank))).collect();
        Ok(Self {
            cases: Counts::of(cases, ["period"], &[col("is_base"), col("is_offer")])?,
            events: Counts::of(events, ["period"], &[col("is_act")])?,
            outcomes: Counts::of(selection.base(), ["period"], &outcomes)?,
            depths: Counts::of(selection.base(), ["period"], &depths)?,
            roles: Counts::of(roles, ["period", "role"], &[is_there()])?,
            hosted: home::by_period(selection, "is_meeting")?,
        })
    }

    /// Is there anything of which the period is not known?
    fn has_undated(&self) -> bool {
        let undated = [self.cases.at([None]), self.events.at([None])];
        undated.iter().flatten().any(|n| *n > 0)
    }

    /// The row of a period that the record covers for so many years; of what is in no period for `None`.
    fn row(&self, selection: &Selection, period: Option<&Period>) -> Vec<Cell> {
        let code = period.map(|period| period.code.as_str());
        let years = period.map(|period| period.exposure(selection.window));
        let cases = self.cases.at([code]);
        let mut row = vec![
            period.map_or(Cell::Missing(Reason::Unknown), |period| {
                Cell::Code(period.code.clone(), period.label.clone())
            }),
            years.map_or(Cell::Missing(Reason::Na), Cell::Number),
            Cell::Count(cases[0]),
        ];
        if selection.has_offers() {
            row.push(Cell::Count(cases[1]));
        }
        if selection.data.n_events() > 0 {
            row.push(Cell::Count(self.events.at([code])[0]));
        }
        let scale = selection.depths();
        if !scale.is_empty() {
            let depths = self.depths.at([code]);
            let named = |rank: Option<usize>| match rank.and_then(|rank| scale.get(rank)) {
                Some((code, label)) => Cell::Code(code.clone(), label.clone()),
                None => Cell::Missing(Reason::Unknown),
            };
            row.extend(middle(&depths).map(named));
            row.push(Cell::Count(depths.iter().sum()));
        }
        for (role, _) in selection.codes(Concept::Role) {
            row.push(Cell::Count(self.roles.at([code, Some(&role)])[0]));
        }
        if let [known, reached @ ..] = self.outcomes.at([code]).as_slice() {
            let share = |reached| proportion::share(reached, *known, selection.level);
            row.extend(reached.iter().map(|reached| Cell::Share(share(*reached))));
        }
        if selection.data.has(Concept::Hosted) {
            let hosted = self.hosted.get(&code.map(str::to_owned)).cloned();
            let hosted = hosted.unwrap_or_default();
            row.push(Cell::Share(hosted.share(selection.level)));
            row.push(Cell::Count(hosted.len() as u64));
        }
        row
    }
}

fn compute(selection: &Selection) -> Result<Answer> {
    let profile = Profile::of(selection)?;
    let mut rows: Vec<Vec<Cell>> = { selection.periods.iter() }
        .map(|period| profile.row(selection, Some(period)))
        .collect();
    if profile.has_undated() {
        rows.push(profile.row(selection, None));
    }
    let undated = profile.cases.at([None])[0];
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
        columns: columns(selection),
        rows,
        ..Answer::of(
            Unit::Case,
            size(profile.cases.sum(0) - undated),
            size(undated),
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
        "{period} ({cases} in {years} years)",
        "{period} ({years} жылда {cases} жағдай)",
        "{period} (случаев {cases}, лет {years})",
    );
    let parts: Vec<Label> = rates
        .iter()
        .filter(|rate| most - rate.3 < 1e-9)
        .map(|(period, cases, years, _)| {
            part.fill(&[
                ("period", period),
                ("cases", &Label::plain(cases.to_string())),
                ("years", &years_of(*years)),
            ])
        })
        .collect();
    let text = Label::new(
        "Mediations began most often in {parts}.",
        "Делдалдық ең жиі басталған кезең – {parts}.",
        "Чаще всего посредничество начиналось в периоде {parts}.",
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
            .second_threshold
            .as_ref()
            .map_or_else(Label::default, |beside| {
                BESIDE.fill(&[("beside", &name(beside.get_ref()))])
            });
        SUCCESS.fill(&[
            ("threshold", &name(success.threshold.get_ref())),
            ("beside", &beside),
        ])
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

/// The columns of the median role.
fn depths(scale: &[(String, Label)]) -> [Column; 3] {
    let depth = |name, label| Column::coded(name, label, Measure::Ordinal, scale.to_vec());
    [
        depth(
            "depth_low",
            Label::new(
                "Median depth, lower",
                "Тереңдік медианасы, төменгі",
                "Медиана глубины, нижняя",
            ),
        ),
        depth(
            "depth_high",
            Label::new(
                "Median depth, upper",
                "Тереңдік медианасы, жоғарғы",
                "Медиана глубины, верхняя",
            ),
        ),
        Column::new(
            "depth_n",
            Label::new("Cases with a role", "Рөлі бар жағдайлар", "Случаев с ролью"),
            Measure::Count,
        ),
    ]
}

fn columns(selection: &Selection) -> Vec<Column> {
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
    if selection.has_offers() {
        columns.push(count(
            "offers",
            Label::new("Offers begun", "Басталған ұсыныстар", "Начато предложений"),
        ));
    }
    if selection.data.n_events() > 0 {
        columns.push(count("events", Label::new("Events", "Оқиғалар", "События")));
    }
    let scale = selection.depths();
    if !scale.is_empty() {
        columns.extend(depths(&scale));
    }
    for (code, label) in selection.codes(Concept::Role) {
        columns.push(count(&format!("role_{code}"), label));
    }
    let share = |name: &str, label: Label| Column::new(name, label, Measure::Share);
    columns.extend(
        thresholds::of(selection)
            .into_iter()
            .map(|threshold| share(&threshold.column, threshold.label)),
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

/// The lower and the upper median of so many cases at each rank. An ordered scale has no mean, and with an
/// even number no single middle.
fn middle(counts: &[u64]) -> [Option<usize>; 2] {
    let n: u64 = counts.iter().sum();
    let rank = |place: u64| {
        let mut up_to = 0;
        counts.iter().position(|count| {
            up_to += count;
            up_to > place
        })
    };
    [rank(n.saturating_sub(1) / 2), rank(n / 2)]
}

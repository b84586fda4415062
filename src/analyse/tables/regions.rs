//! Where the disputes are: cases, events and results by region of the dispute, in all and by period.

use polars::prelude::{
    DataType, Expr, IntoLazy as _, JoinType, LazyFrame, UniqueKeepStrategy, col,
};

use crate::analyse::count::{Counts, join, size};
use crate::analyse::factors;
use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::thresholds::{self, Threshold};
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "regions",
    title: Label::new(
        "Where the disputes are: cases, events and results by region and period",
        "Даулар қай өңірде: өңір мен кезең бойынша жағдайлар, оқиғалар және нәтижелер",
        "Где споры: случаи, события и результаты по регионам и периодам",
    ),
    needs: &[Concept::Case, Concept::Start, Concept::Region],
    needs_threshold: false,
    compute,
};

/// What a row is about: all periods, or one of them, or what is in none.
#[derive(Clone, Copy)]
enum Span<'a> {
    All,
    Period(Option<&'a str>),
}

/// Cases and acts, counted by region, over all periods and by each.
struct Regions {
    /// The regions in their order.
    codes: Vec<(String, Label)>,
    /// All cases, mediations, offers, mediations with a known outcome, and those that reach each threshold.
    cases: (Counts<1>, Counts<2>),
    /// Acts.
    acts: (Counts<1>, Counts<2>),
}

/// By region, and by period and region.
fn counted(rows: LazyFrame, conditions: &[Expr]) -> Result<(Counts<1>, Counts<2>)> {
    Ok((
        Counts::of(rows.clone(), ["group"], conditions)?,
        Counts::of(rows, ["period", "group"], conditions)?,
    ))
}

impl Regions {
    fn of(selection: &Selection, thresholds: &[Threshold]) -> Result<Self> {
        let factor = factors::region(selection)?;
        let base = |condition: Expr| col("is_base").and(condition);
        let known = base(col("outcome_rank").is_not_null());
        let reached = thresholds.iter().map(|threshold| base(threshold.reached()));
        let conditions: Vec<Expr> = [col("case").is_not_null(), col("is_base"), col("is_offer")]
            .into_iter()
            .chain([known])
            .chain(reached)
            .collect();
        let acts = selection.acts();
        // An act is where it says itself, if acts say where they are, and else where its case is.
        let own = selection.data.located()?.clone().lazy();
        let own = own.filter(col("region").is_not_null());
        let own = own.select([
            col("event"),
            col("region").cast(DataType::String).alias("group"),
        ]);
        let own = own.unique(None, UniqueKeepStrategy::Any).collect();
        let own = own.map_err(Error::compute("the regions of events"))?;
        let acts = if own.height() == 0 {
            factor.join(acts)
        } else {
            join(acts, own.lazy(), "event", JoinType::Left)
        };
        Ok(Self {
            cases: counted(factor.join(selection.cases.clone().lazy()), &conditions)?,
            acts: counted(acts, &[col("is_act")])?,
            codes: factor.codes,
        })
    }

    /// The numbers of a region, `None` for those of none that is known.
    fn row(&self, selection: &Selection, region: Option<&str>, span: Span<'_>) -> Vec<Cell> {
        let at = |(all, each): &(Counts<1>, Counts<2>)| match span {
            Span::Period(period) => each.at([period, region]),
            Span::All => all.at([region]),
        };
        let (cases, acts) = (at(&self.cases), at(&self.acts));
        let (base, offers, known) = (cases[1], cases[2], cases[3]);
        let mut row = vec![Cell::Count(base)];
        if selection.has_offers() {
            row.push(Cell::Count(offers));
        }
        row.push(Cell::Count(acts[0]));
        let reached = cases.iter().skip(4);
        row.extend(reached.map(|n| Cell::Share(proportion::share(*n, known, selection.level))));
        if cases.len() > 4 {
            row.push(Cell::Count(base - known));
        }
        row
    }

    /// How many cases have no known region.
    fn elsewhere(&self) -> u64 {
        self.cases.0.at([None])[0]
    }

    /// Is there a case or an act of which the period is not known?
    fn has_undated(&self) -> bool {
        let groups = self.cases.1.iter().chain(self.acts.1.iter());
        groups.into_iter().any(|([period, _], _)| period.is_none())
    }
}

fn compute(selection: &Selection) -> Result<Answer> {
    let thresholds = thresholds::of(selection);
    let counts = Regions::of(selection, &thresholds)?;
    let coded = |(code, label): &(String, Label)| Cell::Code(code.clone(), label.clone());
    let unknown = Cell::Missing(Reason::Unknown);
    let mut regions: Vec<(Option<&str>, Cell)> = { counts.codes.iter() }
        .map(|region| (Some(region.0.as_str()), coded(region)))
        .collect();
    if counts.elsewhere() + counts.acts.0.at([None])[0] > 0 {
        regions.push((None, unknown.clone()));
    }
    let codes = selection.period_codes();
    let mut spans = vec![(Span::All, coded(&all_periods()))];
    spans.extend(
        { codes.iter() }.map(|period| (Span::Period(Some(period.0.as_str())), coded(period))),
    );
    if counts.has_undated() {
        spans.push((Span::Period(None), unknown));
    }
    let mut rows = Vec::new();
    for (span, named) in &spans {
        for (region, called) in &regions {
            let mut row = vec![named.clone(), called.clone()];
            row.extend(counts.row(selection, *region, *span));
            rows.push(row);
        }
    }
    let data = selection.data;
    let elsewhere = size(counts.elsewhere());
    let located = selection.cases.height() - elsewhere;
    let answer = Answer {
        denominator: Label::new(
            "mediations in the region with a known outcome",
            "өңірдегі нәтижесі белгілі медиациялар",
            "посредничества в регионе с известным исходом",
        ),
        method: Label::new(
            "Cases by the region of their dispute: over all periods first, then by the period of their start; events, acts without those that only give context, by their own. Results: the share of the mediations with a known outcome that reached the threshold; {level} Wilson score intervals (Wilson 1927). A case in several regions counts in each. An event counts in the regions that it names itself, where events name any, and else in those of its case.",
            "Жағдайлар дауының өңірі бойынша: алдымен барлық кезең, сонан соң басталған кезеңі бойынша; оқиғалар (контекстсіз әрекеттер) өз кезеңі бойынша. Нәтижелер: нәтижесі белгілі медиациялардың шекке жеткен үлесі; {level} Уилсон интервалдары (Wilson 1927). Бірнеше өңірдегі жағдай әрқайсысында саналады. Оқиғалар өңір атаса, оқиға өзі атаған өңірлерде саналады, әйтпесе – жағдайының өңірлерінде.",
            "Случаи по региону их спора: сначала за все периоды, затем по периоду начала; события (действия без контекста) — по собственному. Результаты: доля посредничеств с известным исходом, достигших порога; {level} интервалы Уилсона (Wilson 1927). Случай в нескольких регионах считается в каждом. Событие считается в регионах, которые называет само, если события их называют, иначе – в регионах своего случая.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![caveats::SELECTION],
        reading: reading(&counts, located),
        columns: columns(selection, &counts, thresholds),
        rows,
        ..Answer::of(Unit::Case, located, elsewhere)
    };
    Ok(answer.without(&[("events", data.n_events() == 0)]))
}

fn all_periods() -> (String, Label) {
    let label = Label::new("all periods", "барлық кезең", "все периоды");
    ("all".to_owned(), label)
}

fn columns(selection: &Selection, regions: &Regions, thresholds: Vec<Threshold>) -> Vec<Column> {
    let count = |name: &str, label: Label| Column::new(name, label, Measure::Count);
    let mut periods = vec![all_periods()];
    periods.extend(selection.period_codes());
    let mut columns = vec![
        Column::coded(
            "period",
            Label::new("Period", "Кезең", "Период"),
            Measure::Nominal,
            periods,
        ),
        Column::coded(
            "region",
            Label::new("Region", "Өңір", "Регион"),
            Measure::Nominal,
            regions.codes.clone(),
        ),
        count(
            "cases",
            Label::new("Mediations", "Медиациялар", "Посредничества"),
        ),
    ];
    if selection.has_offers() {
        columns.push(count(
            "offers",
            Label::new("Offers", "Ұсыныстар", "Предложения"),
        ));
    }
    columns.push(count("events", Label::new("Events", "Оқиғалар", "События")));
    let has_results = !thresholds.is_empty();
    columns.extend(
        thresholds
            .into_iter()
            .map(|threshold| Column::new(threshold.column, threshold.label, Measure::Share)),
    );
    if has_results {
        columns.push(count(
            "unknown",
            Label::new("Outcome unknown", "Нәтижесі белгісіз", "Исход неизвестен"),
        ));
    }
    columns
}

/// The region with most cases, several if they tie, and how many regions have any.
fn reading(regions: &Regions, located: usize) -> Vec<Label> {
    let counts: Vec<(usize, &Label)> = { regions.codes.iter() }
        .map(|(code, label)| (size(regions.cases.0.at([Some(code)])[0]), label))
        .collect();
    let Some(most) = { counts.iter() }
        .map(|(n, _)| *n)
        .max()
        .filter(|most| *most > 0)
    else {
        return Vec::new();
    };
    let first = counts.iter().filter(|(n, _)| *n == most);
    let first: Vec<&Label> = first.map(|(_, label)| *label).collect();
    let text = Label::new(
        "Regions with a case, offers included: {regions}. Most cases: {names} ({most}, of {n} with a known region).",
        "Ұсыныстармен қоса жағдайы бар өңірлер: {regions}. Ең көп жағдай: {names} (өңірі белгілі {n} жағдайдан {most}).",
        "Регионов, где есть случаи, включая предложения: {regions}. Больше всего случаев: {names} ({most}, из {n} с известным регионом).",
    );
    let number = |n: usize| Label::plain(n.to_string());
    vec![text.fill(&[
        (
            "regions",
            &number(counts.iter().filter(|(n, _)| *n > 0).count()),
        ),
        ("most", &names::each(most, first.len())),
        ("n", &number(located)),
        ("names", &names::tied(first.iter().copied())),
    ])]
}

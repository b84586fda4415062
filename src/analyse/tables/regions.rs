//! Where the disputes are: cases, events and results by region of the dispute, in all and by period.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::thresholds::{self, Threshold};
use crate::analyse::{Answer, Cell, Column, TableSpec, caveats};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::{texts, truths};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "regions",
    title: Label::new(
        "Where the disputes are: cases, events and results by region and period",
        "Даулар қай өңірде: өңір мен кезең бойынша жағдайлар, оқиғалар және нәтижелер",
        "Где споры: случаи, события и результаты по регионам и периодам",
    ),
    needs: &[Concept::Case, Concept::Start, Concept::Region],
    needs_cut: false,
    compute,
};

/// What a row is about: all periods, one of them, or the starts that may lie in two.
#[derive(Clone, PartialEq)]
enum Span {
    All,
    Period(String),
    Unknown,
}

impl Span {
    fn holds(&self, period: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Period(code) => period == Some(code),
            Self::Unknown => period.is_none(),
        }
    }
}

/// An act by its regions and its period.
type Act<'a> = (BTreeSet<&'a str>, Option<&'a str>);

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let regions = regions(selection)?;
    let acts = acts(selection, &regions)?;
    let thresholds = thresholds::of(selection);
    let has_offers = selection.data.has(Concept::Kind) && !selection.study().base.kind.is_empty();
    let located: Vec<&Engagement> = all
        .iter()
        .filter(|case| regions.of.contains_key(case.case.as_str()))
        .collect();
    let mut names: Vec<Option<&(String, Label)>> = regions.names.iter().map(Some).collect();
    if located.len() < all.len() || acts.iter().any(|(regions, _)| regions.is_empty()) {
        names.push(None);
    }
    let mut rows = Vec::new();
    for (span, period) in spans(selection, &all, &acts) {
        for region in &names {
            let is_there = |case: &str| match (region, regions.of.get(case)) {
                (Some((code, _)), Some(regions)) => regions.contains(code.as_str()),
                (region, regions) => region.is_none() && regions.is_none(),
            };
            let inside =
                |case: &&Engagement| is_there(&case.case) && span.holds(case.period.as_deref());
            let cases: Vec<&Engagement> = all.iter().filter(inside).collect();
            let is_inside = |regions: &BTreeSet<&str>| match region {
                Some((code, _)) => regions.contains(code.as_str()),
                None => regions.is_empty(),
            };
            let events = acts
                .iter()
                .filter(|(regions, period)| is_inside(regions) && span.holds(*period));
            let mut row = vec![
                period.clone(),
                region.map_or(Cell::Missing(Reason::Unknown), |(code, label)| {
                    Cell::Code(code.clone(), label.clone())
                }),
            ];
            row.extend(numbers(
                &cases,
                events.count(),
                &thresholds,
                has_offers,
                selection,
            ));
            rows.push(row);
        }
    }
    let data = selection.data;
    let answer = Answer {
        denominator: Label::new(
            "mediations in the region with a known outcome",
            "өңірдегі нәтижесі белгілі медиациялар",
            "посредничества в регионе с известным исходом",
        ),
        method: Label::new(
            "Cases by the region of their dispute: over all periods first, then by the period of their start; events, acts without those that only give context, by their own. Results: the share of the mediations with a known outcome that reached the cut; {level} Wilson score intervals (Wilson 1927). A case in several regions counts in each. An event counts in the regions that it names itself, where events name any, and else in those of its case.",
            "Жағдайлар дауының өңірі бойынша: алдымен барлық кезең, сонан соң басталған кезеңі бойынша; оқиғалар (контекстсіз әрекеттер) өз кезеңі бойынша. Нәтижелер: нәтижесі белгілі медиациялардың шекке жеткен үлесі; {level} Уилсон интервалдары (Wilson 1927). Бірнеше өңірдегі жағдай әрқайсысында саналады. Оқиғалар өңір атаса, оқиға өзі атаған өңірлерде саналады, әйтпесе – жағдайының өңірлерінде.",
            "Случаи по региону их спора: сначала за все периоды, затем по периоду начала; события (действия без контекста) — по собственному. Результаты: доля посредничеств с известным исходом, достигших порога; {level} интервалы Уилсона (Wilson 1927). Случай в нескольких регионах считается в каждом. Событие считается в регионах, которые называет само, если события их называют, иначе – в регионах своего случая.",
        )
        .fill(&[("level", &percent(selection.level.get()))]),
        notes: vec![caveats::SELECTION],
        reading: reading(&regions, &located),
        columns: columns(selection, &regions, thresholds, has_offers),
        rows,
        ..Answer::of(Unit::Case, located.len(), all.len() - located.len())
    };
    Ok(answer.without(&[("events", data.n_events() == 0)]))
}

/// The regions in their order, and those of each case.
struct Regions<'a> {
    names: Vec<(String, Label)>,
    of: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

fn regions<'a>(selection: &'a Selection) -> Result<Regions<'a>> {
    let frame = &selection.data.regions;
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (case, region) in texts(frame, "case")?
        .iter()
        .zip(texts(frame, "region")?.iter())
    {
        if let (Some(case), Some(region)) = (case, region) {
            of.entry(case).or_default().insert(region);
        }
    }
    let mut names = selection.codes(Concept::Region);
    if names.is_empty() {
        let met: BTreeSet<&str> = of.values().flatten().copied().collect();
        names.extend(
            met.into_iter()
                .map(|name| (name.to_owned(), Label::plain(name))),
        );
    }
    Ok(Regions { names, of })
}

/// The acts of the cases, each with the regions that it names itself where events name any, else with those of
/// its case.
fn acts<'a>(selection: &'a Selection, regions: &Regions<'a>) -> Result<Vec<Act<'a>>> {
    let frame = &selection.data.located;
    let mut own: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (event, region) in texts(frame, "event")?
        .iter()
        .zip(texts(frame, "region")?.iter())
    {
        if let (Some(event), Some(region)) = (event, region) {
            own.entry(event).or_default().insert(region);
        }
    }
    let events = &selection.events;
    let rows = texts(events, "event")?
        .iter()
        .zip(texts(events, "case")?.iter())
        .zip(texts(events, "period")?.iter())
        .zip(truths(events, "is_act")?.iter());
    let acts = rows.filter(|(_, is_act)| *is_act == Some(true));
    let acts = acts.filter_map(|(((event, case), period), _)| {
        let regions = if own.is_empty() {
            regions.of.get(case?)
        } else {
            own.get(event?)
        };
        Some((regions.cloned().unwrap_or_default(), period))
    });
    Ok(acts.collect())
}

fn all_periods() -> (String, Label) {
    let label = Label::new("all periods", "барлық кезең", "все периоды");
    ("all".to_owned(), label)
}

/// All periods, each of them, and what may lie in two if there is any, with the cell that says so.
fn spans(selection: &Selection, all: &[Engagement], acts: &[Act]) -> Vec<(Span, Cell)> {
    let (code, label) = all_periods();
    let mut spans = vec![(Span::All, Cell::Code(code, label))];
    spans.extend(
        selection
            .period_codes()
            .into_iter()
            .map(|(code, label)| (Span::Period(code.clone()), Cell::Code(code, label))),
    );
    let is_unknown = all.iter().any(|case| case.period.is_none())
        || acts.iter().any(|(_, period)| period.is_none());
    if is_unknown {
        spans.push((Span::Unknown, Cell::Missing(Reason::Unknown)));
    }
    spans
}

/// The numbers of a row: mediations, offers, events, results, and outcomes that are not known.
fn numbers(
    cases: &[&Engagement],
    events: usize,
    thresholds: &[Threshold],
    has_offers: bool,
    selection: &Selection,
) -> Vec<Cell> {
    let count = |n: usize| Cell::Count(n as u64);
    let base: Vec<&&Engagement> = cases.iter().filter(|case| case.is_base).collect();
    let known: Vec<usize> = base.iter().filter_map(|case| case.outcome).collect();
    let mut row = vec![count(base.len())];
    if has_offers {
        row.push(count(cases.iter().filter(|case| case.is_offer).count()));
    }
    row.push(count(events));
    row.extend(thresholds.iter().map(|cut| {
        let reached = known.iter().filter(|rank| **rank >= cut.rank).count();
        let share = proportion::share(reached as u64, known.len() as u64, selection.level);
        Cell::Share(share)
    }));
    if !thresholds.is_empty() {
        row.push(count(base.len() - known.len()));
    }
    row
}

fn columns(
    selection: &Selection,
    regions: &Regions,
    thresholds: Vec<Threshold>,
    has_offers: bool,
) -> Vec<Column> {
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
            regions.names.clone(),
        ),
        count(
            "cases",
            Label::new("Mediations", "Медиациялар", "Посредничества"),
        ),
    ];
    if has_offers {
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
            .map(|cut| Column::new(cut.column, cut.label, Measure::Share)),
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
fn reading(regions: &Regions, located: &[&Engagement]) -> Vec<Label> {
    let counts: Vec<(usize, &Label)> = regions
        .names
        .iter()
        .map(|(code, label)| {
            let inside = located.iter().filter(|case| {
                let regions = regions.of.get(case.case.as_str());
                regions.is_some_and(|regions| regions.contains(code.as_str()))
            });
            (inside.count(), label)
        })
        .collect();
    let Some(most) = counts
        .iter()
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
        ("n", &number(located.len())),
        ("names", &names::tied(first.iter().copied())),
    ])]
}

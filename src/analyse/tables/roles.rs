//! What the third party did: the share of cases with each role, by period.

use std::collections::BTreeMap;

use polars::prelude::col;

use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::{Answer, Cell, Column, TableSpec, count};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "roles",
    title: Label::new(
        "What the mediator did: share of cases with each role, by period",
        "Медиатор не істеді: әр рөлі бар жағдайлардың кезең бойынша үлесі",
        "Что делал посредник: доля случаев с каждой ролью по периодам",
    ),
    needs: &[Concept::Case, Concept::Role],
    needs_cut: false,
    compute,
};

const METHOD: Label = Label::new(
    "Share of the mediations begun in the period and with a known role in which the role was provided by an act; {level} Wilson score intervals (Wilson 1927).",
    "Кезеңде басталған және рөлі белгілі медиациялардың ішінде рөл әрекетпен атқарылғандарының үлесі; {level} Уилсон интервалдары (Wilson 1927).",
    "Доля посредничеств, начатых в периоде и с известной ролью, в которых роль исполнена действием; {level} интервалы Уилсона (Wilson 1927).",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let base = col("is_base");
    let known = count::by(
        &selection.cases,
        base.clone().and(col("has_role")),
        "period",
    )?;
    let unknown = count::by(&selection.cases, base.and(col("has_role").not()), "period")?;
    let roles = selection.codes(Concept::Role);
    let mut provided: BTreeMap<&str, BTreeMap<Option<String>, u64>> = BTreeMap::new();
    for (code, _) in &roles {
        let filter = col("role").eq(polars::prelude::lit(code.as_str()));
        provided.insert(code, count::by(&selection.roles, filter, "period")?);
    }
    let mut periods: Vec<(Option<String>, Label)> = selection
        .period_codes()
        .into_iter()
        .map(|(code, label)| (Some(code), label))
        .collect();
    if count::of(&known, None) + count::of(&unknown, None) > 0 {
        periods.push((
            None,
            Label::new("period unknown", "кезеңі белгісіз", "период неизвестен"),
        ));
    }
    let mut rows = Vec::new();
    for (period, period_label) in &periods {
        let n = count::of(&known, period.as_deref());
        for (role, role_label) in &roles {
            let with = provided
                .get(role.as_str())
                .map_or(0, |counts| count::of(counts, period.as_deref()));
            rows.push(vec![
                period
                    .as_ref()
                    .map_or(Cell::Missing(Reason::Unknown), |code| {
                        Cell::Code(code.clone(), period_label.clone())
                    }),
                Cell::Code(role.clone(), role_label.clone()),
                Cell::Count(n),
                Cell::Count(count::of(&unknown, period.as_deref())),
                Cell::Share(proportion::share(with, n, selection.level)),
            ]);
        }
    }
    let total = |counts: &BTreeMap<_, u64>| -> usize {
        usize::try_from(counts.values().sum::<u64>()).unwrap_or(usize::MAX)
    };
    let notes = vec![Label::new(
        "A case may have several roles, so the shares of a period do not add up to 100%.",
        "Бір жағдайда бірнеше рөл болуы мүмкін, сондықтан кезең үлестерінің қосындысы 100 % болмайды.",
        "У случая может быть несколько ролей, поэтому доли периода не складываются в 100 %.",
    )];
    Ok(Answer {
        denominator: Label::new(
            "mediations begun in the period, role known",
            "кезеңде басталған, рөлі белгілі медиациялар",
            "посредничества, начатые в периоде, с известной ролью",
        ),
        method: METHOD.fill(&[("level", &percent(selection.level.get()))]),
        notes,
        reading: reading(&roles, &provided, total(&known)),
        columns: vec![
            Column::coded(
                "period",
                Label::new("Period", "Кезең", "Период"),
                Measure::Ordinal,
                selection.period_codes(),
            ),
            Column::coded(
                "role",
                Label::new("Role", "Рөл", "Роль"),
                Measure::Ordinal,
                roles,
            ),
            Column::new(
                "cases",
                Label::new("Cases", "Жағдайлар", "Случаи"),
                Measure::Count,
            ),
            Column::new(
                "unknown",
                Label::new("Role unknown", "Рөлі белгісіз", "Роль неизвестна"),
                Measure::Count,
            ),
            Column::new("share", Label::new("Share", "Үлес", "Доля"), Measure::Share),
        ],
        rows,
        ..Answer::of(Unit::Case, total(&known), total(&unknown))
    })
}

/// The most frequent role over all periods, in words; several if they tie.
fn reading(
    roles: &[(String, Label)],
    provided: &BTreeMap<&str, BTreeMap<Option<String>, u64>>,
    n: usize,
) -> Vec<Label> {
    let totals: Vec<(u64, &Label)> = roles
        .iter()
        .map(|(code, label)| {
            let counts = provided.get(code.as_str());
            (counts.map_or(0, |counts| counts.values().sum()), label)
        })
        .collect();
    let most = totals.iter().map(|(count, _)| *count).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let names: Vec<&Label> = totals
        .iter()
        .filter(|(count, _)| *count == most)
        .map(|(_, label)| *label)
        .collect();
    let count = names::each(usize::try_from(most).unwrap_or(usize::MAX), names.len());
    let text = Label::new(
        "Over all periods the most frequent role, of which a case can have several: {role}, in {count} of {n} mediations with a known role.",
        "Барлық кезеңдерде ең жиі рөл (бір жағдайда бірнеше болуы мүмкін): {role}, рөлі белгілі {n} медиациядан {count}.",
        "За все периоды самая частая роль (у случая их может быть несколько): {role}, в {count} из {n} посредничеств с известной ролью.",
    );
    vec![text.fill(&[
        ("role", &names::tied(names)),
        ("count", &count),
        ("n", &Label::plain(n.to_string())),
    ])]
}

//! What the third party did: the share of cases with each role, by period.

use polars::prelude::{IntoLazy as _, col};

use crate::analyse::count::{Counts, size};
use crate::analyse::factors;
use crate::analyse::names;
use crate::analyse::selection::Selection;
use crate::analyse::statistics::proportion;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "roles",
    title: Label::new(
        "What the mediator did: share of cases with each role, by period",
        "Медиатор не істеді: әр рөлі бар жағдайлардың кезең бойынша үлесі",
        "Что делал посредник: доля случаев с каждой ролью по периодам",
    ),
    needs: &[Concept::Case, Concept::Role],
    needs_threshold: false,
    compute,
};

const METHOD: Label = Label::new(
    "Share of the mediations begun in the period and with a known role in which the role was provided by an act; {level} Wilson score intervals (Wilson 1927).",
    "Кезеңде басталған және рөлі белгілі медиациялардың ішінде рөл әрекетпен атқарылғандарының үлесі; {level} Уилсон интервалдары (Wilson 1927).",
    "Доля посредничеств, начатых в периоде и с известной ролью, в которых роль исполнена действием; {level} интервалы Уилсона (Wilson 1927).",
);

fn compute(selection: &Selection) -> Result<Answer> {
    let roles = selection.codes(Concept::Role);
    let is_known = [col("has_role")];
    let periods = factors::period(selection)?.count(selection.base(), &is_known)?;
    let provided = selection.roles.clone().lazy();
    let provided = Counts::of(provided, ["period", "role"], &[col("case").is_not_null()])?;
    let mut rows = Vec::new();
    for (period, all, known) in &periods {
        for (role, label) in &roles {
            let with = provided.at([period.code(), Some(role)])[0];
            rows.push(vec![
                period.clone(),
                Cell::Code(role.clone(), label.clone()),
                Cell::Count(known[0]),
                Cell::Count(all - known[0]),
                Cell::Share(proportion::share(with, known[0], selection.level)),
            ]);
        }
    }
    let known: u64 = periods.iter().map(|(_, _, known)| known[0]).sum();
    let all: u64 = periods.iter().map(|(_, all, _)| *all).sum();
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
        reading: reading(&roles, &provided, known),
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
        ..Answer::of(Unit::Case, size(known), size(all - known))
    })
}

/// The most frequent role over all periods, in words; several if they tie.
fn reading(roles: &[(String, Label)], provided: &Counts<2>, n: u64) -> Vec<Label> {
    let of = |code: &str| {
        let held = provided
            .iter()
            .filter(|([_, role], _)| role.as_deref() == Some(code));
        held.map(|(_, counts)| counts[0]).sum()
    };
    let totals: Vec<(u64, &Label)> = roles
        .iter()
        .map(|(code, label)| (of(code), label))
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
    let count = Label::plain(most.to_string());
    let text = if names.len() == 1 {
        Label::new(
            "The most common role is {role}, in {count} of {n} mediations with a known role; a mediation can have several.",
            "Ең жиі рөл – {role}: рөлі белгілі {n} жағдайдың {count} жағдайында; бір жағдайда бірнеше рөл болуы мүмкін.",
            "Самая частая роль — {role}: в {count} из {n} случаев с известной ролью; ролей в случае может быть несколько.",
        )
    } else {
        Label::new(
            "The most common roles are {role}, each in {count} of {n} mediations with a known role; a mediation can have several.",
            "Ең жиі рөлдер – {role}: әрқайсысы рөлі белгілі {n} жағдайдың {count} жағдайында; бір жағдайда бірнеше рөл болуы мүмкін.",
            "Самые частые роли — {role}: каждая в {count} из {n} случаев с известной ролью; ролей в случае может быть несколько.",
        )
    };
    vec![text.fill(&[
        ("role", &names::tied(names)),
        ("count", &count),
        ("n", &Label::plain(n.to_string())),
    ])]
}

//! What changed, in sentences made from the numbers of the tables, each with its n.

use super::Tables;
use super::home;
use super::selection::Selection;
use super::table::{Cell, Table};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::proportion;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{chance, decimal};

/// One sentence, and the table that its numbers stand in.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Its name, by which sensitivity runs will know it.
    pub name: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// The sentence.
    pub sentence: Label,
}

/// The headlines that the computed tables allow, in the order of the page.
///
/// They compare the first and the last period and say what lies there, and leave whether a difference is
/// more than chance to the tests of the table of trends; of meetings at home they say what that found.
#[must_use]
pub fn headlines(selection: &Selection, tables: &Tables) -> Vec<Headline> {
    let Some(profile) = tables.get("profile") else {
        return Vec::new();
    };
    let rows: Vec<usize> = (0..profile.rows.len())
        .filter(|row| profile.cell(*row, "period").and_then(Cell::code).is_some())
        .collect();
    let (Some(first), Some(last)) = (rows.first().copied(), rows.last().copied()) else {
        return Vec::new();
    };
    let found = [
        record(selection, profile),
        (first != last)
            .then(|| frequency(profile, first, last))
            .flatten(),
        (first != last)
            .then(|| depth(selection, profile, first, last))
            .flatten(),
        (first != last)
            .then(|| hosted(selection, profile, first, last))
            .flatten(),
        success(selection, profile),
    ];
    found.into_iter().flatten().collect()
}

fn number(value: u64) -> Label {
    Label::plain(value.to_string())
}

fn total(table: &Table, column: &str) -> Option<u64> {
    let cells = table.column(column)?;
    Some(cells.filter_map(Cell::count).sum())
}

fn headline(name: &'static str, sentence: Label) -> Headline {
    Headline {
        name,
        table: "profile",
        sentence,
    }
}

fn record(selection: &Selection, profile: &Table) -> Option<Headline> {
    let offers = total(profile, "offers");
    let text = if offers.is_some() {
        Label::new(
            "In the record of {from} to {until}: mediations, {cases}; offers that led to no meeting, {offers}; events, {events}, those that only give context not counted.",
            "{from} – {until} аралығындағы деректе: медиациялар — {cases}; кездесуге ұласпаған ұсыныстар — {offers}; тек контекст беретіндері есепке алынбаған оқиғалар — {events}.",
            "В записи за {from} – {until}: посредничества — {cases}; предложения, не приведшие к встрече, — {offers}; события, не считая контекстных, — {events}.",
        )
    } else {
        Label::new(
            "In the record of {from} to {until}: cases, {cases}; events, {events}.",
            "{from} – {until} аралығындағы деректе: жағдайлар — {cases}; оқиғалар — {events}.",
            "В записи за {from} – {until}: случаи — {cases}; события — {events}.",
        )
    };
    let sentence = text.fill(&[
        ("cases", &number(total(profile, "cases")?)),
        ("offers", &number(offers.unwrap_or_default())),
        ("events", &number(total(profile, "events")?)),
        ("from", &Label::plain(selection.window.earliest.to_string())),
        ("until", &Label::plain(selection.window.latest.to_string())),
    ]);
    Some(headline("record", sentence))
}

/// The label of a row's period.
fn period(table: &Table, row: usize) -> Option<&Label> {
    table.cell(row, "period")?.words()
}

fn frequency(profile: &Table, first: usize, last: usize) -> Option<Headline> {
    let rate = |row: usize| -> Option<(u64, f64, f64)> {
        let count = profile.cell(row, "cases")?.count()?;
        let Cell::Number(years) = profile.cell(row, "years")? else {
            return None;
        };
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let rate = count as f64 / years;
        (*years > 0.0).then_some((count, *years, rate))
    };
    let ((one, years_one, rate_one), (two, years_two, rate_two)) = (rate(first)?, rate(last)?);
    let text = Label::new(
        "Mediations begun in the first and in the last period: {one} in the {years_one} years of {first} ({rate_one} a year), {two} in the {years_two} years of {last} ({rate_two} a year).",
        "Бірінші және соңғы кезеңде басталған медиациялар: {first} кезеңінде {one} (дерек жылдары: {years_one}; жылына {rate_one}), {last} кезеңінде {two} (дерек жылдары: {years_two}; жылына {rate_two}).",
        "Начато посредничеств в первом и в последнем периоде: в периоде {first} — {one} (лет записи: {years_one}; {rate_one} в год), в периоде {last} — {two} (лет записи: {years_two}; {rate_two} в год).",
    );
    let sentence = text.fill(&[
        ("one", &number(one)),
        ("two", &number(two)),
        ("first", period(profile, first)?),
        ("last", period(profile, last)?),
        ("years_one", &decimal(years_one, 1)),
        ("years_two", &decimal(years_two, 1)),
        ("rate_one", &decimal(rate_one, 2)),
        ("rate_two", &decimal(rate_two, 2)),
    ]);
    Some(headline("frequency", sentence))
}

fn depth(selection: &Selection, profile: &Table, first: usize, last: usize) -> Option<Headline> {
    let roles = selection.depths();
    let median = |row: usize| -> Option<Label> {
        let low = profile.cell(row, "depth_low")?.words()?;
        let high = profile.cell(row, "depth_high")?.words()?;
        if low == high {
            Some(low.clone())
        } else {
            let between = Label::new(
                "between {low} and {high}",
                "{low} мен {high} аралығы",
                "между «{low}» и «{high}»",
            );
            Some(between.fill(&[("low", low), ("high", high)]))
        }
    };
    let n = |row: usize| profile.cell(row, "depth_n").and_then(Cell::count);
    let text = Label::new(
        "Deepest role, median of the mediations with a known role: {one} in {first} (n = {n_one}) and {two} in {last} (n = {n_two}). Roles deepen from {lightest} to {deepest}.",
        "Ең терең рөл, рөлі белгілі медиациялардың медианасы: {first} кезеңінде {one} (n = {n_one}), {last} кезеңінде {two} (n = {n_two}). Рөлдер {lightest} деңгейінен {deepest} деңгейіне қарай тереңдейді.",
        "Самая глубокая роль, медиана посредничеств с известной ролью: {one} в {first} (n = {n_one}) и {two} в {last} (n = {n_two}). Роли становятся глубже от «{lightest}» до «{deepest}».",
    );
    let sentence = text.fill(&[
        ("one", &median(first)?),
        ("two", &median(last)?),
        ("first", period(profile, first)?),
        ("last", period(profile, last)?),
        ("n_one", &number(n(first)?)),
        ("n_two", &number(n(last)?)),
        ("lightest", &roles.first()?.1),
        ("deepest", &roles.last()?.1),
    ]);
    Some(headline("depth", sentence))
}

fn hosted(selection: &Selection, profile: &Table, first: usize, last: usize) -> Option<Headline> {
    profile.position("hosted")?;
    let by_period = home::by_period(selection, "is_meeting").ok()?;
    let share = |row: usize| {
        let code = profile.cell(row, "period")?.code()?;
        by_period
            .get(&Some(code.to_owned()))?
            .in_words(selection.level)
    };
    let text = Label::new(
        "Of the meetings with a known place, {one} were held at home in {first} and {two} in {last}. Meetings of one case tend to share a place, so the test of a change over all periods exchanges whole cases, of which there are {n}: {p}.",
        "Орны белгілі кездесулердің {first} кезеңінде {one}, {last} кезеңінде {two} елде өтті. Бір жағдайдың кездесулері көбіне бір жерде өтеді, сондықтан барлық кезең бойынша өзгеріс сынағы тұтас жағдайлардың орнын ауыстырады, олардың саны – {n}: {p}.",
        "Из встреч с известным местом дома прошло {one} в {first} и {two} в {last}. Встречи одного случая часто проходят в одном месте, поэтому проверка изменения по всем периодам переставляет целые случаи (их {n}): {p}.",
    );
    let change = home::change(selection, &by_period);
    let p = change.p.map_or_else(NotComputable::label, chance);
    let sentence = text.fill(&[
        ("n", &number(change.cases as u64)),
        ("p", &p),
        ("one", &share(first)?),
        ("two", &share(last)?),
        ("first", period(profile, first)?),
        ("last", period(profile, last)?),
    ]);
    Some(headline("hosted", sentence))
}

fn success(selection: &Selection, profile: &Table) -> Option<Headline> {
    let pooled = |column: &str| -> Option<Share> {
        let shares = profile.column(column)?.filter_map(Cell::share);
        let (successes, trials) = shares.fold((0, 0), |(successes, trials), share| {
            (successes + share.successes, trials + share.trials)
        });
        Some(proportion::share(successes, trials, selection.level))
    };
    let outcomes = selection.codes(Concept::Outcome);
    let threshold = selection.study().success.as_ref()?.threshold.get_ref();
    let (_, threshold) = outcomes.iter().find(|(code, _)| code == threshold)?;
    let text = Label::new(
        "Of the mediations with a known outcome, {share} reached \"{threshold}\" or more. This describes the recorded cases; it does not measure the mediator's effect.",
        "Нәтижесі белгілі медиациялардың {share} «{threshold}» немесе одан жоғары деңгейге жетті. Бұл тіркелген жағдайларды сипаттайды; медиатордың әсерін өлшемейді.",
        "Из посредничеств с известным исходом {share} достигли уровня «{threshold}» или выше. Это описание записанных случаев, а не мера эффекта посредника.",
    );
    let sentence = text.fill(&[
        ("share", &pooled("success")?.in_words()?),
        ("threshold", threshold),
    ]);
    Some(headline("success", sentence))
}

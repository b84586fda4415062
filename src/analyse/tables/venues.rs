//! Where it happened: events by place and period.

use std::collections::BTreeMap;

use polars::prelude::{DataType, IntoLazy as _, JoinType, UniqueKeepStrategy, col, cols};

use crate::analyse::count::{self, Counts, join, size};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec, by_case, home, names};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::typed::texts;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "venues",
    title: Label::new(
        "Where it happened: events by place and period",
        "Қайда болды: оқиғалар орны мен кезеңі бойынша",
        "Где происходило: события по местам и периодам",
    ),
    needs: &[Concept::Event, Concept::Place],
    needs_threshold: false,
    compute,
};

/// A place with its country and how many events it had.
struct Venue {
    id: String,
    country: Option<String>,
    events: u64,
}

/// The acts by place, by place and period, and those of each period with a known place.
struct Venues {
    order: Vec<Venue>,
    by_period: Counts<2>,
    located: Counts<1>,
}

impl Venues {
    fn of(selection: &Selection) -> Result<Self> {
        let text = |column: &str| col(column).cast(DataType::String);
        let acts = selection.acts().select([col("event"), col("period")]);
        let places = selection.data.places()?.clone().lazy();
        let places = places.filter(col("event").is_not_null().and(col("place").is_not_null()));
        let there = join(acts, places.clone(), "event", JoinType::Inner).collect();
        let there = there.map_err(Error::compute("the places of acts"))?;
        let countries = places.filter(col("country").is_not_null());
        let countries = countries.unique_stable(Some(cols(["place"])), UniqueKeepStrategy::First);
        let countries = countries.select([text("place"), text("country")]).collect();
        let countries = countries.map_err(Error::compute("the countries of places"))?;
        let named = texts(&countries, "country")?;
        let countries = texts(&countries, "place")?.iter().zip(named.iter());
        let countries: BTreeMap<Option<&str>, Option<&str>> = countries.collect();
        let once = |columns: &[&str]| {
            let columns = Some(cols(columns.iter().copied()));
            there
                .clone()
                .lazy()
                .unique(columns, UniqueKeepStrategy::Any)
        };
        let is_there = [col("event").is_not_null()];
        let by_period = Counts::of(once(&["event", "place"]), ["place", "period"], &is_there)?;
        let mut events: BTreeMap<&str, u64> = BTreeMap::new();
        for ([place, _], counts) in by_period.iter() {
            if let Some(place) = place {
                *events.entry(place).or_default() += counts[0];
            }
        }
        let mut order: Vec<Venue> = { events.into_iter() }
            .map(|(id, events)| Venue {
                country: countries
                    .get(&Some(id))
                    .copied()
                    .flatten()
                    .map(str::to_owned),
                id: id.to_owned(),
                events,
            })
            .collect();
        order.sort_by(|one, other| other.events.cmp(&one.events).then(one.id.cmp(&other.id)));
        Ok(Self {
            order,
            located: Counts::of(once(&["event"]), ["period"], &is_there)?,
            by_period,
        })
    }

    /// How many acts a place had in a period.
    fn inside(&self, place: &str, period: &str) -> u64 {
        self.by_period.at([Some(place), Some(period)])[0]
    }

    /// How many acts of a period have a known place.
    fn placed(&self, period: &str) -> u64 {
        self.located.at([Some(period)])[0]
    }
}

fn compute(selection: &Selection) -> Result<Answer> {
    let venues = Venues::of(selection)?;
    let place_names = names::of(selection.data, Unit::Place);
    let countries = names::of(selection.data, Unit::Actor);
    let periods = selection.period_codes();
    let home = selection.home();
    let mut rows: Vec<Vec<Cell>> = hosted(selection, &periods)?.into_iter().collect();
    rows.extend(venues.order.iter().map(|venue| {
        let country = venue.country.as_deref();
        let mut row = vec![
            scope("place"),
            Cell::Code(venue.id.clone(), names::name(&place_names, &venue.id)),
            country.map_or(Cell::Missing(Reason::Unknown), |country| {
                Cell::Code(country.to_owned(), names::name(&countries, country))
            }),
            match (home, country) {
                (Some(home), Some(country)) => Cell::Flag(country == home),
                (Some(_), None) => Cell::Missing(Reason::Unknown),
                (None, _) => Cell::Missing(Reason::Na),
            },
            Cell::Count(venue.events),
        ];
        row.extend(periods.iter().map(|(code, _)| {
            let here = venues.inside(&venue.id, code);
            Cell::Share(Share::counted(here, venues.placed(code)))
        }));
        row
    }));
    let located = venues.located.sum(0);
    let acts = count::rows(selection.acts(), col("is_act"))?;
    let mut reading = busiest(&venues, &place_names);
    reading.extend(hubs(&venues, &periods, &place_names));
    reading.extend(at_home(selection)?);
    Ok(Answer {
        denominator: Label::new(
            "events of the period with a known place; at home: those of which it is known whether they were",
            "кезеңнің орны белгілі оқиғалары; елде өткендер: бұл туралы белгілі оқиғалар",
            "события периода с известным местом; дома: те, о которых это известно",
        ),
        method: Label::new(
            "Acts inside mediations and offers, by the place where they took place. An event at two places counts at each, so the column may add up to more than n. \"Left out\" counts events without a known place. Shares held at home: at {level}; those of meetings alone are in the table profile. {hosted}",
            "Медиациялар мен ұсыныстар ішіндегі әрекеттер, өткен орны бойынша. Екі жерде өткен оқиға әрқайсысында саналады, сондықтан баған қосындысы n-нен көп болуы мүмкін. «Алынбады» — орны белгісіз оқиғалар. Елде өткендер үлесі: {level} деңгейінде; тек кездесулердікі — profile кестесінде. {hosted}",
            "Действия внутри посредничеств и предложений по месту проведения. Событие в двух местах считается в каждом, поэтому сумма столбца может превышать n. «Опущено» — события без известного места. Доли проведённых дома: на уровне {level}; доли одних встреч — в таблице profile. {hosted}",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("hosted", &by_case::method()),
        ]),
        notes: Vec::new(),
        reading,
        columns: columns(periods),
        rows,
        ..Answer::of(Unit::Event, size(located), size(acts - located))
    })
}

fn columns(periods: Vec<(String, Label)>) -> Vec<Column> {
    let mut columns = vec![
        Column::coded(
            "scope",
            Label::new("Of what", "Не туралы", "О чём"),
            Measure::Nominal,
            scopes(),
        ),
        Column::new("place", Label::new("Place", "Орын", "Место"), Measure::Text),
        Column::new(
            "country",
            Label::new("Country", "Ел", "Страна"),
            Measure::Text,
        ),
        Column::new("home", Label::new("At home", "Елде", "Дома"), Measure::Flag),
        Column::new(
            "events",
            Label::new("Events", "Оқиғалар", "События"),
            Measure::Count,
        ),
    ];
    columns.extend(
        periods
            .into_iter()
            .map(|(code, label)| Column::new(format!("events_{code}"), label, Measure::Share)),
    );
    columns
}

fn scopes() -> Vec<(String, Label)> {
    vec![
        (
            "home".to_owned(),
            Label::new("Held at home", "Елде өткені", "Прошло дома"),
        ),
        ("place".to_owned(), Label::new("Place", "Орын", "Место")),
    ]
}

fn scope(code: &str) -> Cell {
    let label = scopes().into_iter().find(|(known, _)| known == code);
    let label = label.map(|(_, label)| label).unwrap_or_default();
    Cell::Code(code.to_owned(), label)
}

/// The row of the acts at home, with the share of each period; `None` if of no act it is known.
fn hosted(selection: &Selection, periods: &[(String, Label)]) -> Result<Option<Vec<Cell>>> {
    let conditions = [col("hosted").is_not_null(), col("hosted")];
    let counts = Counts::of(selection.acts(), [], &conditions)?.at([]);
    if counts[0] == 0 {
        return Ok(None);
    }
    let na = Cell::Missing(Reason::Na);
    let mut row = vec![scope("home"), na.clone(), na, Cell::Flag(true)];
    row.push(Cell::Count(counts[1]));
    let by_period = home::by_period(selection, "is_act")?;
    for (code, _) in periods {
        let inside = by_period.get(&Some(code.clone())).cloned();
        let inside = inside.unwrap_or_default();
        row.push(Cell::Share(inside.share(selection.level)));
    }
    Ok(Some(row))
}

/// The busiest place, in words; several if they tie.
fn busiest(venues: &Venues, names: &BTreeMap<String, Label>) -> Vec<Label> {
    let Some(most) = venues.order.first().map(|venue| venue.events) else {
        return Vec::new();
    };
    let first = venues.order.iter().filter(|venue| venue.events == most);
    let first: Vec<&str> = first.map(|venue| venue.id.as_str()).collect();
    let text = Label::new(
        "The place with the most events is {name} ({most}, of {n} with a known place).",
        "Оқиғалар ең көп өткен орын – {name}: орны белгілі {n} оқиғадан {most}.",
        "Больше всего событий прошло в месте {name}: {most} из {n} с известным местом.",
    );
    vec![text.fill(&[
        ("name", &names::tied_ids(names, first.iter().copied())),
        ("most", &names::each(size(most), first.len())),
        ("n", &Label::plain(venues.located.sum(0).to_string())),
    ])]
}

/// The busiest place of each period, all of them if they tie; nothing for a single period.
fn hubs(
    venues: &Venues,
    periods: &[(String, Label)],
    names: &BTreeMap<String, Label>,
) -> Option<Label> {
    let parts: Vec<Label> = periods
        .iter()
        .filter_map(|(code, period)| {
            let inside: Vec<(&str, u64)> = { venues.order.iter() }
                .map(|venue| (venue.id.as_str(), venues.inside(&venue.id, code)))
                .collect();
            let most = inside.iter().map(|(_, events)| *events).max()?;
            if most == 0 {
                return None;
            }
            let first = inside.iter().filter(|(_, events)| *events == most);
            let text = Label::new(
                "{period}: {names} ({most} of {n})",
                "{period}: {names} ({n} ішінен {most})",
                "{period}: {names} ({most} из {n})",
            );
            Some(text.fill(&[
                ("period", period),
                ("names", &names::tied_ids(names, first.map(|(id, _)| *id))),
                ("most", &Label::plain(most.to_string())),
                ("n", &Label::plain(venues.placed(code).to_string())),
            ]))
        })
        .collect();
    let text = Label::new(
        "The busiest places of each period: {parts}.",
        "Әр кезеңде ең көп оқиға өткен орындар, орны белгілі оқиғалар бойынша – {parts}.",
        "Где в каждом периоде было больше всего событий с известным местом – {parts}.",
    );
    (periods.len() > 1 && !parts.is_empty())
        .then(|| text.fill(&[("parts", &Label::join(&parts, "; "))]))
}

/// The share of acts and, where the study says which these are, of meetings that were held at home.
///
/// A statement to the press at home is an act there, but nobody was hosted: the second share is the
/// one that the profile has by period.
fn at_home(selection: &Selection) -> Result<Vec<Label>> {
    let acts = Label::new(
        "Of all acts of which it is known, {share} took place at home.",
        "Орны белгілі барлық әрекеттің елде өткені: {share}.",
        "Из всех действий, о которых это известно, дома прошло {share}.",
    );
    let meetings = Label::new(
        "Of the meetings among them, {share} were held at home.",
        "Олардың ішіндегі кездесулердің елде өткені: {share}.",
        "Из встреч среди них дома прошло {share}.",
    );
    let mut kinds = vec![("is_act", acts)];
    if !selection.study().base.meeting.is_empty() {
        kinds.push(("is_meeting", meetings));
    }
    let mut sentences = Vec::new();
    for (kind, text) in kinds {
        let share = home::of(selection, kind)?.in_words(selection.level);
        sentences.extend(share.map(|share| text.fill(&[("share", &share)])));
    }
    Ok(sentences)
}

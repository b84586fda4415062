//! Did the profile change? Each indicator in the first and the last period, with an exact test over
//! all of them.

mod indicators;

use crate::analyse::by_case::ByCase;
use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::cochran_armitage::{self, Group};
use crate::analyse::statistics::equal_rates::equal_rates;
use crate::analyse::statistics::jonckheere;
use crate::analyse::statistics::proportion;
use crate::analyse::statistics::rate::{self, Events};
use crate::analyse::table::SURPRISING;
use crate::analyse::{Answer, Cell, TableSpec, by_case, caveats, home};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{chance, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use indicators::{End, Indicator};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "trends",
    title: Label::new(
        "Did the profile change? First and last period, and a test over all",
        "Бейін өзгерді ме? Бірінші және соңғы кезең, барлығы бойынша сынақ",
        "Изменился ли профиль? Первый и последний период и критерий по всем",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all
        .iter()
        .filter(|case| case.is_base && case.period.is_some())
        .collect();
    let by_period: Vec<Vec<&Engagement>> = selection
        .periods
        .iter()
        .map(|period| {
            let inside = base
                .iter()
                .filter(|case| case.period.as_ref() == Some(&period.code));
            inside.copied().collect()
        })
        .collect();
    let mut held = Vec::new();
    held.extend(frequency(selection, &by_period));
    held.extend(depth(selection, &by_period));
    let scale = selection.codes(Concept::Outcome);
    let success = selection.study().success.iter();
    for threshold in success
        .flat_map(|success| [Some(&success.threshold), success.second_threshold.as_ref()])
        .flatten()
    {
        let rank = scale
            .iter()
            .position(|(code, _)| code == threshold.get_ref());
        if let Some((rank, coded)) = rank.and_then(|rank| Some((rank, scale.get(rank)?))) {
            held.extend(reached(selection, &by_period, rank, coded));
        }
    }
    held.extend(hosted(selection)?);
    let rows: Vec<Vec<Cell>> = held.iter().map(indicators::row).collect();
    Ok(Answer {
        denominator: Label::new(
            "n of each row: the mediations that its test uses; at home: the cases with a meeting of known place",
            "әр жолдың n саны: сынақ қолданатын медиациялар; елде: орны белгілі кездесуі бар жағдайлар",
            "n каждой строки: посредничества, использованные критерием; дома: случаи со встречей в известном месте",
        ),
        method: Label::new(
            "Shares over all periods in their order: exact Cochran-Armitage test (Cochran 1954; Armitage 1955), scores 1, 2, 3 …; deepest role over all periods: exact Jonckheere-Terpstra test (Terpstra 1952; Jonckheere 1954); mediations begun a year, over all periods: exact multinomial test of equal rates given their lengths, by likelihood ratio (Cressie and Read 1984), which has no direction; meetings at home: trend over all periods with whole cases exchanged, each at the mean period of its meetings ({exchanges} exchanges, seed {seed}, or all if there are fewer; Gail et al. 1996). All two-sided, each on its own: not adjusted for testing several. Limits: {level}, of rates exact (Garwood 1936), of shares Wilson (1927); of the median role, the two middle cases, as ranks from 0.",
            "Барлық кезеңдегі үлестер: дәл Кокран–Армитидж сынағы (Cochran 1954; Armitage 1955), 1, 2, 3 … ұпайлары; ең терең рөл: дәл Йонкхир–Терпстра сынағы (Terpstra 1952; Jonckheere 1954); жылына басталған медиациялар, барлық кезең бойынша: ұзақтығын ескергенде жиіліктер теңдігінің дәл мультиномдық сынағы, шындыққа ұқсастық қатынасымен (Cressie, Read 1984), бағыты жоқ; елдегі кездесулер: барлық кезең бойынша тренд, тұтас жағдайлардың орны ауысады, әрқайсысы кездесулерінің орташа кезеңінде ({exchanges} ауысу, бастапқы сан {seed}, аз болса – барлығы; Gail et al. 1996). Бәрі екіжақты, бірнеше сынаққа түзетілмеген. Шектер: {level}, жиіліктерге дәл (Garwood 1936), үлестерге Уилсон (1927); медианалық рөл үшін – ортадағы екі жағдай, 0-ден басталатын сатымен.",
            "Доли по всем периодам по порядку: точный критерий Кокрана — Армитиджа (Cochran 1954; Armitage 1955), баллы 1, 2, 3 …; самая глубокая роль: точный критерий Джонкхиера — Терпстры (Terpstra 1952; Jonckheere 1954); начатые за год посредничества, по всем периодам: точный мультиномиальный критерий равенства частот при данных длинах, по отношению правдоподобия (Cressie, Read 1984), без направления; встречи дома: тренд по всем периодам с перестановкой целых случаев, каждый в среднем периоде своих встреч (перестановок: {exchanges}; начальное число {seed}; если их меньше – все; Gail et al. 1996). Все двусторонние, без поправки на множественность. Пределы: {level}, для частот точные (Garwood 1936), для долей Уилсона (1927); для медианы роли – два средних случая, ступени от 0.",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("exchanges", &Label::plain(home::EXCHANGES.to_string())),
            ("seed", &Label::plain(by_case::SEED.to_string())),
        ]),
        notes: vec![caveats::SELECTION],
        reading: reading(&held),
        columns: indicators::columns(selection),
        rows,
        ..Answer::of(Unit::Case, base.len(), all.iter().filter(|case| case.is_base).count() - base.len())
    })
}

/// Of which indicators the test says more than that it is not settled.
fn reading(indicators: &[Indicator]) -> Vec<Label> {
    let tested: Vec<(&Label, f64)> = indicators
        .iter()
        .filter_map(|indicator| Some((&indicator.name, indicator.p.ok()?)))
        .collect();
    if tested.is_empty() {
        return Vec::new();
    }
    let clear = tested.iter().filter(|(_, p)| *p < SURPRISING);
    let named = Label::plain("{name} ({p})");
    let names: Vec<Label> = clear
        .map(|(name, p)| named.fill(&[("name", name), ("p", &chance(*p))]))
        .collect();
    let smallest = tested.iter().map(|(_, p)| *p).fold(1.0, f64::min);
    let (finding, caveat) = if names.is_empty() {
        (
            Label::new(
                "For none of the {n} indicators tested can chance be ruled out as the cause of a change over the periods (smallest {smallest}).",
                "Кезеңдер бойынша өзгеріске {n} көрсеткіш тексерілді; ешқайсысында кездейсоқтықты жоққа шығаруға болмайды (ең кіші {smallest}).",
                "Показателей, проверенных на изменение по периодам, {n}; ни для одного нельзя исключить случайность (наименьшее {smallest}).",
            ),
            Label::new(
                "That is no proof that nothing changed: a small change needs many cases to show.",
                "Бұл ештеңе өзгермегенінің дәлелі емес: шағын өзгерістің көрінуіне көп жағдай керек.",
                "Это не доказывает, что ничего не изменилось: чтобы была видна небольшая перемена, нужно много случаев.",
            ),
        )
    } else {
        (
            Label::new(
                "Of {n} indicators tested, the change over the periods in {names} is one that chance alone would rarely show.",
                "Кезеңдер бойынша өзгеріске {n} көрсеткіш тексерілді; мұндай айқын өзгеріс кездейсоқ сирек болатыны: {names}.",
                "Показателей, проверенных на изменение по периодам, {n}; случайно столь явное изменение возникает редко: {names}.",
            ),
            Label::new(
                "The p are not adjusted for testing several, and a difference is no cause.",
                "p мәндері бірнеше сынаққа түзетілмеген, әрі айырма себеп емес.",
                "Поправки на множественность нет, и различие не есть причина.",
            ),
        )
    };
    let finding = finding.fill(&[
        ("n", &Label::plain(tested.len().to_string())),
        ("names", &Label::join(&names, "; ")),
        ("smallest", &chance(smallest)),
    ]);
    vec![finding, caveat]
}

fn ends<T>(periods: &[T]) -> Option<(&T, &T)> {
    match periods {
        [first, .., last] => Some((first, last)),
        _ => None,
    }
}

fn frequency(selection: &Selection, by_period: &[Vec<&Engagement>]) -> Option<Indicator> {
    let periods = by_period.iter().zip(&selection.periods);
    let events: Vec<Events> = periods
        .map(|(cases, period)| Events {
            count: cases.len() as u64,
            exposure: period.exposure(selection.window),
        })
        .collect();
    let (one, two) = ends(&events)?;
    let a_year = |events: &Events| {
        let rate = rate::garwood(*events, selection.level).ok();
        let words = Label::plain("{n} ({rate})").fill(&[
            ("n", &Label::plain(events.count.to_string())),
            (
                "rate",
                &rate.map_or(Label::plain("–"), |rate| decimal(rate.value, 2)),
            ),
        ]);
        End {
            cell: rate.map_or(Cell::Missing(Reason::Na), |rate| {
                Cell::Worded(rate.value, words)
            }),
            limits: rate.map(|rate| (rate.low, rate.high)),
            n: events.count,
        }
    };
    Some(Indicator {
        code: "begun".to_owned(),
        name: Label::new(
            "mediations begun (a year of record)",
            "басталған медиациялар (дерек жылына)",
            "начато посредничеств (на год записи)",
        ),
        measure: "rate",
        most: None,
        first: a_year(one),
        last: a_year(two),
        test: (
            "equal_rates",
            Label::new(
                "equal rates, exact",
                "жиіліктер теңдігі, дәл",
                "равенство частот, точный",
            ),
        ),
        n: events.iter().map(|events| events.count).sum(),
        p: equal_rates(&events),
    })
}

#[expect(clippy::cast_precision_loss, reason = "ranks of a scale are small")]
const fn float(rank: usize) -> f64 {
    rank as f64
}

fn depth(selection: &Selection, by_period: &[Vec<&Engagement>]) -> Option<Indicator> {
    let roles = selection.codes(Concept::Role);
    let (first, last) = ends(by_period)?;
    if roles.is_empty() {
        return None;
    }
    let median = |cases: &[&Engagement]| {
        let mut ranks: Vec<usize> = cases.iter().filter_map(|case| case.depth).collect();
        ranks.sort_unstable();
        let middles = [ranks.len().saturating_sub(1) / 2, ranks.len() / 2];
        let mut named: Vec<&Label> = middles
            .iter()
            .filter_map(|middle| roles.get(*ranks.get(*middle)?))
            .map(|(_, label)| label)
            .collect();
        named.dedup();
        let ranks_of = middles.map(|middle| ranks.get(middle).map(|rank| float(*rank)));
        let limits = ranks_of[0].zip(ranks_of[1]);
        End {
            cell: limits.map_or(Cell::Missing(Reason::Unknown), |(low, high)| {
                Cell::Worded(f64::midpoint(low, high), Label::join(named, " – "))
            }),
            limits,
            n: ranks.len() as u64,
        }
    };
    let groups: Vec<Vec<f64>> = by_period
        .iter()
        .map(|cases| {
            cases
                .iter()
                .filter_map(|case| case.depth)
                .map(float)
                .collect()
        })
        .filter(|group: &Vec<f64>| !group.is_empty())
        .collect();
    Some(Indicator {
        code: "depth".to_owned(),
        name: Label::new(
            "median deepest role",
            "ең терең рөлдің медианасы",
            "медиана самой глубокой роли",
        ),
        measure: "rank",
        most: Some(float(roles.len() - 1)),
        first: median(first),
        last: median(last),
        test: (
            "jonckheere_terpstra",
            Label::new(
                "Jonckheere-Terpstra, exact",
                "Йонкхир–Терпстра, дәл",
                "Джонкхиера — Терпстры, точный",
            ),
        ),
        n: groups.iter().map(|group| group.len() as u64).sum(),
        p: jonckheere::jonckheere_terpstra(&groups)
            .and_then(|test| test.exact)
            .map(|tails| tails.two_sided),
    })
}

/// The share of meetings at home, if the data say where these were.
fn hosted(selection: &Selection) -> Result<Option<Indicator>> {
    if !selection.data.has(Concept::Hosted) {
        return Ok(None);
    }
    let by_period = home::by_period(selection, "is_meeting")?;
    let codes = selection.periods.iter();
    let periods: Vec<ByCase> = codes
        .map(|period| by_period.get(&Some(period.code.clone())).cloned())
        .map(Option::unwrap_or_default)
        .collect();
    let change = home::change(selection, &by_period);
    Ok(ends(&periods).map(|(first, last)| Indicator {
        code: "hosted".to_owned(),
        name: Label::new(
            "meetings held at home",
            "елде өткен кездесулер",
            "встречи, проведённые дома",
        ),
        measure: "share",
        most: Some(1.0),
        first: share_at(first.share(selection.level)),
        last: share_at(last.share(selection.level)),
        test: (
            "whole_cases_exchanged",
            Label::new(
                "whole cases exchanged",
                "тұтас жағдайларды ауыстыру",
                "перестановка целых случаев",
            ),
        ),
        n: change.cases as u64,
        p: change.p,
    }))
}

/// A share at one end.
fn share_at(share: Share) -> End {
    End {
        cell: Cell::Share(share),
        limits: share.estimate.map(|estimate| (estimate.low, estimate.high)),
        n: share.trials,
    }
}

fn reached(
    selection: &Selection,
    by_period: &[Vec<&Engagement>],
    threshold: usize,
    (code, label): &(String, Label),
) -> Option<Indicator> {
    let shares: Vec<Share> = by_period
        .iter()
        .map(|cases| {
            let known: Vec<usize> = cases.iter().filter_map(|case| case.outcome).collect();
            let successes = known.iter().filter(|rank| **rank >= threshold).count();
            proportion::share(successes as u64, known.len() as u64, selection.level)
        })
        .collect();
    let (first, last) = ends(&shares)?;
    let groups: Vec<Group> = (1_u32..)
        .zip(&shares)
        .filter(|(_, share)| share.trials > 0)
        .map(|(position, share)| Group {
            successes: share.successes,
            total: share.trials,
            score: f64::from(position),
        })
        .collect();
    let name = Label::new(
        "reached {threshold} or more",
        "{threshold} немесе одан жоғары",
        "достигнуто {threshold} или выше",
    );
    Some(Indicator {
        code: format!("reached_{code}"),
        name: name.fill(&[("threshold", label)]),
        measure: "share",
        most: Some(1.0),
        first: share_at(*first),
        last: share_at(*last),
        test: (
            "cochran_armitage",
            Label::new(
                "Cochran-Armitage, exact",
                "Кокран–Армитидж, дәл",
                "Кокрана — Армитиджа, точный",
            ),
        ),
        n: shares.iter().map(|share| share.trials).sum(),
        p: cochran_armitage::exact(&groups).map(|tails| tails.two_sided),
    })
}

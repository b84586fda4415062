//! How long engagements last: medians by Kaplan and Meier, in groups.
//!
//! The curve itself is the table `survival`: its rows are steps and not groups.

use std::collections::BTreeMap;

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::factors::{self, Factor};
use crate::analyse::lengths::{self, Gap, Length, Lengths};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::adjust;
use crate::analyse::statistics::log_rank;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::survival::{KaplanMeier, Observed, kaplan_meier};
use crate::analyse::table::SURPRISING;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, chance, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "durations",
    title: Label::new(
        "How long engagements last, in days",
        "Медиация қанша уақытқа созылады, күнмен",
        "Как долго длится посредничество, в днях",
    ),
    needs: &[Concept::Case, Concept::Start],
    needs_threshold: false,
    compute,
};

/// The exchanges of a log-rank test, and the seed of their order.
const RESAMPLES: u32 = 9999;
const SEED: u64 = 1;

/// The test of a factor, by both readings of the dates.
struct Test {
    by: Label,
    /// By the shortest and by the longest lengths.
    p: std::result::Result<[f64; 2], NotComputable>,
    /// The larger one, adjusted for the number of factors: no difference rests on how an imprecise date is
    /// read.
    adjusted: Option<f64>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let lengths = lengths::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let everything = Label::new("all", "барлығы", "все");
    let everything = Cell::Code("all".to_owned(), everything);
    let mut rows = vec![row(
        selection,
        &lengths,
        [&everything, &everything],
        &base,
        None,
    )];
    let factors: Vec<Factor> = [factors::period(selection)?]
        .into_iter()
        .chain(factors::depth(selection)?)
        .chain(factors::declared(selection)?)
        .collect();
    let tests = tests(&factors, &lengths, &base);
    for (factor, test) in factors.into_iter().zip(&tests) {
        let (groups, without) = factor.groups(&base);
        let by = Cell::Code(factor.key, factor.label);
        for ((code, label), cases) in factor.codes.into_iter().zip(&groups) {
            let group = Cell::Code(code, label);
            rows.push(row(selection, &lengths, [&by, &group], cases, Some(test)));
        }
        if !without.is_empty() {
            let none = Label::new("none or unknown", "жоқ не белгісіз", "нет или неизвестно");
            let none = Cell::Code("none_or_unknown".to_owned(), none);
            rows.push(row(selection, &lengths, [&by, &none], &without, None));
        }
    }
    let known = lengths::known(&lengths, &base).len();
    Ok(Answer {
        denominator: Label::new(
            "mediations of the group with a known start, and an end that is known or still to come",
            "топтағы басы белгілі, соңы белгілі не әлі алда тұрған медиациялар",
            "посредничества группы с известным началом и концом известным или ещё не наступившим",
        ),
        method: Label::new(
            "Median by Kaplan and Meier (1958) with Greenwood's variance; {level} interval on the scale of log(-log) (Brookmeyer and Crowley 1982). Open mediations are censored at the date of the view. Days count from the first to the last, both included. Dates are ranges: the shortest length is from the latest start to the earliest end, the longest from the earliest start to the latest end, and the interval reaches from the lower limit of the shortest to the upper limit of the longest. p: log-rank statistic of Mantel (1966), computed again after each of {resamples} exchanges of cases between the groups, seed {seed} (Heimann and Neuhaus 1998), by the shortest and by the longest lengths; without the cases of no group. Holm: the larger of the two, adjusted for all groupings of this table together (Holm 1979).",
            "Каплан–Мейер медианасы (1958), Гринвуд дисперсиясымен; log(-log) шкаласындағы {level} интервал (Brookmeyer, Crowley 1982). Ашық медиациялар көрініс күнінде цензураланады. Күндер біріншісінен соңғысына дейін қоса саналады. Күндер аралық болса: ең қысқа ұзақтық — ең кеш басынан ең ерте соңына дейін, ең ұзағы — ең ерте басынан ең кеш соңына дейін, ал интервал ең қысқасының төменгі шегінен ең ұзағының жоғарғы шегіне дейін. p: Мантельдің лог-ранк статистикасы (1966), жағдайларды топтар арасында {resamples} рет алмастырып, әр ретте қайта есептелген, бастапқы сан {seed} (Heimann, Neuhaus 1998), ең қысқа және ең ұзақ ұзақтық бойынша; топсыз жағдайлар кірмейді. Холм: екеуінің үлкені, осы кестенің барлық бөлінісіне ортақ түзетумен (Holm 1979).",
            "Медиана по Каплану и Мейеру (1958) с дисперсией Гринвуда; {level} интервал в шкале log(-log) (Brookmeyer, Crowley 1982). Открытые посредничества цензурированы на дату вида. Дни считаются с первого по последний включительно. Даты — диапазоны: кратчайшая длительность — от позднейшего начала до раннейшего конца, наибольшая — от раннейшего начала до позднейшего конца, а интервал — от нижней границы кратчайшей до верхней границы наибольшей. p: лог-ранговая статистика Мантеля (1966), вычисленная заново после каждой из {resamples} перестановок случаев между группами, начальное число {seed} (Heimann, Neuhaus 1998), по кратчайшим и по наибольшим длительностям; без случаев вне групп. Холм: большее из двух с поправкой на все разрезы этой таблицы (Holm 1979).",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("resamples", &Label::plain(RESAMPLES.to_string())),
            ("seed", &Label::plain(SEED.to_string())),
        ]),
        notes: notes(&lengths, &base),
        reading: reading(selection, &lengths, &base, &tests),
        columns: columns(),
        rows,
        ..Answer::of(Unit::Case, known, base.len() - known)
    })
}

fn columns() -> Vec<Column> {
    let number = |name: &str, label| Column::new(name, label, Measure::Number);
    let count = |name: &str, label| Column::new(name, label, Measure::Count);
    vec![
        Column::new("by", Label::new("By", "Бойынша", "По"), Measure::Text),
        Column::new("group", Label::new("Group", "Топ", "Группа"), Measure::Text),
        count("n", Label::plain("n")),
        count(
            "ended",
            Label::new("Surely ended", "Анық аяқталған", "Точно завершено"),
        ),
        count(
            "open",
            Label::new(
                "Open, or perhaps",
                "Ашық не мүмкін ашық",
                "Открыто или, возможно",
            ),
        ),
        count(
            "unknown",
            Label::new("Dates unknown", "Күні белгісіз", "Даты неизвестны"),
        ),
        number(
            "median_shortest",
            Label::new(
                "Median, shortest",
                "Медиана, ең қысқа",
                "Медиана, кратчайшая",
            ),
        ),
        number(
            "median_longest",
            Label::new("Median, longest", "Медиана, ең ұзақ", "Медиана, наибольшая"),
        ),
        number("low", Label::new("From", "Бастап", "От")),
        number("high", Label::new("To", "Дейін", "До")),
        number(
            "p_shortest",
            Label::new("p, shortest", "p, ең қысқа", "p, кратчайшая"),
        ),
        number(
            "p_longest",
            Label::new("p, longest", "p, ең ұзақ", "p, наибольшая"),
        ),
        number("p_holm", Label::new("p (Holm)", "p (Холм)", "p (Холм)")),
    ]
}

/// The two curves of these cases: by their shortest and by their longest lengths.
fn curves(
    selection: &Selection,
    known: &[Length],
) -> std::result::Result<[KaplanMeier; 2], NotComputable> {
    let curve = |read: fn(&Length) -> Observed| {
        let cases: Vec<Observed> = known.iter().map(read).collect();
        kaplan_meier(&cases, selection.level)
    };
    Ok([
        curve(|length| length.shortest)?,
        curve(|length| length.longest)?,
    ])
}

fn row(
    selection: &Selection,
    lengths: &Lengths,
    [by, group]: [&Cell; 2],
    cases: &[&Engagement],
    test: Option<&Test>,
) -> Vec<Cell> {
    let known = lengths::known(lengths, cases);
    let ended = known.iter().filter(|length| length.longest.is_event);
    let ended = ended.count() as u64;
    let n = known.len() as u64;
    let mut row = vec![
        by.clone(),
        group.clone(),
        Cell::Count(n),
        Cell::Count(ended),
        Cell::Count(n - ended),
        Cell::Count(cases.len() as u64 - n),
    ];
    let curves = curves(selection, &known).ok();
    let of = |days: &dyn Fn(&[KaplanMeier; 2]) -> Option<f64>| {
        let days = curves.as_ref().and_then(days);
        days.map_or(Cell::Missing(Reason::Na), Cell::Number)
    };
    row.extend([
        of(&|[shortest, _]| shortest.median),
        of(&|[_, longest]| longest.median),
        of(&|[shortest, _]| shortest.median_interval.0),
        of(&|[_, longest]| longest.median_interval.1),
    ]);
    let p = |value: Option<f64>| value.map_or(Cell::Missing(Reason::Na), Cell::Probability);
    let both = test.and_then(|test| test.p.ok());
    row.extend([
        p(both.map(|[shortest, _]| shortest)),
        p(both.map(|[_, longest]| longest)),
        p(test.and_then(|test| test.adjusted)),
    ]);
    row
}

/// Whether the groups of each factor differ.
fn tests(factors: &[Factor], lengths: &Lengths, base: &[&Engagement]) -> Vec<Test> {
    let p: Vec<_> = factors
        .iter()
        .map(|factor| differ(factor, lengths, base))
        .collect();
    let larger: Vec<Option<f64>> = p
        .iter()
        .map(|p| Some(p.as_ref().ok()?.iter().copied().fold(0.0, f64::max)))
        .collect();
    let adjusted = adjust::holm(&larger).unwrap_or_else(|_| vec![None; p.len()]);
    let tests = factors.iter().zip(p).zip(adjusted);
    tests
        .map(|((factor, p), adjusted)| Test {
            by: factor.label.clone(),
            p,
            adjusted,
        })
        .collect()
}

/// The p that the groups of a factor do not differ, by the shortest and by the longest lengths.
fn differ(
    factor: &Factor,
    lengths: &Lengths,
    base: &[&Engagement],
) -> std::result::Result<[f64; 2], NotComputable> {
    let (groups, _) = factor.groups(base);
    let test = |read: fn(&Length) -> Observed| {
        let observed: Vec<Vec<Observed>> = groups
            .iter()
            .map(|cases| lengths::known(lengths, cases).iter().map(read).collect())
            .collect();
        log_rank::by_permutation(&observed, RESAMPLES, SEED)
    };
    Ok([
        test(|length| length.shortest)?,
        test(|length| length.longest)?,
    ])
}

fn notes(lengths: &Lengths, base: &[&Engagement]) -> Vec<Label> {
    let mut gaps: BTreeMap<Gap, usize> = BTreeMap::new();
    for case in base {
        if let Some(Err(gap)) = lengths.get(&case.case) {
            *gaps.entry(*gap).or_default() += 1;
        }
    }
    let mut notes: Vec<Label> = gaps
        .into_iter()
        .map(|(gap, n)| {
            let text = match gap {
                Gap::Start => Label::new(
                    "Left out for want of a start: {n}.",
                    "Басы белгісіз болғандықтан алынбады: {n}.",
                    "Опущено, нет начала: {n}.",
                ),
                Gap::End => Label::new(
                    "Left out for want of an end: {n}. They are not open, only the day is not known.",
                    "Соңы белгісіз болғандықтан алынбады: {n}. Олар ашық емес, тек күні белгісіз.",
                    "Опущено, нет конца: {n}. Они не открыты, неизвестен лишь день.",
                ),
            };
            text.fill(&[("n", &Label::plain(n.to_string()))])
        })
        .collect();
    notes.push(Label::new(
        "p is not the chi-squared approximation of the log-rank test that other programs print: with a few cases a group that one can be far off, and it may call clear what this test does not.",
        "p — басқа бағдарламалар беретін лог-ранк сынағының хи-квадрат жуықтауы емес: топта бірер жағдай болса, ол тым қате болуы және бұл сынақ айқын демегенді айқын деуі мүмкін.",
        "p не есть приближение хи-квадрат лог-рангового критерия, которое печатают другие программы: при немногих случаях в группе оно бывает грубо неверным и может назвать явным то, что этот критерий явным не называет.",
    ));
    notes.push(Label::new(
        "How long an engagement lasted is no measure of its success: the table does not say how it ended.",
        "Медиацияның ұзақтығы оның табысының өлшемі емес: кесте оның немен аяқталғанын айтпайды.",
        "Длительность не мера успеха: чем посредничество кончилось, таблица не говорит.",
    ));
    notes
}

fn reading(
    selection: &Selection,
    lengths: &Lengths,
    base: &[&Engagement],
    tests: &[Test],
) -> Vec<Label> {
    let known = lengths::known(lengths, base);
    let Ok([shortest, longest]) = curves(selection, &known) else {
        return Vec::new();
    };
    let days = |days: f64| decimal(days, 0);
    let n = Label::plain(shortest.n.to_string());
    let mut reading = vec![match (shortest.median, longest.median) {
        (Some(short), Some(long)) if short < long => Label::new(
            "Median length of the {n} mediations with known dates: {short} days by the shortest lengths that the dates allow, {long} by the longest.",
            "Күндері белгілі {n} медиацияның медианалық ұзақтығы: күндер рұқсат ететін ең қысқа ұзақтықпен {short} күн, ең ұзағымен {long}.",
            "Медианная длительность посредничеств с известными датами ({n}): {short} дн. при кратчайших длительностях, допускаемых датами, {long} при наибольших.",
        )
        .fill(&[("n", &n), ("short", &days(short)), ("long", &days(long))]),
        (Some(median), Some(_)) => Label::new(
            "Median length of the {n} mediations with known dates: {median} days.",
            "Күндері белгілі {n} медиацияның медианалық ұзақтығы: {median} күн.",
            "Медианная длительность посредничеств с известными датами ({n}): {median} дн.",
        )
        .fill(&[("n", &n), ("median", &days(median))]),
        _ => Label::new(
            "With {n} mediations of known dates the record gives no median: too few are surely over.",
            "Күндері белгілі {n} медиация бойынша дерек медиана бермейді: анық аяқталғаны тым аз.",
            "По {n} посредничествам с известными датами запись медианы не даёт: точно завершённых слишком мало.",
        )
        .fill(&[("n", &n)]),
    }];
    reading.push(
        match (shortest.median_interval.0, longest.median_interval.1) {
            (Some(low), Some(high)) => Label::new(
                "The {level} interval for that median runs from {low} to {high} days.",
                "Бұл медиананың {level} интервалы: {low}–{high} күн.",
                "{level} интервал этой медианы: от {low} до {high} дн.",
            )
            .fill(&[
                ("low", &days(low)),
                ("high", &days(high)),
                ("level", &percent(selection.level.get())),
            ]),
            _ => Label::new(
                "The record does not bound the median on both sides.",
                "Дерек медиананы екі жағынан шектемейді.",
                "Запись не ограничивает медиану с обеих сторон.",
            ),
        },
    );
    reading.extend(tests.iter().map(verdict));
    reading
}

/// What a test says, in words.
fn verdict(test: &Test) -> Label {
    let by = &test.by;
    let [shortest, longest] = match test.p {
        Ok(p) => p,
        Err(reason) => {
            return Label::plain("{by}: {reason}.")
                .fill(&[("by", by), ("reason", &reason.label())]);
        }
    };
    let adjusted = test.adjusted.unwrap_or(1.0);
    let text = if adjusted < SURPRISING {
        Label::new(
            "Lengths by “{by}”: a difference this clear would be rare by chance, {tests}.",
            "«{by}» бойынша ұзақтық: мұндай айқын айырма кездейсоқ сирек болар еді, {tests}.",
            "Длительность по признаку «{by}»: столь явное различие случайно было бы редким, {tests}.",
        )
    } else {
        Label::new(
            "Lengths by “{by}”: the record does not settle whether they differ, {tests}.",
            "«{by}» бойынша ұзақтық: өзгеше ме, дерек шешпейді, {tests}.",
            "Длительность по признаку «{by}»: запись не решает, различается ли она, {tests}.",
        )
    };
    let tests = Label::new(
        "by the permuted log-rank test {shortest} with the shortest lengths, {longest} with the longest, and with all groupings taken together (Holm) {adjusted}",
        "алмастырылған лог-ранк сынағы бойынша ең қысқа ұзақтықпен {shortest}, ең ұзағымен {longest}, бөліністер бірге алынғанда (Холм) {adjusted}",
        "по перестановочному лог-ранговому критерию {shortest} при кратчайших длительностях, {longest} при наибольших, а с поправкой на все разрезы (Холм) {adjusted}",
    )
    .fill(&[
        ("shortest", &chance(shortest)),
        ("longest", &chance(longest)),
        ("adjusted", &chance(adjusted)),
    ]);
    text.fill(&[("by", by), ("tests", &tests)])
}

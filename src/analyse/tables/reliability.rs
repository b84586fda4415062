//! How far coders agree, variable by variable.

use std::collections::BTreeSet;

use crate::analyse::coders;
use crate::analyse::coders::agreement::{Agreement, Compared, RESAMPLES, SEED, agreement};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::{Answer, Cell, Column, TableSpec, names};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use crate::validate::codings::{Coded, Given};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "reliability",
    title: Label::new(
        "How far the coders agree",
        "Кодтаушылар қаншалықты келіседі",
        "Насколько согласны кодировщики",
    ),
    needs: &[Concept::Coder],
    needs_threshold: false,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let codings = selection.data.codings();
    let coders: Vec<&str> = codings.coders().into_iter().collect();
    let mut rows = Vec::new();
    let mut values: Vec<(&Coded, Agreement)> = Vec::new();
    for coded in &codings.variables {
        let of = |compared| agreement(codings, coded, compared, selection.level);
        let is_silent = codings.codings.iter().any(|coding| {
            coding.variable == coded.key && matches!(coding.given, Given::Missing(_))
        });
        if let Some(found) = of(Compared::Values) {
            rows.push(row(coded, Compared::Values, &found));
            values.push((coded, found));
        }
        if let Some(found) = of(Compared::Missing).filter(|_| is_silent) {
            rows.push(row(coded, Compared::Missing, &found));
        }
    }
    let cases = codings.cases();
    let by_two = cases.iter().filter(|case| {
        let who: BTreeSet<_> = codings
            .codings
            .iter()
            .filter(|coding| coding.case == **case)
            .filter_map(|coding| coding.coder.as_ref())
            .collect();
        who.len() > 1
    });
    let n = by_two.count();
    let text = |number: usize| Label::plain(number.to_string());
    Ok(Answer {
        view: Some(coders::VIEW),
        denominator: Label::new(
            "the cases (for the uptake of roles: the roles of cases) that two coders or more coded, in each row by itself",
            "әр жолда кемінде екі кодтаушы кодтаған жағдайлар (рөлдің қабылдануы үшін — жағдайлардың рөлдері)",
            "случаи (для принятия ролей — роли случаев), кодированные двумя и более, в каждой строке отдельно",
        ),
        method: Label::new(
            "{coders} coders. \"Value\" compares the values where coders gave one; \"given or not\" compares whether there is a value and, if not, the reason: a missing value is never a code. Pairwise: mean agreement of all pairs of values (Fleiss 1971); unanimous: cases on which all agree. {kappa}; AC: Gwet's AC1, for ordered codes AC2 with ordinal weights (Gwet 2008); alpha: Krippendorff (2019), its distance by scale, for sets of codes MASI (Passonneau 2006); nominal alpha: the same for ordered codes as if they had no order. AC counts the categories that coders could choose from, used or not. {level} intervals of alpha by drawing cases again, {resamples} times (seed {seed}). Pulled down by: without this case or coder alpha is highest.",
            "Кодтаушылар саны: {coders}. «Мән» кодтаушылар мән берген жерде мәндерді салыстырады; «берілді ме» мәннің бар-жоғын және жоқ болса себебін салыстырады: жоқ мән ешқашан код емес. Жұптық: мән жұптарының орташа келісімі (Fleiss 1971); бірауыздан: бәрі келіскен жағдайлар. {kappa}; AC: Гветтің AC1 көрсеткіші, реттелген кодтар үшін реттік салмақты AC2 (Gwet 2008); альфа: Krippendorff (2019), арақашықтығы шкаласы бойынша, код жиындары үшін MASI (Passonneau 2006); номиналды альфа: реттелген кодтар үшін, реті жоқтай. AC кодтаушылар таңдай алған санаттарды, қолданылмағандарын да санайды. Альфаның {level} интервалдары — жағдайларды қайта іріктеу, {resamples} рет (seed {seed}). Төмендететіні: сол жағдайсыз немесе кодтаушысыз альфа ең жоғары.",
            "Кодировщиков: {coders}. «Значение» сравнивает значения там, где они даны; «дано ли» — есть ли значение и если нет, то почему: отсутствие никогда не код. Попарно: среднее согласие всех пар значений (Fleiss 1971); единогласно: случаи, где согласны все. {kappa}; AC: AC1 Гвета, для упорядоченных кодов AC2 с порядковыми весами (Gwet 2008); альфа: Krippendorff (2019), расстояние по шкале, для множеств кодов MASI (Passonneau 2006); номинальная альфа: она же для упорядоченных кодов, как если бы порядка не было. AC учитывает категории, из которых кодировщики могли выбирать, и неиспользованные. Интервалы альфы {level} — повторным отбором случаев, {resamples} раз (seed {seed}). Снижает: без этого случая или кодировщика альфа наибольшая.",
        )
        .fill(&[
            ("coders", &text(coders.len())),
            ("kappa", &kappa(coders.len())),
            ("level", &percent(selection.level.get())),
            ("resamples", &Label::plain(RESAMPLES.to_string())),
            ("seed", &Label::plain(SEED.to_string())),
        ]),
        notes: vec![
            Label::new(
                "Agreement shows that the protocol is clear, not that the codes are true.",
                "Келісім кодтардың ақиқаттығын емес, хаттаманың анықтығын көрсетеді.",
                "Согласие показывает ясность протокола, а не истинность кодов.",
            ),
            Label::new(
                "With so few cases one of them can move alpha by tenths, and where nearly all values are the same alpha may be low although coders hardly differ: read it beside the pairwise agreement.",
                "Жағдай аз болғанда біреуі альфаны ондықтарға өзгерте алады, ал мәндердің дерлік бәрі бірдей болса, кодтаушылар дерлік келіссе де альфа төмен болуы мүмкін: оны жұптық келісіммен бірге оқыңыз.",
                "При столь малом числе случаев один из них может сдвинуть альфу на десятые, а где почти все значения одинаковы, альфа бывает низкой, хотя кодировщики почти не расходятся: читайте её вместе с попарным согласием.",
            ),
        ],
        reading: reading(&values),
        sources: Some(BTreeSet::new()),
        columns: columns(),
        rows,
        ..Answer::of(Unit::Case, n, cases.len() - n)
    })
}

fn kappa(coders: usize) -> Label {
    if coders == 2 {
        Label::new(
            "Kappa: Cohen's, for ordered codes with quadratic weights (Cohen 1960, 1968)",
            "Каппа: Коэннің, реттелген кодтар үшін квадраттық салмақпен (Cohen 1960, 1968)",
            "Каппа: Коэна, для упорядоченных кодов с квадратичными весами (Cohen 1960, 1968)",
        )
    } else {
        Label::new(
            "Kappa: Fleiss', without weights, over the cases that all coded (Fleiss 1971)",
            "Каппа: Флейстің, салмақсыз, бәрі кодтаған жағдайлар бойынша (Fleiss 1971)",
            "Каппа: Флейса, без весов, по случаям, кодированным всеми (Fleiss 1971)",
        )
    }
}

const VALUE: Label = Label::new("value", "мән", "значение");
const MISSING: Label = Label::new("given or not", "берілді ме", "дано ли");

fn row(coded: &Coded, compared: Compared, found: &Agreement) -> Vec<Cell> {
    let number = |value: &std::result::Result<f64, NotComputable>| match value {
        Ok(value) => Cell::Number(*value),
        Err(_) => Cell::Missing(Reason::Na),
    };
    let limit = |read: fn(&crate::model::estimate::Estimate) -> f64| {
        number(&found.interval.as_ref().map(read).map_err(|reason| *reason))
    };
    let names = |names: &[String]| match names {
        [] => Cell::Missing(Reason::Na),
        names => Cell::Text(Label::plain(names.join(", "))),
    };
    let (code, label) = match compared {
        Compared::Values => ("value", VALUE),
        Compared::Missing => ("missing", MISSING),
    };
    vec![
        Cell::Code(coded.key.clone(), coded.label.clone()),
        Cell::Code(code.to_owned(), label),
        Cell::Code(found.scale.code().to_owned(), found.scale.label()),
        Cell::Count(found.cases as u64),
        number(&found.pairwise),
        found
            .unanimous
            .map_or(Cell::Missing(Reason::Na), Cell::Share),
        number(&found.kappa),
        number(&found.gwet),
        number(&found.alpha),
        limit(|estimate| estimate.low),
        limit(|estimate| estimate.high),
        found
            .nominal
            .as_ref()
            .map_or(Cell::Missing(Reason::Na), number),
        match (&found.alpha, &found.interval) {
            (Err(reason), _) => {
                let (code, words) = in_words(found, *reason);
                Cell::Code(code.to_owned(), words)
            }
            (Ok(_), Err(reason)) => {
                let text = Label::new(
                    "interval {reason}",
                    "интервал {reason}",
                    "интервал {reason}",
                );
                Cell::Code(
                    format!("no_interval_{}", reason.code()),
                    text.fill(&[("reason", &reason.label())]),
                )
            }
            (Ok(_), Ok(_)) => Cell::Missing(Reason::Na),
        },
        names(&found.case),
        names(&found.coder),
    ]
}

/// Why there is no alpha. That all gave the same one value is perfect agreement and yet no alpha: there is
/// nothing to be told apart by.
fn in_words(found: &Agreement, reason: NotComputable) -> (&'static str, Label) {
    let all_the_same = found.pairwise.is_ok_and(|pairwise| pairwise >= 1.0);
    match reason {
        NotComputable::OneCategory | NotComputable::NoVariation if all_the_same => (
            "all_the_same",
            Label::new(
                "all gave one and the same value, so chance cannot be told from agreement",
                "бәрі бір ғана мән берді, сондықтан кездейсоқтықты келісімнен ажырату мүмкін емес",
                "все дали одно и то же значение, так что случайность не отличить от согласия",
            ),
        ),
        reason => (reason.code(), reason.label()),
    }
}

fn columns() -> Vec<Column> {
    let number = |name: &str, label: Label| Column::new(name, label, Measure::Number);
    let text = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    vec![
        text("variable", Label::new("Variable", "Айнымалы", "Переменная")),
        Column::coded(
            "compared",
            Label::new("Compared", "Не салыстырылады", "Что сравнивается"),
            Measure::Nominal,
            vec![("value".to_owned(), VALUE), ("missing".to_owned(), MISSING)],
        ),
        text("scale", Label::new("Scale", "Шкала", "Шкала")),
        Column::new(
            "cases",
            Label::new("By two or more", "Екі не одан көп", "Двумя и более"),
            Measure::Count,
        ),
        number("pairwise", Label::new("Pairwise", "Жұптық", "Попарно")),
        Column::new(
            "unanimous",
            Label::new("Unanimous", "Бірауыздан", "Единогласно"),
            Measure::Share,
        ),
        number("kappa", Label::new("Kappa", "Каппа", "Каппа")),
        number("ac", Label::plain("AC")),
        number("alpha", Label::new("Alpha", "Альфа", "Альфа")),
        number("alpha_low", Label::new("from", "бастап", "от")),
        number("alpha_high", Label::new("to", "дейін", "до")),
        number(
            "alpha_nominal",
            Label::new("Nominal alpha", "Номиналды альфа", "Номинальная альфа"),
        ),
        text("in_words", Label::new("In words", "Сөзбен", "Словами")),
        text(
            "case",
            Label::new(
                "Pulled down by case",
                "Төмендететін жағдай",
                "Снижает случай",
            ),
        ),
        text(
            "coder",
            Label::new(
                "Pulled down by coder",
                "Төмендететін кодтаушы",
                "Снижает кодировщик",
            ),
        ),
    ]
}

/// How many variables reach the usual marks, which stands lowest, and what the order of codes adds; with
/// how many cases, and whether there is an interval.
fn reading(values: &[(&Coded, Agreement)]) -> Vec<Label> {
    let mut known: Vec<(&Coded, &Agreement, f64)> = values
        .iter()
        .filter_map(|(coded, found)| Some((*coded, found, found.alpha.ok()?)))
        .collect();
    known.sort_by(|(.., one), (.., other)| one.total_cmp(other));
    let Some((_, found, alpha)) = known.first() else {
        return Vec::new();
    };
    let lowest = known.iter().filter(|(.., other)| other - alpha < 1e-9);
    let lowest: Vec<&Label> = lowest.map(|(coded, ..)| &coded.label).collect();
    let on = if lowest.len() == 1 {
        Label::join([&Label::plain(" ("), &basis(found), &Label::plain(")")], "")
    } else {
        Label::plain("")
    };
    // Krippendorff's marks: reliable from 0.8, tentative from 0.667.
    let reached = |mark: f64| {
        let reached = known.iter().filter(|(.., alpha)| *alpha >= mark);
        let found: Vec<&Agreement> = reached.map(|(_, found, _)| *found).collect();
        let with = found.iter().filter(|found| found.interval.is_ok()).count();
        let cases = || found.iter().map(|found| found.cases);
        let few = cases().min().zip(cases().max());
        let few = few.filter(|(least, most)| least < most);
        let text = match few {
            Some(_) => Label::new(
                "{n}, {with} of them with an interval ({least} to {most} cases each)",
                "{n}, оның {with} интервалы бар (әрқайсысында {least}–{most} жағдай)",
                "{n}, из них с интервалом {with} (по {least}–{most} сл.)",
            ),
            None => Label::new(
                "{n}, {with} of them with an interval",
                "{n}, оның {with} интервалы бар",
                "{n}, из них с интервалом {with}",
            ),
        };
        let (least, most) = few.unwrap_or_default();
        text.fill(&[
            ("n", &count(found.len())),
            ("with", &count(with)),
            ("least", &count(least)),
            ("most", &count(most)),
        ])
    };
    let finding = Label::new(
        "Of {n} variables with Krippendorff's alpha, 0.8 is reached by {good}.",
        "Альфасы (Krippendorff) бар {n} айнымалыдан 0,8 шегіне жеткені: {good}.",
        "Из {n} переменных с альфой (Krippendorff) порога 0,8 достигают {good}.",
    );
    let lower = Label::new(
        "0.667, the lower of his two marks, is reached by {fair}. The lowest is “{lowest}”: {alpha}{basis}.",
        "Оның екі шегінің төменгісіне, 0,667-ге, жеткені: {fair}. Ең төменгісі — {lowest}: {alpha}{basis}.",
        "Низшего из двух его порогов, 0,667, достигают {fair}. Ниже всего {lowest}: {alpha}{basis}.",
    );
    let mut reading = vec![
        finding.fill(&[("n", &count(known.len())), ("good", &reached(0.8))]),
        lower.fill(&[
            ("fair", &reached(0.667)),
            ("lowest", &names::tied(lowest)),
            ("alpha", &decimal(*alpha, 2)),
            ("basis", &on),
        ]),
    ];
    let ordered: Vec<Label> = values.iter().filter_map(beside).collect();
    if !ordered.is_empty() {
        let text = Label::new(
            "Alpha of ordered codes, which forgives near misses, and as if they had no order: {each}.",
            "Жақын қателерді кешіретін реттелген кодтар альфасы және реті жоқтай альфа: {each}.",
            "Альфа упорядоченных кодов, которая прощает близкие ошибки, и она же без порядка: {each}.",
        );
        reading.push(text.fill(&[("each", &Label::join(&ordered, "; "))]));
    }
    let undefined = values.len() - known.len();
    if undefined > 0 {
        let text = Label::new(
            "Variables without alpha: {undefined}, because coders gave one value only or too few.",
            "{undefined} айнымалыда альфа жоқ: кодтаушылар бір ғана мән берді немесе мәндер тым аз.",
            "Для {undefined} переменных альфы нет: кодировщики дали лишь одно значение или слишком мало.",
        );
        reading.push(text.fill(&[("undefined", &count(undefined))]));
    }
    reading
}

fn count(number: usize) -> Label {
    Label::plain(number.to_string())
}

/// The alpha of an ordered variable beside the one without its order.
fn beside((coded, found): &(&Coded, Agreement)) -> Option<Label> {
    let (alpha, nominal) = (found.alpha.ok()?, found.nominal?.ok()?);
    let text = Label::new(
        "“{variable}” {alpha} and {nominal} ({basis})",
        "«{variable}» {alpha} және {nominal} ({basis})",
        "«{variable}» {alpha} и {nominal} ({basis})",
    );
    Some(text.fill(&[
        ("variable", &coded.label),
        ("alpha", &decimal(alpha, 3)),
        ("nominal", &decimal(nominal, 3)),
        ("basis", &basis(found)),
    ]))
}

/// On how many cases an alpha rests, and the interval or that there is none.
fn basis(found: &Agreement) -> Label {
    let n = count(found.cases);
    match found.interval {
        Ok(interval) => Label::new(
            "n = {n}, interval {low} to {high}",
            "n = {n}, интервал {low} – {high}",
            "n = {n}, интервал {low} – {high}",
        )
        .fill(&[
            ("n", &n),
            ("low", &decimal(interval.low, 2)),
            ("high", &decimal(interval.high, 2)),
        ]),
        Err(_) => Label::new(
            "n = {n}, no interval",
            "n = {n}, интервал жоқ",
            "n = {n}, интервала нет",
        )
        .fill(&[("n", &n)]),
    }
}

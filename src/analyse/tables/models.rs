//! What success goes with when few cases succeeded: logistic regressions of the study's choice.

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::factors::{self, Factor};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::firth::{self, Coefficient};
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::{Cell, Column, Table, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::study::{PERIOD, ROLE};
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "models",
    title: Label::new(
        "What success goes with: logistic regressions",
        "Табыс немен қатар жүреді: логистикалық регрессиялар",
        "С чем связан успех: логистические регрессии",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_cut: true,
    compute,
};

/// Successes for each term below which a model of several is not computed, unless the study says.
const LEAST: u64 = 5;

/// How a reader is told that nothing is settled; the p stands beside it.
const SURPRISING: f64 = 0.05;

/// A model as asked for: its name in other programs, its name for a reader, its predictors.
struct Asked {
    code: String,
    label: Label,
    factors: Vec<Factor>,
}

/// A column of the regression.
struct Term {
    label: Label,
    values: Vec<f64>,
}

/// Why a model has no numbers.
enum Refusal {
    /// More terms than the rarer of the two results can carry.
    Overfitted,
    /// The regression has no value.
    NotComputable(NotComputable),
}

/// A model with the cases that it is about.
struct Fitted {
    asked: Asked,
    terms: Vec<Term>,
    n: u64,
    successes: u64,
    coefficients: std::result::Result<Vec<Coefficient>, Refusal>,
}

fn compute(spec: &TableSpec, selection: &Selection) -> Result<Table> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let least = selection.study().events_per_variable.unwrap_or(LEAST);
    let success = factors::success(selection, &all);
    let models: Vec<Fitted> = asked(selection, &all)
        .into_iter()
        .zip(success.iter().cycle())
        .map(|(model, success)| Fitted::of(model, success, &base, (least, selection)))
        .collect();
    let known = base.iter().filter(|case| case.outcome.is_some()).count();
    Ok(Table {
        name: spec.name,
        title: spec.title.clone(),
        unit: Unit::Case,
        view: selection.view.clone(),
        window: selection.window,
        n: known,
        missing: base.len() - known,
        denominator: Label::new(
            "n of each model: the mediations with a known outcome and all its predictors known",
            "әр модельдің n саны: нәтижесі мен барлық айнымалылары белгілі медиациялар",
            "n каждой модели: посредничества с известным исходом и всеми переменными",
        ),
        method: Label::new(
            "Logistic regression with Firth's penalty (Firth 1993), which has finite estimates where few succeeded; odds ratios, limits of {level} and p by the profile of the penalised likelihood (Heinze and Schemper 2002). What has an order counts in steps of its scale, as if each step were as long; what has none, each category against the most frequent one. A model of several terms is refused with fewer than {least} successes for each, or failures if those are fewer (Peduzzi et al. 1996 advise 10, Vittinghoff and McCulloch 2007 accept 5). p is not adjusted for the number of models.",
            "Фирт айыбы бар логистикалық регрессия (Firth 1993): табыс аз болса да бағалары ақырлы; мүмкіндіктер қатынасы, {level} шектер және p айыпты шындыққа ұқсастық профилі бойынша (Heinze, Schemper 2002). Реті бар белгі шкала қадамымен саналады, қадамдар тең деп алынады; реті жоғының әр санаты ең жиісімен салыстырылады. Бірнеше мүшелі модель әр мүшеге {least} табыстан (сәтсіздік азырақ болса — сәтсіздіктен) аз келсе есептелмейді (Peduzzi және т.б. 1996 — 10, Vittinghoff, McCulloch 2007 — 5). p модельдер санына түзетілмеген.",
            "Логистическая регрессия со штрафом Фирта (Firth 1993), дающая конечные оценки при немногих успехах; отношения шансов, границы {level} и p по профилю штрафованного правдоподобия (Heinze, Schemper 2002). Упорядоченное считается шагами шкалы, будто шаги равны; у неупорядоченного каждая категория сравнивается с самой частой. Модель из нескольких членов не вычисляется, если на каждый приходится меньше {least} успехов (или неудач, если их меньше) (Peduzzi и др. 1996 советуют 10, Vittinghoff, McCulloch 2007 допускают 5). p без поправки на число моделей.",
        )
        .fill(&[
            ("level", &percent(selection.level.get())),
            ("least", &Label::plain(least.to_string())),
        ]),
        notes: vec![Label::new(
            "A model takes the cases as if they were independent, and only what became a mediation is among them: it describes this record and is no effect of what is in it.",
            "Модель жағдайларды тәуелсіз деп алады, ал олардың арасында тек медиацияға айналғандар бар: ол осы деректі сипаттайды, әсер емес.",
            "Модель считает случаи независимыми, и среди них лишь то, что стало посредничеством: она описывает эту запись и не есть эффект.",
        )],
        reading: reading(&models),
        sources: selection.sources()?,
        columns: columns(),
        rows: models.iter().flat_map(|model| model.rows(least)).collect(),
    })
}

fn columns() -> Vec<Column> {
    let text = |name: &str, label| Column::new(name, label, Measure::Text);
    let number = |name: &str, label| Column::new(name, label, Measure::Number);
    let count = |name: &str, label| Column::new(name, label, Measure::Count);
    vec![
        Column::new("model", Label::new("Model", "Модель", "Модель"), Measure::Identifier),
        text("term", Label::new("Term", "Мүше", "Член")),
        count("n", Label::plain("n")),
        count("successes", Label::new("Successes", "Табыстар", "Успехи")),
        number(
            "events_per_variable",
            Label::new(
                "Successes (failures) a term",
                "Мүшеге табыс (сәтсіздік)",
                "Успехов (неудач) на член",
            ),
        ),
        number(
            "odds_ratio",
            Label::new("Odds ratio", "Мүмкіндіктер қатынасы", "Отношение шансов"),
        ),
        number("low", Label::new("From", "Бастап", "От")),
        number("high", Label::new("To", "Дейін", "До")),
        number("p", Label::plain("p")),
        text("in_words", Label::new("In words", "Сөзбен", "Словами")),
    ]
}

/// The models of the study; without any, one for the period, one for the deepest role and one for
/// each variable by which success is cut.
fn asked(selection: &Selection, all: &[Engagement]) -> Vec<Asked> {
    let study = selection.study();
    let factors = |names: &[&str]| -> Vec<Factor> {
        let named = names.iter().map(|name| factors::named(selection, all, name));
        named.flatten().collect()
    };
    if study.models.is_empty() {
        let by = study.success.iter().flat_map(|success| &success.by);
        return [PERIOD, ROLE]
            .into_iter()
            .chain(by.map(|key| key.get_ref().as_str()))
            .filter_map(|name| {
                let factor = factors::named(selection, all, name)?;
                Some(Asked {
                    code: name.to_owned(),
                    label: factor.label.clone(),
                    factors: vec![factor],
                })
            })
            .collect();
    }
    study
        .models
        .iter()
        .map(|model| {
            let names: Vec<&str> = model.predictors.iter().map(|name| name.get_ref().as_str()).collect();
            Asked {
                code: model.name.get_ref().clone(),
                label: model.label.clone(),
                factors: factors(&names),
            }
        })
        .collect()
}

/// The columns that a factor becomes for these cases, each of which has a value.
#[expect(clippy::cast_precision_loss, reason = "positions on a scale are small")]
fn terms(factor: &Factor, cases: &[&Engagement]) -> Vec<Term> {
    let positions: Vec<usize> = cases.iter().filter_map(|case| factor.of(case)).collect();
    if factor.is_ordered {
        let step = Label::new("{factor}, a step up", "{factor}, бір қадам жоғары", "{factor}, на шаг выше");
        return vec![Term {
            label: step.fill(&[("factor", &factor.label)]),
            values: positions.iter().map(|position| *position as f64).collect(),
        }];
    }
    let count = |at: usize| positions.iter().filter(|position| **position == at).count();
    // Of categories that are equally frequent the first one is compared with.
    let Some(reference) = (0..factor.codes.len()).rev().max_by_key(|at| count(*at)) else {
        return Vec::new();
    };
    let against = Label::new(
        "{category} against {reference}",
        "{category}, {reference} дегенге қарсы",
        "{category} против {reference}",
    );
    (0..factor.codes.len())
        .filter(|at| *at != reference && count(*at) > 0)
        .map(|at| Term {
            label: against.fill(&[
                ("category", &factor.codes[at].1),
                ("reference", &factor.codes[reference].1),
            ]),
            values: positions
                .iter()
                .map(|position| f64::from(u8::from(*position == at)))
                .collect(),
        })
        .collect()
}

impl Fitted {
    fn of(
        asked: Asked,
        success: &Factor,
        base: &[&Engagement],
        (least, selection): (u64, &Selection),
    ) -> Self {
        let complete: Vec<&Engagement> = base
            .iter()
            .copied()
            .filter(|case| asked.factors.iter().all(|factor| factor.of(case).is_some()))
            .filter(|case| success.of(case).is_some())
            .collect();
        let has_succeeded: Vec<bool> = complete
            .iter()
            .map(|case| success.of(case) == Some(1))
            .collect();
        let terms: Vec<Term> = asked
            .factors
            .iter()
            .flat_map(|factor| terms(factor, &complete))
            .collect();
        let mut fitted = Self {
            asked,
            terms,
            n: complete.len() as u64,
            successes: has_succeeded.iter().filter(|yes| **yes).count() as u64,
            coefficients: Ok(Vec::new()),
        };
        fitted.coefficients = fitted.fit(&has_succeeded, (least, selection));
        fitted
    }

    /// The successes, or the failures if those are fewer: what a regression can be fitted to.
    fn events(&self) -> u64 {
        self.successes.min(self.n - self.successes)
    }

    fn fit(
        &self,
        has_succeeded: &[bool],
        (least, selection): (u64, &Selection),
    ) -> std::result::Result<Vec<Coefficient>, Refusal> {
        let reason = |reason| Err(Refusal::NotComputable(reason));
        let varies = |term: &Term| term.values.iter().any(|value| (value - term.values[0]).abs() > 0.5);
        if self.n == 0 {
            return reason(NotComputable::NoData);
        }
        if self.terms.is_empty() {
            return reason(NotComputable::OneCategory);
        }
        if self.events() == 0 || !self.terms.iter().all(varies) {
            return reason(NotComputable::NoVariation);
        }
        let terms = self.terms.len() as u64;
        if terms > 1 && self.events() < least.saturating_mul(terms) {
            return Err(Refusal::Overfitted);
        }
        let rows: Vec<firth::Row> = has_succeeded
            .iter()
            .enumerate()
            .map(|(case, outcome)| firth::Row {
                values: self.terms.iter().map(|term| term.values[case]).collect(),
                outcome: *outcome,
                count: 1,
            })
            .collect();
        let fitted = firth::logistic(&rows, selection.level).map_err(Refusal::NotComputable)?;
        Ok(fitted.coefficients.into_iter().skip(1).collect())
    }

    /// A row per term; one row that says why if the model has no numbers.
    fn rows(&self, least: u64) -> Vec<Vec<Cell>> {
        let none = || Cell::Missing(Reason::Na);
        let start = |term: Label| {
            vec![
                Cell::Code(self.asked.code.clone(), self.asked.label.clone()),
                Cell::Text(term),
                Cell::Count(self.n),
                Cell::Count(self.successes),
                self.events_per_term().map_or_else(none, Cell::Number),
            ]
        };
        match &self.coefficients {
            Ok(coefficients) => self
                .terms
                .iter()
                .zip(coefficients)
                .map(|(term, coefficient)| {
                    let (low, high) = coefficient.interval;
                    let mut row = start(term.label.clone());
                    row.extend([coefficient.estimate, low, high].map(|limit| Cell::Number(limit.exp())));
                    row.push(Cell::Probability(coefficient.p));
                    row.push(Cell::Text(in_words(coefficient)));
                    row
                })
                .collect(),
            Err(refusal) => {
                let names = self.asked.factors.iter().map(|factor| &factor.label);
                let mut row = start(Label::join(names, "; "));
                row.extend([none(), none(), none(), none()]);
                row.push(Cell::Text(self.because(refusal, least)));
                vec![row]
            }
        }
    }

    fn events_per_term(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of cases and terms are small")]
        let (events, terms) = (self.events() as f64, self.terms.len() as f64);
        (terms > 0.0).then(|| events / terms)
    }

    fn because(&self, refusal: &Refusal, least: u64) -> Label {
        match refusal {
            Refusal::NotComputable(reason) => reason.label(),
            Refusal::Overfitted => Label::new(
                "not computed: {terms} terms for {events} cases of the rarer result, fewer than {least} for each",
                "есептелмеді: сирек нәтиженің {events} жағдайына {terms} мүше, әрқайсысына {least} жағдайдан аз",
                "не вычислено: членов {terms} на {events} случаев более редкого исхода, меньше {least} на каждый",
            )
            .fill(&[
                ("terms", &Label::plain(self.terms.len().to_string())),
                ("events", &Label::plain(self.events().to_string())),
                ("least", &Label::plain(least.to_string())),
            ]),
        }
    }
}

fn in_words(coefficient: &Coefficient) -> Label {
    let (low, high) = coefficient.interval;
    let text = if coefficient.p < SURPRISING {
        Label::new(
            "so clear a link would be rare by chance: odds from {low} to {high} times",
            "мұндай айқын байланыс кездейсоқ сирек болар еді: мүмкіндік {low}–{high} есе",
            "столь явная связь случайно была бы редкой: шансы от {low} до {high} раза",
        )
    } else {
        Label::new(
            "not settled: compatible with odds from {low} to {high} times",
            "шешілмеген: мүмкіндіктің {low}–{high} есе болуына сәйкес",
            "не решено: совместимо с шансами от {low} до {high} раза",
        )
    };
    text.fill(&[("low", &decimal(low.exp(), 2)), ("high", &decimal(high.exp(), 1))])
}

fn reading(models: &[Fitted]) -> Vec<Label> {
    let refused = models.iter().filter(|model| model.coefficients.is_err()).count();
    let coefficients: Vec<&Coefficient> = models
        .iter()
        .filter_map(|model| model.coefficients.as_ref().ok())
        .flatten()
        .collect();
    let clear = coefficients.iter().filter(|one| one.p < SURPRISING).count();
    let number = |n: usize| Label::plain(n.to_string());
    if models.is_empty() {
        return Vec::new();
    }
    let text = Label::new(
        "Of {models} models {refused} have no numbers, since the record is too small for them or does not vary; of the {terms} terms of the others, {clear} would be rare by chance, and of the rest the record settles not even the direction.",
        "{models} модельдің {refused} саны жоқ: дерек оларға тым аз не өзгермейді; қалғандарының {terms} мүшесінің {clear} кездейсоқ сирек болар еді, өзгелерінің бағытын да дерек шешпейді.",
        "Из {models} моделей без чисел {refused}: запись для них мала или не различается; из {terms} членов остальных случайно редкими были бы {clear}, у прочих запись не решает даже направления.",
    );
    vec![text.fill(&[
        ("models", &number(models.len())),
        ("refused", &number(refused)),
        ("terms", &number(coefficients.len())),
        ("clear", &number(clear)),
    ])]
}

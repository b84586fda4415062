//! What success goes with when few cases succeeded: logistic regressions of the study's choice.

mod regression;

use crate::analyse::engagements::{self, Engagement};
use crate::analyse::selection::Selection;
use crate::analyse::statistics::firth::Coefficient;
use crate::analyse::table::SURPRISING;
use crate::analyse::{Answer, Cell, Column, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::model::measure::{Measure, decimal, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;
use regression::{Fitted, Refusal};

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "models",
    title: Label::new(
        "What success goes with: logistic regressions",
        "Табыс немен қатар жүреді: логистикалық регрессиялар",
        "С чем связан успех: логистические регрессии",
    ),
    needs: &[Concept::Case, Concept::Outcome],
    needs_threshold: true,
    compute,
};

fn compute(selection: &Selection) -> Result<Answer> {
    let all = engagements::all(selection)?;
    let base: Vec<&Engagement> = all.iter().filter(|case| case.is_base).collect();
    let least = regression::least(selection);
    let models = regression::fitted(selection, &base)?;
    let known = base.iter().filter(|case| case.outcome.is_some()).count();
    Ok(Answer {
        denominator: Label::new(
            "n of each model: the mediations with a known outcome and all its predictors known",
            "әр модельдің n саны: нәтижесі мен барлық айнымалылары белгілі медиациялар",
            "n каждой модели: посредничества с известным исходом и всеми переменными",
        ),
        method: Label::new(
            "Logistic regression with Firth's penalty (Firth 1993), which has finite estimates where few succeeded; odds ratios, limits of {level} and p by the profile of the penalised likelihood (Heinze and Schemper 2002). What has an order counts in steps of its scale, as if each step were as long; what has none, each category against the most frequent one. A model is refused with fewer than {least} successes for each term, or failures if those are fewer (Peduzzi et al. 1996 advise 10, Vittinghoff and McCulloch 2007 accept 5). p is not adjusted for the number of models.",
            "Фирт айыбы бар логистикалық регрессия (Firth 1993): табыс аз болса да бағалары ақырлы; мүмкіндіктер қатынасы, {level} шектер және p айыпты шындыққа ұқсастық профилі бойынша (Heinze, Schemper 2002). Реті бар белгі шкала қадамымен саналады, қадамдар тең деп алынады; реті жоғының әр санаты ең жиісімен салыстырылады. Әр мүшеге {least} табыстан (сәтсіздік азырақ болса — сәтсіздіктен) аз келсе, модель есептелмейді (Peduzzi және т.б. 1996 — 10, Vittinghoff, McCulloch 2007 — 5). p модельдер санына түзетілмеген.",
            "Логистическая регрессия со штрафом Фирта (Firth 1993), дающая конечные оценки при немногих успехах; отношения шансов, границы {level} и p по профилю штрафованного правдоподобия (Heinze, Schemper 2002). Упорядоченное считается шагами шкалы, будто шаги равны; у неупорядоченного каждая категория сравнивается с самой частой. Модель не вычисляется, если на каждый член приходится меньше {least} успехов (или неудач, если их меньше) (Peduzzi и др. 1996 советуют 10, Vittinghoff, McCulloch 2007 допускают 5). p без поправки на число моделей.",
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
        columns: columns(),
        rows: models.iter().flat_map(|model| rows(model, least)).collect(),
        ..Answer::of(Unit::Case, known, base.len() - known)
    })
}

fn columns() -> Vec<Column> {
    let text = |name: &str, label| Column::new(name, label, Measure::Text);
    let number = |name: &str, label| Column::new(name, label, Measure::Number);
    let count = |name: &str, label| Column::new(name, label, Measure::Count);
    vec![
        Column::new(
            "model",
            Label::new("Model", "Модель", "Модель"),
            Measure::Identifier,
        ),
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

/// A row per term; one row that says why if the model has no numbers.
fn rows(model: &Fitted, least: u64) -> Vec<Vec<Cell>> {
    let none = || Cell::Missing(Reason::Na);
    let start = |term: Label| {
        vec![
            Cell::Code(model.asked.code.clone(), model.asked.label.clone()),
            Cell::Text(term),
            Cell::Count(model.n),
            Cell::Count(model.successes),
            model.events_per_term().map_or_else(none, Cell::Number),
        ]
    };
    match &model.coefficients {
        Ok(coefficients) => model
            .terms
            .iter()
            .zip(coefficients)
            .map(|(term, coefficient)| {
                let (low, high) = coefficient.interval;
                let odds = [coefficient.estimate, low, high].map(f64::exp);
                let mut row = start(term.label.clone());
                row.extend(odds.map(Cell::Number));
                row.push(Cell::Probability(coefficient.p));
                row.push(Cell::Text(in_words(coefficient)));
                row
            })
            .collect(),
        Err(refusal) => {
            let names = model.asked.factors.iter().map(|factor| &factor.label);
            let mut row = start(Label::join(names, "; "));
            row.extend([none(), none(), none(), none()]);
            row.push(Cell::Text(because(model, refusal, least)));
            vec![row]
        }
    }
}

fn because(model: &Fitted, refusal: &Refusal, least: u64) -> Label {
    match refusal {
        Refusal::NotComputable(reason) => reason.label(),
        Refusal::TooFewEvents => Label::new(
            "not computed: terms {terms}, cases of the rarer result {events}, fewer than {least} for each term",
            "есептелмеді: мүше {terms}, сирек нәтиже {events} жағдай, әр мүшеге {least} жағдайдан аз",
            "не вычислено: членов {terms}, случаев более редкого исхода {events}, меньше {least} на каждый член",
        )
        .fill(&[
            ("terms", &Label::plain(model.terms.len().to_string())),
            ("events", &Label::plain(model.events().to_string())),
            ("least", &Label::plain(least.to_string())),
        ]),
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
    text.fill(&[("low", &times(low.exp())), ("high", &times(high.exp()))])
}

/// An odds ratio in a sentence; a small one is not rounded away.
fn times(odds: f64) -> Label {
    decimal(odds, if odds < 0.1 { 3 } else { 2 })
}

fn reading(models: &[Fitted]) -> Vec<Label> {
    let number = |n: usize| Label::plain(n.to_string());
    let computed = models
        .iter()
        .filter_map(|model| model.coefficients.as_ref().ok());
    let p: Vec<f64> = computed.flatten().map(|one| one.p).collect();
    let clear = p.iter().filter(|p| **p < SURPRISING).count();
    let mut reading = Vec::new();
    if !p.is_empty() {
        let text = if clear == 0 {
            Label::new(
                "Nothing that could be computed can be shown to go with success: {names}.",
                "Есептелген ешбір белгінің табыспен байланысты екенін көрсету мүмкін емес: {names}.",
                "Ни для одного из оценённых признаков нельзя показать связь с успехом: {names}.",
            )
        } else {
            Label::new(
                "Of {terms} terms of the models of {names}, {clear} go with success so clearly that chance alone would rarely show it; of the others not even the direction can be told.",
                "Модельдердегі ({names}) {terms} параметрдің {clear} параметрі табыспен кездейсоқ сирек болатындай айқын байланысты; өзгелерінің бағытын да айту мүмкін емес.",
                "Из параметров моделей ({names}), которых {terms}, с успехом столь явно, как случайно бывает редко, связаны {clear}; у прочих нельзя назвать даже направления.",
            )
        };
        let names = models.iter().filter(|model| model.coefficients.is_ok());
        let names = Label::join(names.map(|model| &model.asked.label), ", ");
        reading.push(text.fill(&[
            ("terms", &number(p.len())),
            ("clear", &number(clear)),
            ("names", &names),
        ]));
    }
    let refused = models.iter().filter(|model| model.coefficients.is_err());
    let refused = refused.count();
    if refused > 0 {
        let text = Label::new(
            "Of {models} models {refused} could not be computed; the last column says why.",
            "{models} модельдің {refused} моделі есептелмеді; себебі соңғы бағанда.",
            "Из моделей, которых {models}, не удалось оценить {refused}; почему, сказано в последнем столбце.",
        );
        reading.push(text.fill(&[
            ("refused", &number(refused)),
            ("models", &number(models.len())),
        ]));
    }
    reading
}

//! What the data say of each claim, as its source saw the record and as the record is asked now.

use crate::analyse::claims::{self, Judged, Survival, Verdict};
use crate::analyse::selection::Selection;
use crate::analyse::{Cell, Column, Table, TableSpec};
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::{Measure, percent};
use crate::model::missing::Reason;
use crate::model::unit::Unit;

pub(in crate::analyse) static SPEC: TableSpec = TableSpec {
    name: "claims",
    title: Label::new(
        "What the data say of each claim",
        "Әр тұжырым туралы дерек не дейді",
        "Что данные говорят о каждом утверждении",
    ),
    needs: &[Concept::Case],
    needs_cut: false,
    compute,
};

/// The verdicts of a view, with how they fare when it is asked otherwise.
struct View<'a> {
    label: Label,
    judged: Vec<Judged<'a>>,
    survival: Vec<Survival>,
}

fn compute(spec: &TableSpec, selection: &Selection) -> Result<Table> {
    let claims = claims::of(spec.name, selection)?;
    let view = |selection: &Selection| -> Result<View<'_>> {
        let judged = claims::judge(claims, selection)?;
        Ok(View {
            label: selection.view.clone(),
            survival: claims::survival(claims, selection, &judged)?,
            judged,
        })
    };
    let then = claims::then(claims, selection)?;
    let then = then.as_ref().map(view).transpose()?;
    let now = view(selection)?;
    let testable = now
        .judged
        .iter()
        .filter(|one| !one.tests.is_empty())
        .count();
    let mut sources = selection.sources()?;
    sources.extend(claims.source.iter().map(|source| source.get_ref().clone()));
    let rows = now.judged.iter().enumerate().map(|(at, judged)| {
        let claim = judged.claim;
        let mut row = vec![
            Cell::Text(Label::plain(&claim.id)),
            Cell::Text(Label::plain(&claim.paragraph)),
            Cell::Text(claim.text.clone()),
        ];
        row.extend(then.as_ref().map_or_else(unseen, |view| seen(view, at)));
        row.extend(seen(&now, at));
        row.push(Cell::Text(claim.cannot_show.clone()));
        row
    });
    let rows = rows.collect();
    let mut reading: Vec<Label> = then.iter().chain([&now]).map(tally).collect();
    reading.insert(
        0,
        Label::new(
            "Of {n} claims {testable} can be tested with data of this kind.",
            "{n} тұжырымның {testable} осындай дерекпен тексеріледі.",
            "Из {n} утверждений данными такого рода проверяемы {testable}.",
        )
        .fill(&[
            ("n", &number(now.judged.len())),
            ("testable", &number(testable)),
        ]),
    );
    Ok(Table {
        name: spec.name,
        title: spec.title.clone(),
        unit: Unit::Claim,
        view: selection.view.clone(),
        window: selection.window,
        n: testable,
        missing: now.judged.len() - testable,
        denominator: Label::new(
            "runs of the sensitivity analysis that ask about the claim",
            "тұжырым туралы сұрайтын сезімталдық есептеулері",
            "прогоны анализа чувствительности, которые спрашивают об утверждении",
        ),
        method: method(selection),
        notes: notes(),
        reading,
        sources,
        columns: columns(),
        rows,
    })
}

fn number(n: usize) -> Label {
    Label::plain(n.to_string())
}

fn method(selection: &Selection) -> Label {
    Label::new(
        "Each claim is held against numbers with thresholds that were written, in claims.toml, before the numbers were computed; the table of tests has both. It is supported or contradicted if every number lies on that side, with its {level} interval and whatever the unknown values turn out to be; it only points there, not settled, if chance or an unknown value could take one from that side; else it is mixed. Runs: how many of those that leave out a case, take a second code, or treat unknown, uncertain or borderline cases otherwise give the same direction.",
        "Әр тұжырым сандармен салыстырылады; олардың шектері claims.toml файлында сандар есептелмей тұрып жазылған, екеуі де сынақтар кестесінде. Әр сан {level} интервалымен және белгісіз мәндер қандай болып шықса да бір жақта жатса — расталады не теріске шығады; кездейсоқтық не белгісіз мән бірін ол жақтан әкете алса — тек бағытталған, шешілмеген; әйтпесе аралас. Есептеулер: жағдайды алып тастайтын, екінші кодты алатын, белгісіз, күмәнді не шектес жағдайларды басқаша қарайтындардың қаншасы сол бағытты береді.",
        "Каждое утверждение сопоставлено с числами, чьи пороги записаны в claims.toml до вычисления чисел; те и другие есть в таблице проверок. Оно подтверждается или опровергается, если каждое число лежит по ту сторону вместе с {level} интервалом и при любых неизвестных значениях; лишь указывает туда, не решено, если случайность или неизвестное значение могли бы увести одно из них; иначе смешанно. Прогоны: сколько из тех, что исключают случай, берут второй код или иначе трактуют неизвестное, неуверенное и пограничное, дают то же направление.",
    )
    .fill(&[("level", &percent(selection.level.get()))])
}

fn notes() -> Vec<Label> {
    vec![
        Label::new(
            "A claim that is supported is in agreement with this record. The record was partly coded from the source of the claims, and neither shows why.",
            "Расталған тұжырым осы дерекпен үйлеседі. Дерек ішінара тұжырымдардың өз көзінен кодталған, ал екеуі де себебін көрсетпейді.",
            "Подтверждённое утверждение согласуется с этой записью. Запись отчасти закодирована по самому источнику утверждений, и ни то ни другое не показывает почему.",
        ),
        Label::new(
            "Intervals take the units as if they were independent, which meetings of one process are not: of such numbers even a firm verdict is less firm than it looks.",
            "Интервалдар бірліктерді тәуелсіз деп алады, ал бір процестің кездесулері олай емес: мұндай сандардың нық үкімі де көрінгендей нық емес.",
            "Интервалы считают единицы независимыми, а встречи одного процесса таковы не являются: здесь и твёрдый вердикт менее твёрд, чем кажется.",
        ),
    ]
}

/// How many claims have each verdict in a view.
fn tally(view: &View) -> Label {
    let counted = Verdict::ALL.into_iter().filter_map(|verdict| {
        let n = view.judged.iter().filter(|one| one.verdict == verdict);
        let n = n.count();
        (n > 0 && verdict != Verdict::NotTestable).then(|| {
            Label::plain("{verdict} – {n}")
                .fill(&[("verdict", &verdict.label()), ("n", &number(n))])
        })
    });
    let counted: Vec<Label> = counted.collect();
    let turned = view
        .survival
        .iter()
        .filter(|survival| survival.same < survival.runs);
    Label::new(
        "{view}: {counted}. Verdicts that turn in some run: {turned}.",
        "{view}: {counted}. Кейбір есептеуде аударылатын үкімдер: {turned}.",
        "{view}: {counted}. Вердиктов, меняющихся в каком-либо прогоне: {turned}.",
    )
    .fill(&[
        ("view", &view.label),
        ("counted", &Label::join(&counted, "; ")),
        ("turned", &number(turned.count())),
    ])
}

/// The verdict of a claim in a view, and in how many runs it is that.
fn seen(view: &View, at: usize) -> Vec<Cell> {
    let verdict = view.judged[at].verdict;
    let verdict_cell = Cell::Code(verdict.code().to_owned(), verdict.label());
    let survival = &view.survival[at];
    let has_direction = matches!(
        verdict.direction(),
        Verdict::Supported | Verdict::Mixed | Verdict::Contradicted
    );
    if survival.runs == 0 || !has_direction {
        return vec![
            verdict_cell,
            Cell::Missing(Reason::Na),
            Cell::Missing(Reason::Na),
        ];
    }
    let same = Share::counted(survival.same, survival.runs);
    let mut parts = vec![Label::new(
        "{same} of {runs}",
        "{runs} ішінен {same}",
        "{same} из {runs}",
    )];
    for (verdict, (n, first)) in &survival.others {
        let text = Label::new(
            "{verdict} in {n} ({first})",
            "{n} есептеуде {verdict} ({first})",
            "{verdict} в {n} ({first})",
        );
        let text = if *n > 1 {
            Label::new(
                "{verdict} in {n} (first: {first})",
                "{n} есептеуде {verdict} (біріншісі: {first})",
                "{verdict} в {n} (первый: {first})",
            )
        } else {
            text
        };
        parts.push(text.fill(&[
            ("verdict", &verdict.label()),
            ("n", &Label::plain(n.to_string())),
            ("first", first),
        ]));
    }
    let runs = Label::join(&parts, "; ").fill(&[
        ("same", &Label::plain(survival.same.to_string())),
        ("runs", &Label::plain(survival.runs.to_string())),
    ]);
    vec![verdict_cell, Cell::Share(same), Cell::Text(runs)]
}

/// The cells of a view that there is not.
fn unseen() -> Vec<Cell> {
    vec![Cell::Missing(Reason::Na); 3]
}

fn columns() -> Vec<Column> {
    let text = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    let codes: Vec<(String, Label)> = Verdict::ALL
        .map(|verdict| (verdict.code().to_owned(), verdict.label()))
        .to_vec();
    let verdict =
        |name: &str, label: Label| Column::coded(name, label, Measure::Ordinal, codes.clone());
    let same = |name: &str| {
        let label = Label::new("Same in runs", "Сол қалпында", "Прогонов так же");
        Column::new(name, label, Measure::Share)
    };
    let runs = Label::new("Runs in words", "Есептеулер сөзбен", "Прогоны словами");
    vec![
        text("id", Label::new("No.", "№", "№")),
        text("paragraph", Label::new("Paragraph", "Абзац", "Абзац")),
        text("claim", Label::new("Claim", "Тұжырым", "Утверждение")),
        verdict(
            "then",
            Label::new(
                "As its source saw it",
                "Дереккөз көргендей",
                "Как видел источник",
            ),
        ),
        same("then_same"),
        text("then_runs", runs.clone()),
        verdict("now", Label::new("As asked", "Сұралғандай", "Как спрошено")),
        same("now_same"),
        text("now_runs", runs),
        text(
            "cannot_show",
            Label::new(
                "What the data cannot show",
                "Дерек нені көрсете алмайды",
                "Чего данные не показывают",
            ),
        ),
    ]
}

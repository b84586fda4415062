//! What the data say of each claim, as its source saw the record and as the record is asked now.

use crate::analyse::claims::{self, Judged, Survival, Verdict};
use crate::analyse::selection::Selection;
use crate::analyse::{Answer, Cell, Column, TableSpec};
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
    needs_threshold: false,
    compute,
};

/// The verdicts of a view, with how they fare when it is asked otherwise.
struct View<'a> {
    label: Label,
    judged: Vec<Judged<'a>>,
    survival: Vec<Survival>,
}

fn compute(selection: &Selection) -> Result<Answer> {
    let claims = claims::of(SPEC.name, selection)?;
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
            "Of {n} claims {testable} can be tested with such data: {verdicts}.",
            "{n} тұжырымның {testable} тұжырымын осындай деректермен тексеруге болады: {verdicts}.",
            "Из {n} утверждений такими данными проверяемы {testable}: {verdicts}.",
        )
        .fill(&[
            ("n", &number(now.judged.len())),
            ("verdicts", &verdicts(&now)),
            ("testable", &number(testable)),
        ]),
    );
    Ok(Answer {
        denominator: Label::new(
            "runs of the sensitivity analysis that ask about the claim",
            "тұжырым туралы сұрайтын сезімталдық есептеулері",
            "прогоны анализа чувствительности, которые спрашивают об утверждении",
        ),
        method: method(selection),
        notes: notes(),
        reading,
        sources: Some(sources),
        columns: columns(then.as_ref().map(|view| &view.label), &now.label),
        rows,
        ..Answer::of(Unit::Claim, testable, now.judged.len() - testable)
    })
}

fn number(n: usize) -> Label {
    Label::plain(n.to_string())
}

fn method(selection: &Selection) -> Label {
    Label::new(
        "Each claim is tested against numbers with thresholds that were written, in claims.toml, before the numbers were computed; the table of tests has both. It is supported or contradicted if every number lies on that side, with its {level} interval and whatever the unknown values turn out to be; it only points there, not settled, if chance or an unknown value could take one from that side; it is open if one could even be taken to the other side; and it is mixed if the numbers disagree or one lies between its thresholds. Other runs leave out a case, take a second code or one coder's codes, or treat unknown, uncertain or borderline cases otherwise; those are counted in which every number of the claim can be formed.",
        "Әр тұжырым сандармен салыстырылады; олардың шектері claims.toml файлында сандар есептелмей тұрып жазылған, екеуі де сынақтар кестесінде. Әр сан {level} интервалымен және белгісіз мәндер қандай болып шықса да бір жақта жатса — расталады не теріске шығады; кездейсоқтық не белгісіз мән бірін ол жақтан әкете алса — тек бағытталған, шешілмеген; екінші жаққа да апара алса — ашық; сандар келіспесе не бірі шектердің арасында болса — аралас. Өзге есептеулер жағдайды алып тастайды, екінші кодты не бір кодтаушының кодтарын алады, белгісіз, күмәнді не шектес жағдайларды басқаша қарайды; тұжырымның әр саны құрылатындары ғана есептеледі.",
        "Каждое утверждение сопоставлено с числами, чьи пороги записаны в claims.toml до вычисления чисел; те и другие есть в таблице проверок. Оно подтверждается или опровергается, если каждое число лежит по ту сторону вместе с {level} интервалом и при любых неизвестных значениях; лишь указывает туда, не решено, если случайность или неизвестное значение могли бы увести одно из них; открыто, если могли бы увести и на другую сторону; смешанно, если числа расходятся или одно лежит между порогами. Другие прогоны исключают случай, берут второй код или коды одного кодировщика, иначе трактуют неизвестное, неуверенное и пограничное; считаются те, в которых получено каждое число утверждения.",
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
            "The cases of the two views overlap, so that neither verdict confirms the other; and other runs vary cases and codes, which makes a small number no larger.",
            "Екі көріністің жағдайлары қабаттасады, сондықтан бір үкім екіншісін растамайды; ал өзге есептеулер жағдайлар мен кодтарды ғана өзгертеді, аз санды көбейтпейді.",
            "Случаи двух видов пересекаются, и ни один вердикт не подтверждает другой; а другие прогоны меняют случаи и коды, но не делают малое число больше.",
        ),
        Label::new(
            "Meetings of one process are not independent of each other: an interval over events draws whole cases, and with fewer than ten of them there is none, so that no such verdict is firm.",
            "Бір процестің кездесулері бір-біріне тәуелді: оқиғалар бойынша аралық тұтас жағдайларды іріктейді, ал олар оннан аз болса, аралық жоқ, сондықтан мұндай үкімнің ешқайсысы нық емес.",
            "Встречи одного процесса зависят друг от друга: интервал по событиям строится выборкой целых случаев, а если их меньше десяти, его нет, и ни один такой вердикт не твёрд.",
        ),
    ]
}

/// How many claims have each verdict in a view.
fn verdicts(view: &View) -> Label {
    let counted = Verdict::ALL.into_iter().filter_map(|verdict| {
        let n = view.judged.iter().filter(|one| one.verdict == verdict);
        let n = n.count();
        (n > 0 && verdict != Verdict::NotTestable).then(|| {
            Label::plain("{verdict} {n}").fill(&[("verdict", &verdict.label()), ("n", &number(n))])
        })
    });
    let counted: Vec<Label> = counted.collect();
    Label::join(&counted, "; ")
}

/// How the verdicts of a view stand in other runs.
fn tally(view: &View) -> Label {
    let turned = view
        .survival
        .iter()
        .filter(|survival| survival.same < survival.runs);
    Label::new(
        "{view}: {counted}. Claims whose direction changes in at least one other run: {turned}.",
        "{view}: {counted}. Кемінде бір өзге есептеуде бағыты өзгеретін тұжырымдар: {turned}.",
        "{view}: {counted}. Утверждений, чьё направление меняется хотя бы в одном другом прогоне: {turned}.",
    )
    .fill(&[
        ("view", &view.label),
        ("counted", &verdicts(view)),
        ("turned", &number(turned.count())),
    ])
}

/// The verdict of a claim in a view, and in how many runs it is that.
fn seen(view: &View, at: usize) -> Vec<Cell> {
    let verdict = view.judged[at].verdict;
    let verdict_cell = Cell::Code(verdict.code().to_owned(), verdict.label());
    let survival = &view.survival[at];
    if survival.runs == 0 {
        return vec![
            verdict_cell,
            Cell::Missing(Reason::Na),
            Cell::Missing(Reason::Na),
        ];
    }
    let same = Share::counted(survival.same, survival.runs);
    let mut parts = vec![
        Label::new(
            "same direction in {same} of {runs}",
            "бағыты сол: {runs} ішінен {same}",
            "то же направление в {same} из {runs}",
        )
        .fill(&[
            ("same", &Label::plain(survival.same.to_string())),
            ("runs", &Label::plain(survival.runs.to_string())),
        ]),
    ];
    for (side, (n, first)) in &survival.others {
        let text = if *n > 1 {
            Label::new(
                "{towards} in {n} (for example: {first})",
                "{towards}: {n} (мысалы: {first})",
                "{towards} в {n} (например: {first})",
            )
        } else {
            Label::new(
                "{towards} in {n} ({first})",
                "{towards}: {n} ({first})",
                "{towards} в {n} ({first})",
            )
        };
        parts.push(text.fill(&[
            ("towards", &side.towards()),
            ("n", &Label::plain(n.to_string())),
            ("first", first),
        ]));
    }
    let runs = Cell::Text(Label::join(&parts, "; "));
    vec![verdict_cell, Cell::Share(same), runs]
}

/// The cells of a view that there is not.
fn unseen() -> Vec<Cell> {
    vec![Cell::Missing(Reason::Na); 3]
}

fn columns(then: Option<&Label>, now: &Label) -> Vec<Column> {
    let text = |name: &str, label: Label| Column::new(name, label, Measure::Text);
    let codes: Vec<(String, Label)> = Verdict::ALL
        .map(|verdict| (verdict.code().to_owned(), verdict.label()))
        .to_vec();
    let verdict =
        |name: &str, label: Label| Column::coded(name, label, Measure::Ordinal, codes.clone());
    let same = |name: &str| {
        let label = Label::new(
            "Same direction in runs",
            "Есептеулерде бағыты сол",
            "Прогонов того же направления",
        );
        Column::new(name, label, Measure::Share)
    };
    let runs = Label::new("In other runs", "Өзге есептеулерде", "В других прогонах");
    let of_source = Label::new("View of the source", "Дереккөз көрінісі", "Вид источника");
    vec![
        text("id", Label::new("No.", "№", "№")),
        text("paragraph", Label::new("Paragraph", "Абзац", "Абзац")),
        text("claim", Label::new("Claim", "Тұжырым", "Утверждение")),
        verdict("then", then.cloned().unwrap_or(of_source)),
        same("then_same"),
        text("then_runs", runs.clone()),
        verdict("now", now.clone()),
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

//! The page's own words, in one place and in every language.

mod script;

use std::collections::BTreeMap;

use crate::analyse::SELECTION;
use crate::model::estimate::Level;
use crate::model::label::{Label, Language};
use crate::model::measure::percent;
pub(super) use script::{facet, fact, script};

/// The words that the template asks for by name.
static WORDS: &[(&str, Label)] = &[
    (
        "skip",
        Label::new(
            "Skip to the results",
            "Нәтижелерге өту",
            "Перейти к результатам",
        ),
    ),
    ("contents", Label::new("Contents", "Мазмұны", "Содержание")),
    (
        "changed",
        Label::new("What changed", "Не өзгерді", "Что изменилось"),
    ),
    (
        "results",
        Label::new(
            "Figures and tables",
            "Суреттер мен кестелер",
            "Рисунки и таблицы",
        ),
    ),
    ("methods", Label::new("Methods", "Әдістер", "Методы")),
    ("selection", SELECTION),
    (
        "findings",
        Label::new(
            "Findings of the checks",
            "Тексеру нәтижелері",
            "Результаты проверки",
        ),
    ),
    (
        "skipped",
        Label::new("Not computed", "Есептелмеген кестелер", "Что не рассчитано"),
    ),
    ("sources", Label::new("Sources", "Дереккөздер", "Источники")),
    (
        "inputs",
        Label::new("Input files", "Кіріс файлдары", "Входные файлы"),
    ),
    ("view", Label::new("View", "Көрініс", "Вид")),
    (
        "coverage",
        Label::new("Record covers", "Дерек қамтыған уақыт", "Охват записи"),
    ),
    ("version", Label::new("Version", "Нұсқасы", "Версия")),
    ("licence", Label::new("Licence", "Лицензиясы", "Лицензия")),
    (
        "cite",
        Label::new("Cite as", "Дәйексөз үлгісі", "Как цитировать"),
    ),
    (
        "in_words",
        Label::new("The figure in words", "Сурет сөзбен", "Рисунок словами"),
    ),
    (
        "figure_files",
        Label::new("Figure as a file", "Сурет файл түрінде", "Рисунок файлом"),
    ),
    (
        "figure_numbers",
        Label::new("its numbers", "сандары", "его числа"),
    ),
    (
        "figure_facts",
        Label::new(
            "its words and method",
            "мәтіндері мен әдісі",
            "его тексты и метод",
        ),
    ),
    (
        "table_file",
        Label::new("Table as a file", "Кесте файл түрінде", "Таблица файлом"),
    ),
    ("no_rows", Label::new("No rows.", "Жол жоқ.", "Строк нет.")),
    (
        "findings_none",
        Label::new(
            "The checks found nothing: no errors, no warnings, no notes.",
            "Тексеру ештеңе таппады: қате де, ескерту де, ескертпе де жоқ.",
            "Проверка ничего не нашла: ни ошибок, ни предупреждений, ни примечаний.",
        ),
    ),
    ("rule", Label::new("Rule", "Ереже", "Правило")),
    (
        "severity",
        Label::new("Severity", "Ауырлығы", "Серьёзность"),
    ),
    ("place", Label::new("Place", "Орны", "Место")),
    ("value", Label::new("Value", "Мәні", "Значение")),
    ("problem", Label::new("Problem", "Мәселе", "В чём дело")),
    ("count", Label::new("Times", "Неше рет", "Сколько раз")),
    (
        "meant",
        Label::new("Probably meant:", "Мүмкін:", "Вероятно:"),
    ),
    (
        "skipped_none",
        Label::new(
            "Every table was computed.",
            "Барлық кесте есептелді.",
            "Все таблицы рассчитаны.",
        ),
    ),
    (
        "skipped_why",
        Label::new(
            "A table is left out when the codebook declares no variable for what it needs.",
            "Кестеге қажет айнымалы деректер сипаттамасында көрсетілмесе, кесте есептелмейді.",
            "Таблица не рассчитывается, если в описании данных нет нужной ей переменной.",
        ),
    ),
    (
        "lacks",
        Label::new("Lacking:", "Жетіспейтіні:", "Не хватает:"),
    ),
    (
        "sources_none",
        Label::new(
            "The data set lists no sources.",
            "Деректер жиынында дереккөздер тізімі жоқ.",
            "В наборе данных нет списка источников.",
        ),
    ),
    (
        "weak",
        Label::new("weak source", "әлсіз дереккөз", "слабый источник"),
    ),
    (
        "inputs_why",
        Label::new(
            "The report was made from these files and from nothing else.",
            "Есеп тек осы файлдардан жасалды.",
            "Отчёт сделан из этих файлов и ни из чего больше.",
        ),
    ),
    (
        "filter",
        Label::new(
            "Explore the record",
            "Деректерді зерттеу",
            "Исследовать запись",
        ),
    ),
    (
        "filter_why",
        Label::new(
            "Rows of tables that belong to other cases are hidden, marks of figures dimmed. What stands for all cases together, as totals, curves and models do, stays as it is. No number is computed anew: each is of the whole view.",
            "Кестелердегі басқа жағдайларға қатысты жолдар жасырылады, суреттердегі белгілер күңгірттенеді. Барлық жағдайды бірге білдіретіні – қосындылар, қисықтар, модельдер – өзгермейді. Ешбір сан қайта есептелмейді: әрқайсысы бүкіл көрініске қатысты.",
            "Строки таблиц о других случаях скрываются, знаки рисунков бледнеют. То, что относится ко всем случаям вместе, – итоги, кривые, модели – остаётся как есть. Ни одно число не пересчитывается: каждое относится ко всему виду.",
        ),
    ),
    (
        "filter_other",
        Label::new(
            "How to compute them for another view",
            "Оларды басқа көрініс үшін қалай есептеуге болады",
            "Как рассчитать их для другого вида",
        ),
    ),
    (
        "filter_any",
        Label::new("any", "кез келген", "любое значение"),
    ),
    (
        "filter_search",
        Label::new("Case or party", "Жағдай немесе тарап", "Случай или сторона"),
    ),
    (
        "filter_clear",
        Label::new("Clear the filter", "Сүзгіні тазалау", "Сбросить фильтр"),
    ),
    (
        "filter_change",
        Label::new("Change the filter", "Сүзгіні өзгерту", "Изменить фильтр"),
    ),
    (
        "marks_help",
        Label::new(
            "The arrow keys move between the marks of the figure, Escape closes the note on a mark.",
            "Жебе пернелер сурет белгілерінің арасында жылжытады, Escape белгі туралы жазбаны жабады.",
            "Клавиши со стрелками переводят от знака к знаку рисунка, Escape закрывает пояснение.",
        ),
    ),
    (
        "another",
        Label::new("Another view", "Басқа көрініс", "Другой вид"),
    ),
    (
        "another_why",
        Label::new(
            "Every number here is of the view named at the top. Other cases, another day, other periods or one coder are asked for on the command line, and everything is computed anew. The first line lists what there is to ask for.",
            "Мұндағы әр сан басында аталған көрініске қатысты. Басқа жағдайлар, басқа күн, басқа кезеңдер немесе бір кодтаушы командалық жолда сұралады, сонда бәрі қайта есептеледі. Бірінші жол не сұрауға болатынын көрсетеді.",
            "Все числа здесь относятся к виду, названному вверху. Другие случаи, другой день, другие периоды или одного кодировщика запрашивают в командной строке, и всё рассчитывается заново. Первая строка перечисляет, что можно запросить.",
        ),
    ),
    ("file", Label::new("File", "Файл", "Файл")),
    ("bytes", Label::new("Bytes", "Байт", "Байт")),
];

/// The words that the template asks for by name, in one language.
pub(super) fn all(language: Language) -> BTreeMap<&'static str, String> {
    in_language(WORDS, language)
}

fn in_language(
    words: &[(&'static str, Label)],
    language: Language,
) -> BTreeMap<&'static str, String> {
    words
        .iter()
        .map(|(name, label)| (*name, label.get(language).to_owned()))
        .collect()
}

fn number(n: usize) -> Label {
    Label::plain(n.to_string())
}

/// `Figure 2`.
pub(super) fn figure(n: usize) -> Label {
    Label::new("Figure {n}", "{n}-сурет", "Рисунок {n}").fill(&[("n", &number(n))])
}

/// `Table 2`.
pub(super) fn table(n: usize) -> Label {
    Label::new("Table {n}", "{n}-кесте", "Таблица {n}").fill(&[("n", &number(n))])
}

/// `12 rows`.
pub(super) fn rows(n: usize) -> Label {
    let one = Label::new("1 row", "1 жол", "1 строка");
    let many = Label::new("{n} rows", "{n} жол", "строк: {n}");
    if n == 1 {
        one
    } else {
        many.fill(&[("n", &number(n))])
    }
}

/// How the shares of a table are written; without an interval if none has a level.
pub(super) fn shares(level: Option<Level>) -> Label {
    let Some(level) = level else {
        return Label::new(
            "units that have the property / units of which it is known · percentage",
            "қасиеті бар бірліктер / қасиеті белгілі бірліктер · пайыз",
            "единицы с признаком / единицы, о которых он известен · процент",
        );
    };
    Label::new(
        "units that have the property / units of which it is known · percentage [{level} interval]",
        "қасиеті бар бірліктер / қасиеті белгілі бірліктер · пайыз [{level} сенімділік интервалы]",
        "единицы с признаком / единицы, о которых он известен · процент [доверительный интервал, {level}]",
    )
    .fill(&[("level", &percent(level.get()))])
}

/// What the facts of a table call the way its shares are written.
pub(super) const SHARES: Label = Label::new("Shares read", "Үлес жазылуы", "Запись долей");

/// What the facts of a table call its sources.
pub(super) const SOURCES: Label = Label::new("Sources", "Дереккөздер", "Источники");

/// How many findings there are of each severity.
pub(super) fn found(errors: usize, warnings: usize, notes: usize) -> Label {
    Label::new(
        "Errors: {errors}; warnings: {warnings}; notes: {notes}. The checks speak English.",
        "Қате: {errors}; ескерту: {warnings}; ескертпе: {notes}. Тексеру хабарлары ағылшын тілінде.",
        "Ошибок: {errors}; предупреждений: {warnings}; примечаний: {notes}. Сообщения проверки — на английском языке.",
    )
    .fill(&[
        ("errors", &number(errors)),
        ("warnings", &number(warnings)),
        ("notes", &number(notes)),
    ])
}

/// What made the page.
pub(super) fn colophon(version: &str) -> Label {
    Label::new(
        "Made by bitim {version}. The same files give the same report, byte for byte.",
        "bitim {version} жасаған. Дәл сол файлдардан дәл сол есеп шығады, байтына дейін.",
        "Сделано программой bitim {version}. Из тех же файлов получается тот же отчёт, байт в байт.",
    )
    .fill(&[("version", &Label::plain(version))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_every_language_and_one_name() {
        let mut names: Vec<&str> = WORDS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|one, two| one < two), "a name twice");
        for (name, label) in WORDS {
            for language in Language::ALL {
                assert!(!label.get(language).is_empty(), "{name} {language:?}");
            }
        }
    }

    #[test]
    fn every_word_is_asked_for() {
        for (name, _) in WORDS {
            let asked = format!("words.{name} ");
            assert!(super::super::TEMPLATE.contains(&asked), "{name}");
        }
    }
}

//! How much differs, in one line.

use crate::analyse::diff::{Counts, Diff};
use crate::model::label::{Label, Language};

/// `mine 1.0.0 → mine 1.1.0 (all cases)`.
pub(super) fn releases(diff: &Diff, language: Language) -> String {
    let (old, new) = (&diff.old, &diff.new);
    format!(
        "{} {} → {} {} ({})",
        old.name,
        old.version,
        new.name,
        new.version,
        diff.view.get(language)
    )
}

/// What is counted, in the order of [`counts`]: one of them and several in English, Kazakh, Russian.
///
/// Kazakh and Russian have the number last, so that no word depends on it.
static COUNTED: [[&str; 4]; 15] = [
    [
        "{n} case added",
        "{n} cases added",
        "қосылған жағдай: {n}",
        "добавлено случаев: {n}",
    ],
    [
        "{n} case removed",
        "{n} cases removed",
        "алынған жағдай: {n}",
        "удалено случаев: {n}",
    ],
    [
        "{n} other row added",
        "{n} other rows added",
        "қосылған өзге жол: {n}",
        "добавлено прочих строк: {n}",
    ],
    [
        "{n} other row removed",
        "{n} other rows removed",
        "алынған өзге жол: {n}",
        "удалено прочих строк: {n}",
    ],
    [
        "{n} code changed",
        "{n} codes changed",
        "өзгерген код: {n}",
        "изменено кодов: {n}",
    ],
    [
        "{n} text reworded",
        "{n} texts reworded",
        "қайта жазылған мәтін: {n}",
        "переписано текстов: {n}",
    ],
    [
        "{n} setting changed",
        "{n} settings changed",
        "өзгерген параметр: {n}",
        "изменено параметров: {n}",
    ],
    [
        "{n} label changed",
        "{n} labels changed",
        "өзгерген атау: {n}",
        "изменено названий: {n}",
    ],
    [
        "{n} published value moved{within}",
        "{n} published values moved{within}",
        "өзгерген жарияланған мән: {n}{within}",
        "изменилось опубликованных значений: {n}{within}",
    ],
    [
        "{n} published row added",
        "{n} published rows added",
        "қосылған жарияланған жол: {n}",
        "добавлено опубликованных строк: {n}",
    ],
    [
        "{n} published row removed",
        "{n} published rows removed",
        "алынған жарияланған жол: {n}",
        "удалено опубликованных строк: {n}",
    ],
    [
        "{n} published column added or removed",
        "{n} published columns added or removed",
        "қосылған не алынған баған: {n}",
        "добавлено или удалено столбцов: {n}",
    ],
    [
        "{n} published table added or removed",
        "{n} published tables added or removed",
        "қосылған не алынған кесте: {n}",
        "добавлено или удалено таблиц: {n}",
    ],
    [
        "{n} published name reworded",
        "{n} published names reworded",
        "өзгерген жарияланған атау: {n}",
        "изменено опубликованных имён: {n}",
    ],
    [
        "{n} headline changed",
        "{n} headlines changed",
        "өзгерген басты сөйлем: {n}",
        "изменено главных фраз: {n}",
    ],
];

/// The numbers that go with [`COUNTED`].
const fn counts(counts: &Counts) -> [usize; 15] {
    [
        counts.cases_added,
        counts.cases_removed,
        counts.rows_added,
        counts.rows_removed,
        counts.codes,
        counts.texts,
        counts.settings,
        counts.labels,
        counts.moved,
        counts.published_added,
        counts.published_removed,
        counts.columns,
        counts.whole_tables,
        counts.renamed,
        counts.headlines,
    ]
}

/// `1 case added, 2 codes changed, 27 published values moved in 8 tables`.
pub(super) fn summary(diff: &Diff, language: Language) -> String {
    let counted = diff.counts();
    let number = |n: usize| Label::plain(n.to_string());
    let within = match counted.tables {
        1 => Label::new(" in {n} table", " ({n} кестеде)", " (в {n} таблице)"),
        _ => Label::new(" in {n} tables", " ({n} кестеде)", " (таблиц: {n})"),
    };
    let within = within.fill(&[("n", &number(counted.tables))]);
    let mut parts: Vec<String> = counts(&counted)
        .into_iter()
        .zip(COUNTED)
        .filter(|(n, _)| *n > 0)
        .map(|(n, [one, many, kk, ru])| {
            let text = Label::new(if n == 1 { one } else { many }, kk, ru);
            let part = text.fill(&[("n", &number(n)), ("within", &within)]);
            part.get(language).to_owned()
        })
        .collect();
    if parts.is_empty() {
        let nothing = Label::new(
            "no difference in rows, settings or published values",
            "жолдарда, параметрлерде және жарияланған мәндерде айырма жоқ",
            "различий в строках, параметрах и опубликованных значениях нет",
        );
        return nothing.get(language).to_owned();
    }
    if counted.moved == 0 {
        let unmoved = Label::new(
            "no published value moved",
            "жарияланған мәндер өзгерген жоқ",
            "опубликованные значения не изменились",
        );
        parts.push(unmoved.get(language).to_owned());
    }
    parts.join(", ")
}

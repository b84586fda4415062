//! The words of the script, and of what it works with.

use std::collections::BTreeMap;

use super::{SOURCES, in_language};
use crate::model::label::{Label, Language};

/// The words that the script asks for by name.
static SCRIPT: &[(&str, Label)] = &[
    (
        "count",
        Label::new(
            "{n} of {m} cases",
            "{m} жағдайдың ішінен: {n}",
            "случаев: {n} из {m}",
        ),
    ),
    (
        "rows",
        Label::new(
            "shown after the filter: {n} of {m}",
            "сүзгіден кейін көрсетілгені: {m} ішінен {n}",
            "показано после фильтра: {n} из {m}",
        ),
    ),
    (
        "whole",
        Label::new(
            "The filter leaves this figure as it is: its marks stand for all cases of the view together.",
            "Сүзгі бұл суретті өзгертпейді: белгілері көріністегі барлық жағдайды бірге білдіреді.",
            "Фильтр этот рисунок не меняет: его знаки относятся ко всем случаям вида вместе.",
        ),
    ),
    (
        "outside",
        Label::new("outside the filter", "сүзгіден тыс", "вне фильтра"),
    ),
    (
        "download",
        Label::new(
            "As shown (CSV)",
            "Көрсетілгендей (CSV)",
            "Как показано (CSV)",
        ),
    ),
    (
        "link",
        Label::new("Link to: {title}", "Сілтеме: {title}", "Ссылка: {title}"),
    ),
    (
        "copied",
        Label::new("Link copied", "Сілтеме көшірілді", "Ссылка скопирована"),
    ),
    (
        "address",
        Label::new(
            "The link is in the address bar",
            "Сілтеме мекенжай жолында",
            "Ссылка в адресной строке",
        ),
    ),
    (
        "sorted",
        Label::new(
            "Sorted by {title}",
            "Сұрыпталды: {title}",
            "Отсортировано: {title}",
        ),
    ),
    (
        "unsorted",
        Label::new("Original order", "Бастапқы рет", "Исходный порядок"),
    ),
];

/// The words that the script asks for by name, in one language.
pub(in crate::render::page) fn script(language: Language) -> BTreeMap<&'static str, String> {
    in_language(SCRIPT, language)
}

/// What a list to choose from is called.
pub(in crate::render::page) fn facet(name: &str) -> Label {
    match name {
        "period" => Label::new("Period", "Кезең", "Период"),
        "role" => Label::new("Role", "Рөл", "Роль"),
        "outcome" => Label::new("Outcome", "Нәтиже", "Исход"),
        _ => Label::new("Party", "Тарап", "Сторона"),
    }
}

/// What a fact about a case is called.
pub(in crate::render::page) fn fact(name: &str) -> Label {
    match name {
        "dates" => Label::new("Dates", "Күндері", "Даты"),
        "parties" => Label::new("Between", "Кімдердің арасында", "Между кем"),
        "roles" => Label::new("Roles", "Рөлдер", "Роли"),
        "outcome" => facet(name),
        _ => SOURCES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_every_language_and_is_asked_for() {
        for (name, label) in SCRIPT {
            let asked = format!("words.{name}");
            assert!(crate::render::page::SCRIPT.contains(&asked), "{name}");
            for language in Language::ALL {
                assert!(!label.get(language).is_empty(), "{name} {language:?}");
            }
        }
    }
}

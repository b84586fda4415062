//! The bibliography of a selection: the sources that its cases rest on.

use std::collections::BTreeMap;

use super::selection::{Selection, pairs};
use crate::error::Result;
use crate::model::label::Label;
use crate::model::unit::Unit;
use crate::model::visible::acts;

/// A source as a list of sources prints it. What is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The identifier by which tables name it.
    pub id: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Is the author a person, or several with semicolons between them, and not a body?
    pub is_person: bool,
    /// The year in which it appeared.
    pub year: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// How well it carries what is coded from it.
    pub quality: Option<Label>,
    /// Is the quality the lowest of an ordinal scale, so that a reader must be told?
    pub is_weak: bool,
}

impl Source {
    /// The host, where the source stands at an address of the web; `None` for anything else, which is no
    /// link and which nobody is to be led to.
    ///
    /// ```
    /// use bitim::analyse::Source;
    /// let at = |url: &str| Source { url: Some(url.to_owned()), ..Source::default() };
    /// assert_eq!(at("HTTPS://www.un.org/a?b").site(), Some("un.org"));
    /// for other in ["javascript:alert(1)", "ftp://un.org", "https://", "un.org", "https://a b", ""] {
    ///     assert_eq!(at(other).site(), None, "{other}");
    /// }
    /// ```
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        let url = self.url.as_deref()?.trim();
        let (scheme, rest) = url.split_once("://")?;
        let known = ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        let odd = |character: char| {
            character.is_whitespace() || character.is_control() || acts(character)
        };
        let host = rest.split(['/', '?', '#']).next()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        (known && !host.is_empty() && !url.contains(odd)).then_some(host)
    }
}

/// The sources that the cases of a selection name, in the order of the table of sources; those that
/// it does not list follow with their identifier only.
///
/// Of a table of sources, the variables named `title`, `author`, `person` (a flag), `year`, `publisher`,
/// `url` and `quality` are used, as far as the codebook declares them.
///
/// # Errors
///
/// [`crate::error::Error::Compute`] if a frame cannot be read.
pub fn sources(selection: &Selection) -> Result<Vec<Source>> {
    let mut named = selection.sources()?;
    let mut list = Vec::new();
    let table = selection
        .data
        .tables
        .iter()
        .find(|table| table.unit == Unit::Source);
    if let Some(table) = table {
        let spec = selection.data.codebook().table(&table.name);
        let key = spec.and_then(|spec| spec.key.first());
        let key = table.fields.iter().find(|field| Some(&field.column) == key);
        let read = |name: &str| -> BTreeMap<usize, String> { values(table, name) };
        let (author, year) = (read("author"), read("year"));
        let persons = read("person");
        let (title, publisher, url) = (read("title"), read("publisher"), read("url"));
        let quality = read("quality");
        let scale = table
            .field("quality")
            .map(|field| pairs(&field.codes))
            .unwrap_or_default();
        let identifiers = key.map(|key| table.texts(&key.key)).unwrap_or_default();
        for (row, id) in identifiers.into_iter().enumerate() {
            let Some(id) = id.filter(|id| named.remove(*id)) else {
                continue;
            };
            let code = quality.get(&row);
            let rank = scale.iter().position(|(known, _)| Some(known) == code);
            list.push(Source {
                id: id.to_owned(),
                author: author.get(&row).cloned(),
                is_person: persons.get(&row).is_some_and(|flag| flag == "1"),
                year: year.get(&row).cloned(),
                title: title.get(&row).cloned(),
                publisher: publisher.get(&row).cloned(),
                url: url.get(&row).cloned(),
                quality: rank.and_then(|rank| Some(scale.get(rank)?.1.clone())),
                is_weak: rank == Some(0) && scale.len() > 1,
            });
        }
    }
    list.extend(named.into_iter().map(|id| Source {
        id,
        ..Source::default()
    }));
    Ok(list)
}

/// Row → value of a variable as text, whatever its scale.
fn values(table: &crate::validate::typed::Typed, name: &str) -> BTreeMap<usize, String> {
    let Some(field) = table.field(name) else {
        return BTreeMap::new();
    };
    let silent = table.reasons(&field.key);
    let said = table.said(field).into_iter().enumerate();
    said.filter(|(row, _)| silent[*row].is_none())
        .filter(|(_, values)| !values.is_empty())
        .map(|(row, values)| (row, values.join("; ")))
        .collect()
}

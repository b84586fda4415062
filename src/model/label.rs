//! The words a reader of a report sees, in every language at once.
//!
//! A label is not a key into a catalogue: the three texts stand beside each other where they are
//! used, so none can be forgotten and a reviewer sees them together. Messages to the person at the
//! terminal (findings, errors, help) are not labels; they are English.

use std::borrow::Cow;

use serde::Deserialize;

/// A language of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
}

impl Language {
    /// Every language, in the order in which a report lists them.
    pub const ALL: [Self; 3] = [Self::En, Self::Kk, Self::Ru];

    /// The BCP 47 tag, as the `lang` attribute wants it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Kk => "kk",
            Self::Ru => "ru",
        }
    }

    /// The language of that tag.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// One text in three languages.
///
/// ```
/// use bitim::model::label::{Label, Language};
/// let cases = Label::new("{n} cases", "{n} жағдай", "случаев: {n}");
/// let seven = cases.fill(&[("n", &Label::plain("7"))]);
/// assert_eq!(seven.get(Language::Ru), "случаев: 7");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Label {
    en: Cow<'static, str>,
    kk: Cow<'static, str>,
    ru: Cow<'static, str>,
}

impl Label {
    /// A label of the program, with all its languages.
    #[must_use]
    pub const fn new(en: &'static str, kk: &'static str, ru: &'static str) -> Self {
        Self {
            en: Cow::Borrowed(en),
            kk: Cow::Borrowed(kk),
            ru: Cow::Borrowed(ru),
        }
    }

    /// A text that is the same in every language: a name, an identifier, a number without decimals.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            en: Cow::Owned(text.clone()),
            kk: Cow::Owned(text.clone()),
            ru: Cow::Owned(text),
        }
    }

    /// A label made per language by `write`.
    #[must_use]
    pub fn each(write: impl Fn(Language) -> String) -> Self {
        Self {
            en: Cow::Owned(write(Language::En)),
            kk: Cow::Owned(write(Language::Kk)),
            ru: Cow::Owned(write(Language::Ru)),
        }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
        }
    }

    /// The label with each `{name}` replaced by the argument of that name, language by language.
    ///
    /// A name without an argument stays as it is: it shows in the text, and a test that looks for
    /// braces in every report finds it.
    #[must_use]
    pub fn fill(&self, arguments: &[(&str, &Self)]) -> Self {
        Self::each(|language| {
            arguments
                .iter()
                .fold(self.get(language).to_owned(), |text, (name, value)| {
                    text.replace(&format!("{{{name}}}"), value.get(language))
                })
        })
    }

    /// The labels one after another with `separator` between them.
    #[must_use]
    pub fn join<'a>(labels: impl IntoIterator<Item = &'a Self>, separator: &str) -> Self {
        let labels: Vec<&Self> = labels.into_iter().collect();
        Self::each(|language| {
            let texts: Vec<&str> = labels.iter().map(|label| label.get(language)).collect();
            texts.join(separator)
        })
    }

    /// Is there no text at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty()
    }
}

/// In a codebook a label is a text (all languages alike) or a table; a language that is not given
/// falls back to English.
impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "a text, or { en = \"…\", kk = \"…\", ru = \"…\" }"
        )]
        enum Written {
            Plain(String),
            Each {
                en: String,
                kk: Option<String>,
                ru: Option<String>,
            },
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Plain(text) => Self::plain(text),
            Written::Each { en, kk, ru } => Self {
                kk: Cow::Owned(kk.unwrap_or_else(|| en.clone())),
                ru: Cow::Owned(ru.unwrap_or_else(|| en.clone())),
                en: Cow::Owned(en),
            },
        })
    }
}

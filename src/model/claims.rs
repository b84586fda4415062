//! Claims that are held against the data, as `claims.toml` states them.

use serde::Deserialize;
use toml::Spanned;

use super::label::Label;

/// The claims of a data set; a data set without `claims.toml` has none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The source that makes them.
    pub source: Option<Spanned<String>>,
    /// The claims, in the order of the text.
    #[serde(rename = "claim", default)]
    pub claims: Vec<Spanned<Claim>>,
}

/// One claim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The identifier.
    pub id: String,
    /// Where it stands in the source.
    pub paragraph: String,
    /// What it says, in our words.
    pub text: Label,
}

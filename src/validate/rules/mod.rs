//! The rules that a data set is tested against.
//!
//! A rule is a static [`Rule`] beside the function that checks it; rules about single cells are
//! checked while the cell is decoded, the others here.

pub(crate) mod codes;
pub(crate) mod conditions;
pub(crate) mod dates;
pub(crate) mod evidence;
pub(crate) mod keys;
pub(crate) mod settings;
pub(crate) mod shown;
pub(crate) mod texts;
pub(crate) mod units;

use super::aliases;
use super::codings::{TWICE, VARIABLE};
use super::typed::Draft;
use crate::load::rules as load;
use crate::model::finding::{Findings, Rule};

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[
    &load::UNREADABLE,
    &load::EMPTY,
    &load::BINARY,
    &load::BYTES,
    &load::BYTE_ORDER_MARK,
    &load::DELIMITER,
    &load::QUOTE,
    &load::MISPLACED_QUOTE,
    &load::OTHER_ENCODING,
    &load::REPLACED,
    &load::LONE_QUOTE,
    &load::MISSING_COLUMN,
    &load::UNEXPECTED_COLUMN,
    &load::DUPLICATE_COLUMN,
    &load::RAGGED,
    &load::BLANK_ROW,
    &load::FILTERED,
    &load::LINE_BREAK,
    &codes::UNKNOWN,
    &codes::WRONG_TYPE,
    &dates::IMPOSSIBLE,
    &dates::MANGLED,
    &dates::OUTSIDE,
    &dates::REVERSED,
    &codes::REQUIRED,
    &codes::SPELLING,
    &codes::BLANKS,
    &codes::NORMALISED,
    &codes::UNMATCHED,
    &VARIABLE,
    &shown::UNDRAWN,
    &shown::LONG,
    &load::ENDLESS,
    &texts::CONTROL,
    &texts::FORMULA,
    &codes::OUT_OF_RANGE,
    &keys::DUPLICATE,
    &keys::DANGLING,
    &TWICE,
    &units::SEVERAL,
    &units::UNATTRIBUTED,
    &units::CASELESS,
    &units::DIFFERENT,
    &units::UNUSED,
    &units::ELSEWHERE,
    &units::NAMESAKES,
    &units::DISAGREEING,
    &conditions::FAILED,
    &load::SYNTAX,
    &settings::CODEBOOK,
    &settings::STUDY,
    &settings::CLAIMS,
    &evidence::NOTHING,
    &evidence::OTHER,
    &evidence::GAPS,
];

/// The checks that need whole tables, in the order in which they run.
pub(super) static CHECKS: &[fn(&Draft, &mut Findings)] = &[
    texts::cells,
    texts::settings,
    codes::spellings,
    dates::order,
    dates::coverage,
    keys::unique,
    aliases::once,
    keys::identities,
    keys::references,
    units::single,
    units::attributed,
    units::caseless,
    units::agreeing,
    units::used,
    units::about_cases,
    units::namesakes,
    units::agreed,
    conditions::conditions,
    evidence::evidence,
    shown::shown,
];

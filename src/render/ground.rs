//! The ground on which a figure stands, and what the colours of the theme become on it.
//!
//! Charts know the colours of [`theme`] alone; a canvas asks its ground when it writes them. So no
//! chart has a variant, and a new chart is right on every ground.

use super::theme::{self, Colour};

/// Dark on light, or light on dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ground {
    /// Ink on white paper.
    #[default]
    Light,
    /// Light ink on a near black, for slides in a dark room.
    Dark,
}

/// What the colours with a class become on a dark ground: text keeps a contrast of 4.5 to 1, marks
/// one of 3 to 1.
const ROLES: [(Colour, [u8; 3]); 7] = [
    (theme::PAPER, [0x15, 0x18, 0x1c]),
    (theme::INK, [0xec, 0xee, 0xf0]),
    (theme::MUTED, [0xa7, 0xae, 0xb5]),
    (theme::GRID, [0x41, 0x47, 0x4e]),
    (theme::FAINT, [0x26, 0x2b, 0x30]),
    (theme::ACCENT, [0x6f, 0xc6, 0xe3]),
    (theme::ACCENT_PALE, [0x3a, 0x73, 0x86]),
];

/// The ramp of ordered codes, dim to bright: what is most stands out most, as it does on paper.
const RAMP: [[u8; 3]; 6] = [
    [0x59, 0x6b, 0xb0],
    [0x41, 0x90, 0xc4],
    [0x3f, 0xb3, 0xb5],
    [0x7f, 0xcf, 0x9b],
    [0xc3, 0xe4, 0x89],
    [0xfb, 0xf5, 0xc0],
];

impl Ground {
    /// Every ground, the usual one first.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The ground of that name; `None` if there is none.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }

    /// Red, green and blue of a colour of the theme on this ground.
    ///
    /// Colours with a class have a counterpart each; those of ordered codes keep their place on the
    /// ramp. Any other colour is lightened until it stands out from a dark ground.
    #[must_use]
    pub fn rgb(self, colour: Colour) -> [u8; 3] {
        if self == Self::Light {
            return colour.rgb;
        }
        let role = ROLES.iter().find(|(known, _)| known.class == colour.class);
        if let (false, Some((_, rgb))) = (colour.class.is_empty(), role) {
            return *rgb;
        }
        match place(colour.rgb) {
            Some((step, part)) => mixed(RAMP[step], RAMP[(step + 1).min(RAMP.len() - 1)], part),
            None => lightened(colour.rgb),
        }
    }

    /// The colour on this ground as SVG writes it.
    #[must_use]
    pub(super) fn hex(self, colour: Colour) -> String {
        let rgb = self.rgb(colour);
        Colour { rgb, ..colour }.hex()
    }
}

/// Where a colour lies on the ramp of the theme: a step and the part of the way to the next;
/// `None` if it is no colour of the ramp.
fn place(rgb: [u8; 3]) -> Option<(usize, f64)> {
    // Colours of the ramp are rounded to whole channels; anything farther away is not of it.
    const NEAR: f64 = 3.0;
    let distance = |other: [u8; 3]| {
        rgb.iter()
            .zip(other)
            .map(|(one, other)| f64::from(one.abs_diff(other)).powi(2))
            .sum::<f64>()
    };
    let (mut nearest, mut found) = (NEAR, None);
    for (step, pair) in theme::RAMP.windows(2).enumerate() {
        for part in 0..=100 {
            let part = f64::from(part) / 100.0;
            let away = distance(mixed(pair[0], pair[1], part));
            if away < nearest {
                (nearest, found) = (away, Some((step, part)));
            }
        }
    }
    found
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two channels there is a channel"
)]
fn mixed(from: [u8; 3], to: [u8; 3], part: f64) -> [u8; 3] {
    [0, 1, 2].map(|channel| {
        let (low, high) = (f64::from(from[channel]), f64::from(to[channel]));
        (low + (high - low) * part).round() as u8
    })
}

/// The colour with as much white in it as it needs to stand out.
fn lightened(rgb: [u8; 3]) -> [u8; 3] {
    let paper = Ground::Dark.rgb(theme::PAPER);
    (0..=10_u8)
        .map(|tenths| mixed(rgb, [u8::MAX; 3], f64::from(tenths) / 10.0))
        .find(|rgb| contrast(*rgb, paper) >= 3.0)
        .unwrap_or([u8::MAX; 3])
}

/// The contrast of two colours, from 1 to 21, as the guidelines for the web reckon it.
///
/// # Examples
///
/// ```
/// use bitim::render::ground::contrast;
///
/// assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
/// // #767676 is the lightest grey that passes 4.5 to 1 on white.
/// assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
/// ```
///
/// # References
///
/// W3C (2023). Web Content Accessibility Guidelines 2.2, "contrast ratio".
#[must_use]
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = |rgb: [u8; 3]| {
        let [red, green, blue] = rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_marks_stand_out_from_either_ground() {
        for ground in Ground::ALL {
            let against = |colour| contrast(ground.rgb(colour), ground.rgb(theme::PAPER));
            for text in [theme::INK, theme::MUTED] {
                assert!(against(text) >= 4.5, "{} {text:?}", ground.name());
            }
            assert!(against(theme::ACCENT) >= 4.5, "{}", ground.name());
            for line in [theme::GRID, theme::FAINT] {
                assert!((1.1..3.0).contains(&against(line)), "{}", ground.name());
            }
        }
        // On paper pale areas and the first steps of the ramp are bounded by lines; on a dark
        // ground they stand out by themselves.
        let dark = Ground::Dark;
        let marks = (0..6).map(|step| theme::ordered(step, 6));
        for mark in marks.chain([theme::ACCENT_PALE]) {
            assert!(
                contrast(dark.rgb(mark), dark.rgb(theme::PAPER)) >= 3.0,
                "{mark:?}"
            );
        }
        assert!(contrast(dark.rgb(theme::INK), dark.rgb(theme::ACCENT_PALE)) >= 4.5);
    }

    #[test]
    fn ordered_codes_brighten_steadily_on_a_dark_ground() {
        let paper = Ground::Dark.rgb(theme::PAPER);
        for count in 2..=12 {
            let steps = (0..count).map(|place| Ground::Dark.rgb(theme::ordered(place, count)));
            let stand: Vec<f64> = steps.map(|rgb| contrast(rgb, paper)).collect();
            assert!(
                stand.is_sorted_by(|low, high| low < high),
                "{count}: {stand:?}"
            );
        }
    }

    #[test]
    fn a_colour_of_no_ramp_is_lightened_as_far_as_needed() {
        let colour = |rgb| Colour { class: "", rgb };
        let paper = Ground::Dark.rgb(theme::PAPER);
        let lifted = Ground::Dark.rgb(colour([0x60, 0x00, 0x10]));
        assert!(contrast(lifted, paper) >= 3.0, "{lifted:?}");
        assert_eq!(
            Ground::Dark.rgb(colour([0xff, 0x80, 0x40])),
            [0xff, 0x80, 0x40]
        );
        assert_eq!(
            Ground::Light.rgb(colour([0x60, 0x00, 0x10])),
            [0x60, 0x00, 0x10]
        );
    }
}

//! Sizes, type and colours of every figure, in one place.
//!
//! Lengths are points (1/72 inch) unless the name says millimetres. Colours keep their order in
//! greyscale and for colour-blind readers; even so no chart says anything by colour alone.

/// Points in a millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// The width of a figure that fills a page, in millimetres.
pub const PAGE_MM: f64 = 174.0;
/// The width of a figure that fills a column, in millimetres; in less, words run into each other.
pub const COLUMN_MM: f64 = 85.0;
/// The width of a slide, in millimetres: 13⅓ inches, as the programs that show slides have it.
pub const SLIDE_MM: f64 = 338.67;
/// The width of a slide as a multiple of its height.
pub const SLIDE_RATIO: f64 = 16.0 / 9.0;

/// Type size of the title of a figure.
pub const TITLE: f64 = 11.0;
/// Type size of what is read first: labels of rows, headings of columns, values.
pub const BODY: f64 = 8.0;
/// Type size of what is looked up: ticks, keys, sources. Nothing is smaller.
pub const SMALL: f64 = 7.0;
/// Distance between baselines, as a multiple of the type size.
pub const LEADING: f64 = 1.2;
/// Width of the thinnest line that still prints.
pub const HAIRLINE: f64 = 0.35;

/// The family of every text, with what a browser falls back to.
pub const FAMILY: &str = "Noto Sans, sans-serif";

/// A colour and the class by which a page's style sheet may change it.
///
/// The colour itself is written as an attribute, so that a figure alone is complete; a style sheet
/// overrules attributes. Fills have the class as it is (`ink`), lines have it with `-line`
/// (`ink-line`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// The class; empty for colours of data, which stay the same on any ground.
    pub class: &'static str,
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

impl Colour {
    const fn new(class: &'static str, rgb: [u8; 3]) -> Self {
        Self { class, rgb }
    }

    /// The colour as SVG writes it: `#1a1a1a`.
    #[must_use]
    pub fn hex(self) -> String {
        let [red, green, blue] = self.rgb;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Text and outlines.
pub const INK: Colour = Colour::new("ink", [0x1c, 0x1e, 0x21]);
/// Secondary text: ticks, keys, sources.
pub const MUTED: Colour = Colour::new("muted", [0x5a, 0x60, 0x67]);
/// Lines to read positions by.
pub const GRID: Colour = Colour::new("grid", [0xd4, 0xd7, 0xda]);
/// The finest lines, which are to be felt rather than seen.
pub const FAINT: Colour = Colour::new("faint", [0xee, 0xef, 0xf1]);
/// The ground.
pub const PAPER: Colour = Colour::new("paper", [0xff, 0xff, 0xff]);
/// The one colour of bars and points that need no order.
pub const ACCENT: Colour = Colour::new("accent", [0x1f, 0x6f, 0x8b]);
/// The accent on a large area or behind an interval.
pub const ACCENT_PALE: Colour = Colour::new("accent-pale", [0xb9, 0xd8, 0xe2]);

/// The ramp of ordered codes, light to dark: yellow, green, blue, near black. Lightness falls
/// evenly, so that it survives a photocopy.
pub(super) const RAMP: [[u8; 3]; 6] = [
    [0xf3, 0xe9, 0xb2],
    [0xb5, 0xd8, 0x9a],
    [0x5c, 0xb8, 0xa5],
    [0x2b, 0x88, 0xa8],
    [0x2a, 0x55, 0x92],
    [0x22, 0x22, 0x5e],
];

/// The colour of the code at `position` among `count` ordered codes, light to dark.
///
/// A position past the end gives the darkest; a single code gives the lightest.
#[must_use]
pub fn ordered(position: usize, count: usize) -> Colour {
    let steps = count.saturating_sub(1).max(1);
    let scaled = position.min(steps) * (RAMP.len() - 1);
    let (lower, rest) = (scaled / steps, scaled % steps);
    let from = RAMP[lower];
    let to = RAMP[(lower + 1).min(RAMP.len() - 1)];
    let mixed = |channel: usize| {
        let (low, high) = (usize::from(from[channel]), usize::from(to[channel]));
        let sum = low * (steps - rest) + high * rest;
        u8::try_from(sum / steps).unwrap_or(u8::MAX)
    };
    Colour::new("", [mixed(0), mixed(1), mixed(2)])
}

/// The shade of a count among counts up to `most`, from all but white to dark; white for none.
///
/// One hue, unlike [`ordered`]: more of the same is no other thing. Where all counts are small none is
/// dark, so that three of them do not look like many.
#[must_use]
pub fn shade(count: u64, most: u64) -> Colour {
    const LIGHT: [u8; 3] = [0xe8, 0xf2, 0xf6];
    const DARK: [u8; 3] = [0x14, 0x51, 0x68];
    const FEW: u64 = 6;
    if count == 0 {
        return Colour::new("", PAPER.rgb);
    }
    let steps = u128::from(most.max(FEW));
    let step = u128::from(count).min(steps);
    let mixed = |channel: usize| {
        let (light, dark) = (u128::from(LIGHT[channel]), u128::from(DARK[channel]));
        u8::try_from((light * (steps - step) + dark * step) / steps).unwrap_or(u8::MAX)
    };
    Colour::new("", [mixed(0), mixed(1), mixed(2)])
}

/// The colour of words on a ground of data: black or white, whichever is read better; ink would be too
/// pale for some grounds. Like the ground it stays the same on any page.
#[must_use]
pub fn over(ground: Colour) -> Colour {
    let [black, white] = [[0x00; 3], [0xff; 3]].map(|rgb| Colour::new("", rgb));
    if contrast(ground, black) >= contrast(ground, white) {
        black
    } else {
        white
    }
}

/// The ratio of contrast of two colours by the guidelines for accessible pages (WCAG 2.2): at least
/// 1; text needs 4.5.
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour: Colour| {
        let linear = colour.rgb.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// A count as a real number, for arithmetic on positions.
///
/// Figures count to thousands; past four thousand million the position would be the same anyway.
#[must_use]
pub fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// A count of cases or events as a real number, for positions on an axis.
#[must_use]
pub fn precise(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_a_shade_of_a_count_can_be_read() {
        // Black on white is 21 to 1 by definition.
        let black = Colour::new("", [0; 3]);
        assert!((contrast(PAPER, black) - 21.0).abs() < 1e-9);
        for most in [1, 2, 11, 300] {
            for count in 0..=most {
                let ground = shade(count, most);
                let ratio = contrast(ground, over(ground));
                assert!(ratio >= 4.5, "{count} of {most}: {ratio}");
            }
        }
    }

    #[test]
    fn ordered_colours_darken_steadily_for_any_number_of_codes() {
        for count in 1..=12 {
            let mut last = f64::INFINITY;
            for position in 0..count {
                let [red, green, blue] = ordered(position, count).rgb.map(f64::from);
                let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
                assert!(luminance < last, "{position} of {count}");
                last = luminance;
            }
        }
    }
}

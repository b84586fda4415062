//! The colours as readers see them who lack a kind of cone, and as a photocopier does.
//!
//! Simulated with the matrices of Machado, Oliveira and Fernandes (2009), "A physiologically-based
//! model for simulation of color vision deficiency", IEEE Transactions on Visualization and
//! Computer Graphics 15(6), for a severity of 1.0, applied to linear light. Differences are
//! Euclidean in CIELAB (CIE 1976, white D65); 2.3 is one that is just noticed (Mahy et al. 1994).

use bitim::render::ground::Ground;
use bitim::render::theme::{self, Colour};

type Lab = [f64; 3];

/// Neighbours on a scale of six codes differ at least by this, whoever looks: three times what is
/// just noticed.
const NEIGHBOURS: f64 = 8.0;
/// Colours that mean different things differ at least by this.
const MEANINGS: f64 = 15.0;
/// Neighbours on a photocopy differ by this in lightness, of 100.
const GREY: f64 = 8.0;

const PROTANOPIA: [[f64; 3]; 3] = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTERANOPIA: [[f64; 3]; 3] = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];
const TRITANOPIA: [[f64; 3]; 3] = [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_900],
];
/// Light to XYZ, for sRGB.
const XYZ: [[f64; 3]; 3] = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];
const SAME: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
const GREYSCALE: [[f64; 3]; 3] = [XYZ[1], XYZ[1], XYZ[1]];

const EYES: [(&str, [[f64; 3]; 3]); 5] = [
    ("all cones", SAME),
    ("protanopia", PROTANOPIA),
    ("deuteranopia", DEUTERANOPIA),
    ("tritanopia", TRITANOPIA),
    ("greyscale", GREYSCALE),
];

fn times(matrix: &[[f64; 3]; 3], light: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| {
        row.iter()
            .zip(light)
            .map(|(weight, part)| weight * part)
            .sum()
    })
}

/// A colour as it is seen, in CIELAB.
fn seen(rgb: [u8; 3], eye: &[[f64; 3]; 3]) -> Lab {
    let light = rgb.map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    let shown = times(eye, light).map(|part| part.clamp(0.0, 1.0));
    let white = [0.95047, 1.0, 1.08883];
    let cube = |part: f64| {
        if part > 216.0 / 24389.0 {
            part.cbrt()
        } else {
            (24389.0 / 27.0 * part + 16.0) / 116.0
        }
    };
    let [x, y, z] = times(&XYZ, shown);
    let [x, y, z] = [x / white[0], y / white[1], z / white[2]].map(cube);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(one: Lab, other: Lab) -> f64 {
    let squares = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).powi(2));
    squares.sum::<f64>().sqrt()
}

#[test]
fn the_simulation_agrees_with_published_colours() {
    // CIELAB of sRGB red, from the tables of Lindbloom: 53.24, 80.09, 67.20.
    let red = seen([255, 0, 0], &SAME);
    for (made, known) in red.iter().zip([53.24, 80.09, 67.20]) {
        assert!((made - known).abs() < 0.02, "{red:?}");
    }
    // White and grey are the same for every eye, so each row of a matrix adds up to one.
    for (name, eye) in EYES {
        for row in eye {
            let sum: f64 = row.iter().sum();
            assert!((sum - 1.0).abs() < 1e-5, "{name}: {row:?}");
        }
    }
}

#[test]
fn neighbouring_ordered_codes_stay_apart_for_every_eye() {
    for ground in Ground::ALL {
        for (name, eye) in EYES {
            // Six is the longest scale of the bundled codebook.
            for count in 2..=6 {
                let codes: Vec<Lab> = (0..count)
                    .map(|place| seen(ground.rgb(theme::ordered(place, count)), &eye))
                    .collect();
                for pair in codes.windows(2) {
                    let least = if name == "greyscale" {
                        GREY
                    } else {
                        NEIGHBOURS
                    };
                    let difference = apart(pair[0], pair[1]);
                    assert!(
                        difference >= least,
                        "{} {name} {count}: {difference:.1}",
                        ground.name()
                    );
                }
            }
        }
    }
}

#[test]
fn colours_with_a_meaning_of_their_own_stay_apart_for_every_eye() {
    let roles: [Colour; 5] = [
        theme::INK,
        theme::MUTED,
        theme::ACCENT,
        theme::ACCENT_PALE,
        theme::PAPER,
    ];
    for ground in Ground::ALL {
        for (name, eye) in EYES {
            for (place, one) in roles.iter().enumerate() {
                for other in &roles[place + 1..] {
                    // Words and marks are never told apart by these two alone.
                    if (*one, *other) == (theme::MUTED, theme::ACCENT) {
                        continue;
                    }
                    let pair = [one, other].map(|colour| seen(ground.rgb(*colour), &eye));
                    let difference = apart(pair[0], pair[1]);
                    assert!(
                        difference >= MEANINGS,
                        "{} {name} {} {}: {difference:.1}",
                        ground.name(),
                        one.class,
                        other.class
                    );
                }
            }
        }
    }
}

//! How a figure looks, apart from what it shows: for a page on the web, a journal or a slide, how
//! wide, and on which ground.

use super::ground::Ground;
use super::theme;

/// For what a figure is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Preset {
    /// A figure that stands alone: title, who and when, source.
    #[default]
    Web,
    /// The drawing alone: a journal sets title, notes and source as the caption.
    Journal,
    /// A page of fixed size: the title on top, the drawing as large as it fits.
    Slide,
}

impl Preset {
    /// Every preset, the usual one first.
    pub const ALL: [Self; 3] = [Self::Web, Self::Journal, Self::Slide];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Journal => "journal",
            Self::Slide => "slide",
        }
    }

    /// The preset of that name; `None` if there is none.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Its width in millimetres unless another is asked for: a page of text, or a slide of 16 to 9.
    #[must_use]
    pub const fn width(self) -> f64 {
        match self {
            Self::Web | Self::Journal => theme::PAGE_MM,
            Self::Slide => theme::SLIDE_MM,
        }
    }
}

/// How a figure looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// For what it is made.
    pub preset: Preset,
    /// The width in millimetres.
    pub width: f64,
    /// The height in millimetres; only slides have one, other figures are as high as they need.
    pub height: f64,
    /// Dark on light or light on dark.
    pub ground: Ground,
}

impl Look {
    /// The preset in its own size on a light ground.
    #[must_use]
    pub const fn new(preset: Preset) -> Self {
        Self {
            preset,
            width: preset.width(),
            height: preset.width() / theme::SLIDE_RATIO,
            ground: Ground::Light,
        }
    }

    /// The same in another width; a slide keeps its ratio.
    #[must_use]
    pub const fn wide(self, width: f64) -> Self {
        Self {
            width,
            height: width / theme::SLIDE_RATIO,
            ..self
        }
    }

    /// The same in another height, which only a slide heeds.
    #[must_use]
    pub const fn high(self, height: f64) -> Self {
        Self { height, ..self }
    }

    /// The same on another ground.
    #[must_use]
    pub const fn on(self, ground: Ground) -> Self {
        Self { ground, ..self }
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::new(Preset::Web)
    }
}

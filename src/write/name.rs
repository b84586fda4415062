//! Names of files and folders that mean the same on every disk.

use crate::load::checksum;

/// Names that Windows keeps for devices, whatever comes after a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// So many bytes of a name make its folder; disks take 255, some 143.
const LONGEST: usize = 100;

/// Is it the name of a file that a report could have, so that it lies inside the report's folder?
///
/// The list of files in a folder may have come with the folder. So its names are taken only if they are
/// such as the program itself gives: parts between `/` of letters, digits, `_`, `-` and `.`, none of
/// them hidden and none a device.
///
/// ```
/// use bitim::write::name::is_plain;
/// assert!(is_plain("tables/roles.csv"));
/// for name in ["/etc/passwd", "../roles.csv", "C:roles.csv", r"\\server\roles.csv", "a//b", "nul.csv", ""] {
///     assert!(!is_plain(name), "{name}");
/// }
/// ```
#[must_use]
pub fn is_plain(name: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    name.split('/').all(|part| {
        let is_hidden = part.is_empty() || part.starts_with('.');
        let is_long = part.len() > 255;
        let is_ours = !part.ends_with('.') && part.chars().all(is_plain);
        is_ours && !is_hidden && !is_long && !is_device(part)
    })
}

/// The name of one folder for something that may be called anything.
///
/// Letters, digits, `-` and `_` stay; whatever else there is becomes `_`, and a long name is cut. A name
/// that had to be changed ends in eight digits of its checksum, so that two that become alike still
/// have two folders.
///
/// ```
/// use bitim::write::name::folder;
/// assert_eq!(folder("kazakhstan-ru"), "kazakhstan-ru");
/// assert_eq!(folder("a/b"), "a_b-c14cddc0");
/// assert_ne!(folder("a/b"), folder("a:b"));
/// assert!(folder(&"ы".repeat(300)).len() < 120);
/// ```
#[must_use]
pub fn folder(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() || "-_".contains(letter) {
            letter
        } else {
            '_'
        }
    };
    let mut made: String = name.chars().map(plain).collect();
    while made.len() > LONGEST {
        made.pop();
    }
    if made.is_empty() || is_device(&made) {
        made.insert(0, '_');
    }
    if made != name {
        made.push('-');
        made.push_str(&checksum(name.as_bytes())[..8]);
    }
    made
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let mut digits = port.unwrap_or_default().chars();
    let is_port = matches!((digits.next(), digits.next()), (Some('0'..='9'), None));
    is_port || DEVICES.contains(&stem.as_str())
}

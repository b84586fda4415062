//! Does anything in what was written act? Read as a browser, an XML parser, BibTeX and Markdown read it.

use resvg::usvg::roxmltree;

use super::{SEEN, is_tame};

/// The names of the attributes of a tag, whatever stands in their quotation marks.
fn attributes(tag: &str) -> Vec<String> {
    let bare: String = tag.split('"').step_by(2).collect();
    bare.split_whitespace().map(str::to_lowercase).collect()
}

pub(super) fn page(html: &str) {
    for payload in SEEN.iter().filter(|payload| payload.contains(['<', '"'])) {
        assert!(!html.contains(payload), "{payload}");
    }
    assert!(!html.contains("href=\"javascript:") && !html.contains("href=\"data:"));
    assert_eq!(html.matches("<script").count(), 2);
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap();
        let name = tag
            .trim_start_matches('/')
            .split_whitespace()
            .next()
            .unwrap_or_default();
        assert!(
            !["img", "iframe", "b10", "object", "embed"].contains(&name),
            "{tag}"
        );
        assert!(
            attributes(tag).iter().all(|one| !one.starts_with("on")),
            "{tag}"
        );
        // Script and style hold no tags, but signs that look like them.
        rest = match name {
            "script" | "style" if !tag.starts_with('/') => {
                after.split_once(&format!("</{name}")).unwrap().1
            }
            _ => after,
        };
    }
}

pub(super) fn drawing(file: &str, svg: &str) {
    let document =
        roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{file}: {error}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            !["script", "foreignObject", "a", "image", "iframe", "b"].contains(&name),
            "{file}: {name}"
        );
        assert!(
            node.attributes()
                .all(|attribute| !attribute.name().starts_with("on")),
            "{file}"
        );
    }
}

pub(super) fn bibliography(bib: &str) {
    let mut depth = 0_i32;
    for letter in bib.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        assert!(depth >= 0, "{bib}");
    }
    assert_eq!(depth, 0, "{bib}");
    assert_eq!(
        bib.lines().filter(|line| line.starts_with('@')).count(),
        SEEN.len()
    );
    assert!(bib.lines().all(|line| line.is_empty()
        || line == "}"
        || line.starts_with("@misc{")
        || line.starts_with("  ")));
    assert!(!bib.contains("url = {javascript:") && !bib.contains("\\input{"));
}

/// Every character that means something in Markdown has a backslash before it, but for those of the
/// page itself.
pub(super) fn markdown(name: &str, text: &str) {
    assert!(is_tame(text), "{name}");
    let mut bars = Vec::new();
    for line in text.lines() {
        let own = line
            .trim_start_matches("**")
            .trim_end_matches("**")
            .trim_start_matches("### ");
        let mut letters = own.chars();
        let mut count = 0;
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                '|' => count += 1,
                _ => assert!(!"<>[]`&*_#~^$@".contains(letter), "{name}: {line}"),
            }
        }
        if line.starts_with("| ") {
            bars.push(count);
        }
    }
    bars.dedup();
    assert!(bars.len() <= 1, "{name}: {bars:?}");
}

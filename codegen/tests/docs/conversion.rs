//! The converter, given anything.

use proptest::prelude::*;
use smithy_codegen::docs::{self, Link};

use super::hostile;
use super::rustdoc::{self, Allowed, complaints};

fn links(name: &str) -> Option<Link> {
    (name == "JobStatus").then(|| Link {
        label: name.to_owned(),
        path: Some("crate::JobStatus".to_owned()),
    })
}

const OF_MODEL: Allowed<'_> = Allowed {
    code: &["text"],
    headings: false,
    is_item: &|path| path == "crate::JobStatus",
};

/// A line of text, without a link to an item.
const PLAIN: Allowed<'_> = Allowed {
    code: &[],
    headings: false,
    is_item: &|_| false,
};

fn assert_harmless(text: &str) {
    let markdown = docs::markdown(text, &links);
    let of_model = [
        markdown.clone(),
        docs::wrap(&markdown),
        docs::titled("Recommended.", text, &links),
    ];
    let plain = [
        docs::note(text),
        docs::text(text),
        docs::code(text),
        docs::further_reading(text, text),
        docs::further_reading(text, "https://x.y"),
        format!("- [`X`](https://x.y): {}", docs::first_sentence(&markdown)),
        format!(
            "The value {} of {}: {}.",
            docs::code(text),
            docs::text(text),
            docs::note(text)
        ),
    ];
    for document in of_model.iter().chain(&plain) {
        let complaints = complaints(document, OF_MODEL);
        assert!(
            complaints.is_empty(),
            "{complaints:?} in:\n{document}\nof {text:?}"
        );
    }
    for line in [docs::note(text), docs::text(text), docs::code(text)] {
        assert_eq!(complaints(&line, PLAIN), Vec::<String>::new(), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
    // Nothing is lost or gained when it is wrapped with other text.
    let letters = |markdown: &str| rustdoc::text(markdown).replace(' ', "");
    let wrapped = docs::wrap(&markdown);
    assert_eq!(
        letters(&wrapped),
        letters(&markdown),
        "{markdown}\nof {text:?}"
    );
}

#[test]
fn harmful_texts_are_harmless() {
    hostile::TEXTS.iter().for_each(|text| assert_harmless(text));
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_harmless(text in hostile::text()) {
        assert_harmless(&text);
    }

    /// In a table, what would separate cells counts before all else.
    #[test]
    fn any_cell_is_harmless(
        cells in proptest::collection::vec(prop_oneof![hostile::text(), "[|\\\\`a<> ]{0,9}"], 1..5),
    ) {
        let of_html = cells.iter().map(|cell| format!("<td>{}", cell.replace("table", "")));
        assert_harmless(&format!("<table><tr>{}</table>", of_html.collect::<String>()));
        let of_code = cells.iter().map(|cell| format!("<td><code>{}</code>", cell.replace('<', "&lt;")));
        assert_harmless(&format!("<table><tr>{}</table>", of_code.collect::<String>()));
    }

    #[test]
    fn plain_text_is_read_as_it_is(text in hostile::text()) {
        // URLs become links, and are encoded.
        let text = text.replace("http", "");
        let visible: String = text.chars().filter(|c| !is_dropped(*c)).collect();
        let visible = visible.replace(char::is_control, " ");
        let words: Vec<_> = visible.split_whitespace().collect();
        prop_assert_eq!(rustdoc::text(&docs::text(&text)), words.join(" "));
    }

    #[test]
    fn code_is_read_as_it_is(text in "[`a-c |\\\\]{0,12}") {
        let words: Vec<_> = text.split_whitespace().collect();
        if !words.is_empty() {
            prop_assert_eq!(rustdoc::text(&docs::code(&text)), words.join(" "));
        }
    }
}

/// Returns `true` if a character cannot be seen, and takes no place.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

//! Documentation of the model as rustdoc's Markdown.
//!
//! Smithy's documentation is CommonMark, but AWS's models hold HTML, not all of it well formed, and some hold plain text. All
//! of it goes the same way:
//!
//! ```text
//! HTML --(html: htmd)--> Markdown --(markdown: escapes, links, wrapping)--> Markdown that rustdoc has no complaint about
//! ```
//!
//! [`constraints`] says in words what the model demands of a value.

mod constraints;
mod html;
mod inline;
mod markdown;

use std::fmt;

pub use constraints::{Counted, Limits, constraints, constraints_of_each};
use html::HtmlConverter;

/// Tells what a name in the documentation links to: the path of an item of the generated crate, as in
/// `crate::JobStatus` or `crate::Client::start_job`, or nothing. The name is as the model's authors wrote it: a shape, an
/// operation, or a member as `Shape$member`.
pub type Links<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Converts documentation. Made once, because that is what takes time.
pub struct Converter {
    html: HtmlConverter,
}

impl Converter {
    /// A converter for any number of documents.
    pub fn new() -> Self {
        Self {
            html: HtmlConverter::new(),
        }
    }

    /// `documentation` as Markdown in lines of about 100 characters, without an empty line at its start or end.
    pub fn markdown(&self, documentation: &str, links: &Links<'_>) -> String {
        if html::is_html(documentation) {
            markdown::tidy(&self.html.convert(documentation), links)
        } else {
            markdown::tidy(documentation, links)
        }
    }
}

impl Default for Converter {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").finish_non_exhaustive()
    }
}

/// Markdown that stands here and there in the generator, in lines of about 100 characters. It must be fit for rustdoc, as
/// what [`Converter::markdown`] gives is.
pub fn wrap(markdown: &str) -> String {
    markdown::tidy(markdown, &|_| None)
}

/// Text as code in a line of Markdown.
pub fn code(text: &str) -> String {
    inline::as_code_span(text)
}

/// The first sentence of Markdown that is fit for rustdoc.
pub fn first_sentence(markdown: &str) -> String {
    let paragraph: Vec<_> = markdown
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let text = paragraph.join(" ");
    wrap(text.get(..inline::sentence_end(&text)).unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(name: &str) -> Option<String> {
        Some(match name {
            "JobStatus" => "crate::JobStatus".to_owned(),
            "StartJob" => "crate::Client::start_job".to_owned(),
            "Job$Status" => "crate::Job::status".to_owned(),
            _ => return None,
        })
    }

    fn markdown(documentation: &str) -> String {
        Converter::new().markdown(documentation, &links)
    }

    #[test]
    fn text_is_safe_in_rustdoc() {
        let table = [
            ("", ""),
            ("Plain text.", "Plain text."),
            (
                "<p>Plain <b>bold</b> and <i>slanted</i> text.</p>",
                "Plain **bold** and *slanted* text.",
            ),
            ("<p>Begin</p> <p>and end</p>", "Begin\n\nand end"),
            ("<p>a\n   b</p>", "a b"),
            // What looks like a tag, in HTML and elsewhere.
            ("<p>arn:<region>:x</p>", r"arn:\<region>:x"),
            ("A Vec<String> it is", r"A Vec\<String> it is"),
            ("<p>a < b and b > a</p>", r"a \< b and b > a"),
            ("<p>&lt;tag&gt; &amp; more</p>", r"\<tag> & more"),
            ("<p>cut <b", r"cut \<b"),
            // Brackets that are no links.
            ("See [Foo] or arr[0].", r"See \[Foo\] or arr\[0\]."),
            ("<p>[\"a\", \"b\"]</p>", r#"\["a", "b"\]"#),
            (
                "[a](https://x.y/z) [b](c.html) [] ![i](https://x.y/i.png)",
                r"[a](https://x.y/z) b \[\] [i](https://x.y/i.png)",
            ),
            ("[](https://x.y/z)", "<https://x.y/z>"),
            ("[a [b](https://x.y) c]", r"\[a [b](https://x.y) c\]"),
            // URLs.
            ("See https://x.y/a_b.", "See <https://x.y/a_b>."),
            (
                "<p>See https://x.y/a_b (http://x.y/(c)).</p>",
                "See <https://x.y/a_b> (<http://x.y/%28c%29>).",
            ),
            (
                "<p>https://{bucket}.s3.amazonaws.com/*</p>",
                "`https://{bucket}.s3.amazonaws.com/`\\*",
            ),
            ("<https://x.y>", "<https://x.y>"),
            ("[https://x.y](https://x.y)", "[https://x.y](https://x.y)"),
            // Characters that mean something to Markdown.
            ("<p>my_var * 2 * 3 `x`</p>", r"my_var \* 2 \* 3 \`x\`"),
            ("<p>_x_</p>", r"\_x\_"),
            ("a ~5 b ~6, --dry-run", r"a \~5 b \~6, -\-dry-run"),
            ("a ` b", r"a \` b"),
            (r"C:\temp", r"C:\\temp"),
            // Code.
            (
                "<code>a|b</code> <code>`</code> <code> x  y </code>",
                "`a|b` `` ` `` `x y`",
            ),
            (
                "<code>arn:<i>region</i>:<region>:*</code>",
                "`arn:region:<region>:*`",
            ),
            (
                "Use `Vec<String>` and `<p>`.",
                "Use `Vec<String>` and `<p>`.",
            ),
            // Links.
            (
                "<a href=\"https://x.y/a(b)\">A <code>b</code></a>",
                "[A `b`](https://x.y/a%28b%29)",
            ),
            (
                "see<a href=\"https://x.y\"> this </a>one",
                "see [this](https://x.y) one",
            ),
            (
                "<a href=\"API_Foo.html\">Foo</a> <a href=\"http:// bad\">bad</a>",
                "Foo bad",
            ),
            (
                "<a>JobStatus</a> <a>Other</a> <a>some words</a>",
                "[`JobStatus`](crate::JobStatus) `Other` some words",
            ),
            ("`JobStatus` is", "[`JobStatus`](crate::JobStatus) is"),
            (
                "<p><code>JobStatus</code> <code>StartJob</code> <code>Job$Status</code> <code>Else</code></p>",
                "[`JobStatus`](crate::JobStatus) [`Client::start_job`](crate::Client::start_job)\n\
                 [`Job::status`](crate::Job::status) `Else`",
            ),
            (
                "<a href=\"https://x.y\"><code>JobStatus</code></a>",
                "[`JobStatus`](https://x.y)",
            ),
        ];
        for (documentation, expected) in table {
            assert_eq!(markdown(documentation), expected, "{documentation}");
        }
    }

    #[test]
    fn blocks() {
        insta::assert_snapshot!(markdown(BLOCKS));
    }

    const BLOCKS: &str = "<fullname>Jobs</fullname><p>A job runs in the background, and its status can be asked for at any
        time, by anybody who may do so, until it is done - 1. or has failed.</p>
        <note><p>Jobs cost money.</p><ul><li><p>Some more.</p></li><li>Some less.</li></ul></note>
        <important><ul><li>First a list.</li></ul></important>
        <ul><li><p>One.</p></li><li><p>Two:</p><ul><li><p>Two and a half, which takes so many words that it does not go into
        one line of a list.</p></li></ul></li><li><p>Three.</p><p>Three again.</p></li></ul>
        <ol><li>First.</li><li>Second.</li></ol>
        <dl><dt>Term:</dt><dd>What it means.</dd><dt><code>code</code></dt><dd><p>Means code.</p><ul><li>And a list.</li></ul></dd></dl>
        <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><code>x</code></td></tr></table>
        <pre>let x = [1];\n  ```</pre><p>Line<br/>break.<br></p>
        <h2>Title</h2><blockquote>Quoted.</blockquote><hr/><p>End.";

    #[test]
    fn markdown_keeps_its_structure() {
        insta::assert_snapshot!(markdown(MARKDOWN));
    }

    const MARKDOWN: &str = "# Title

A paragraph
in two lines, which are long enough to be wrapped when they are put into one, as they should be.

* one
* two with more words than go into one line, so that it has to go on in another line, indented
lazily continued

1. first

   more of it
2. second

> quoted
> more

```rust
let x = [1];
```

    indented code

    more of it

| a | b |
|---|---|
| `JobStatus` | [x] |

Line one\\
line two

- - -

~~~json
{}";

    #[test]
    fn first_sentences() {
        let table = [
            ("One. Two.", "One."),
            ("One\ntwo. Three.\n\nFour.", "One two."),
            ("No end\n\nMore.", "No end"),
            (
                "Use e.g. a `b. C` or [c. D](https://x.y). More.",
                "Use e.g. a `b. C` or [c. D](https://x.y).",
            ),
            ("Version 1.2 of it. More.", "Version 1.2 of it."),
            ("What? Yes!", "What?"),
            ("See [`A`](crate::A). More.", "See [`A`](crate::A)."),
            ("", ""),
        ];
        for (markdown, expected) in table {
            assert_eq!(first_sentence(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn deep_and_broken_input_is_read_as_text() {
        let inputs = [
            "<b>".repeat(100_000),
            "<ul><li>".repeat(20_000),
            "<p <p ".repeat(50_000),
            "[".repeat(100_000),
            "[a](".repeat(30_000),
            "https://)".repeat(30_000),
            format!("https://{}", ")".repeat(100_000)),
            "`a``".repeat(30_000),
            "> ".repeat(5_000),
            "- ".repeat(5_000),
            "<table><tr><td>".repeat(10_000),
            "<code><pre><dl>".repeat(10_000),
        ];
        for input in inputs {
            let start = std::time::Instant::now();
            markdown(&input);
            assert!(
                start.elapsed().as_secs() < 5,
                "{} took {:?}",
                &input[..20],
                start.elapsed()
            );
        }
    }

    /// What documentation is made of, and what is not in its right place.
    const FRAGMENTS: &[&str] = &[
        "word",
        " ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "<p>",
        "</p>",
        "<b>",
        "</i>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol>",
        "<code>",
        "</code>",
        "<a href=\"https://x.y/(z)\">",
        "<a>",
        "</a>",
        "<note>",
        "</note>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<h1>",
        "<!--",
        "-->",
        "<?x?>",
        "<![CDATA[",
        "&lt;",
        "&#x110000;",
        "<region>",
        "<",
        ">",
        "> ",
        "- ",
        "1. ",
        "10) ",
        "* ",
        "# ",
        "|",
        "|-|-|\n",
        "---",
        "```",
        "~~~",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "](https://x.y)",
        "https://",
        "http://x.y/a_b",
        "\\",
        "_",
        "*",
        "**",
        "~",
        "é",
        "日本",
        "\u{a0}",
        "\u{202e}",
        "\r",
        "\0",
        "JobStatus",
        "`JobStatus`",
    ];

    proptest::proptest! {
        #[test]
        fn any_input_becomes_text_that_rustdoc_leaves_alone(
            fragments in proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..40),
        ) {
            let markdown = markdown(&fragments.concat());
            let mut in_block = false;
            for line in markdown.lines() {
                in_block ^= line.trim_start().starts_with("```");
                let is_code = in_block || line.contains('`') || line.contains("~~~");
                proptest::prop_assert!(is_code || !line.replace("\\<", "").contains("<p"), "{}", markdown);
            }
            first_sentence(&markdown);
            crate::print::doc(&markdown);
        }
    }
}

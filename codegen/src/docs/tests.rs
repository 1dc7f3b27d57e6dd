//! Documentation of all kinds, friendly and hostile.

use super::{Link, first_sentence};

fn links(name: &str) -> Option<Link> {
    let path = match name {
        "JobStatus" => "crate::JobStatus".to_owned(),
        "StartJob" => "crate::Client::start_job".to_owned(),
        "Job$Status" => "crate::Job::status".to_owned(),
        "Itself" => {
            return Some(Link {
                label: "Rust".to_owned(),
                path: None,
            });
        }
        _ => return None,
    };
    let label = path.trim_start_matches("crate::").to_owned();
    Some(Link {
        label,
        path: Some(path),
    })
}

fn markdown(documentation: &str) -> String {
    super::markdown(documentation, &links)
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
        ("<p>See <code>Itself</code>.</p>", "See `Rust`."),
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

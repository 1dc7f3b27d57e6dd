//! Descriptions and excerpts of bodies that are not what the protocol expects.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use crate::Document;
use crate::codec::{Codec, Mode};
use crate::line;
use crate::schema::{Member, Slot};

/// The number of bytes of a body that are looked at.
const START: usize = 4_096;

/// Describes a body that is not of the codec's format, without quoting it.
pub(super) fn describe(codec: &dyn Codec, response: &HttpResponse) -> String {
    let (body, format) = (body(response), codec.name());
    if body.is_empty() {
        "the response has no body".to_owned()
    } else if is_page(response, body) {
        format!(
            "the body is an HTML page, not {format}: a proxy may have answered in place of the service"
        )
    } else {
        format!("the body is not {format}")
    }
}

/// Describes a body that is the beginning of a value of the codec's format.
pub(super) fn describe_cut(codec: &dyn Codec) -> String {
    format!("the {} is cut short", codec.name())
}

/// Returns `true` if a body is the beginning of a value of the codec's format.
pub(super) fn is_cut_short(codec: &dyn Codec, body: &[u8]) -> bool {
    let mut document = Document::Null;
    codec.recognizes(body)
        && codec
            .read(
                body,
                Slot::Document(&mut document),
                &Member::ROOT,
                Mode::Correcting,
            )
            .is_err_and(|error| error.is_incomplete())
}

/// Returns an excerpt of an error response that holds no object: its first line, or the title of its page. An object is not quoted,
/// since there is no telling what in it is sensitive; nothing is quoted without `quotes`.
pub(super) fn excerpt(codec: &dyn Codec, response: &HttpResponse, quotes: bool) -> String {
    let (body, format) = (body(response), codec.name());
    if !quotes || body.is_empty() || codec.recognizes(body) {
        return describe(codec, response);
    }
    let start = String::from_utf8_lossy(body.get(..START).unwrap_or(body));
    let is_markup = start.starts_with('<');
    let text = if is_page(response, body) {
        element(&start, "<title").or(first_text(&start))
    } else if is_markup {
        element(&start, "<message")
            .or(element(&start, "<code"))
            .or(first_text(&start))
    } else {
        start.lines().next()
    };
    let text = line::name(text.unwrap_or_default()).to_string();
    if text.is_empty() {
        describe(codec, response)
    } else if is_page(response, body) {
        format!(
            "{text} (an HTML page, not {format}: a proxy may have answered in place of the service)"
        )
    } else {
        format!("{text} (the body is not {format})")
    }
}

fn body(response: &HttpResponse) -> &[u8] {
    let body = response.body().bytes().unwrap_or_default();
    body.trim_ascii_start()
}

fn is_page(response: &HttpResponse, body: &[u8]) -> bool {
    let content_type = response.headers().get("content-type");
    content_type.unwrap_or_default().starts_with("text/html")
        || starts_with(body, b"<!doctype html")
        || starts_with(body, b"<html")
}

/// Returns `true` if a body starts with this, in whatever case.
fn starts_with(body: &[u8], start: &[u8]) -> bool {
    match body.get(..start.len()) {
        Some(body) => body.eq_ignore_ascii_case(start),
        None => false,
    }
}

/// Returns the text of the first element of this name.
fn element<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let start = find(page, name)?;
    let (_, text) = page.get(start..)?.split_once('>')?;
    let (text, _) = text.split_once('<').unwrap_or((text, ""));
    match text.trim() {
        "" => None,
        text => Some(text),
    }
}

/// Returns the first text between tags.
fn first_text(page: &str) -> Option<&str> {
    let mut rest = page;
    loop {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        if !text.trim().is_empty() {
            return Some(text.trim());
        }
        rest = after_tag(tag)?;
    }
}

/// Returns what follows the tag that `tag` begins with. Scripts, styles and comments are passed over with all that is in them.
fn after_tag(tag: &str) -> Option<&str> {
    if tag.starts_with("!--") {
        return Some(tag.split_once("-->")?.1);
    }
    for (name, end) in &[("script", "</script"), ("style", "</style")] {
        if starts_with(tag.as_bytes(), name.as_bytes()) {
            return tag.get(find(tag, end)?..);
        }
    }
    Some(tag.split_once('>')?.1)
}

/// Finds a name, which is given in lower case, whatever its case in the text.
fn find(text: &str, name: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json::Json;
    use aws_smithy_types::body::SdkBody;

    fn response(body: &[u8]) -> HttpResponse {
        HttpResponse::new(http::StatusCode::BAD_GATEWAY.into(), SdkBody::from(body))
    }

    #[test]
    fn pages_show_their_title_or_their_first_text() {
        let page = "(an HTML page, not JSON: a proxy may have answered in place of the service)";
        for (body, text) in [
            (
                "<html><head><title>502 Bad\n Gateway</title></head><body><h1>No</h1>",
                "502 Bad Gateway",
            ),
            ("<!DOCTYPE html><TITLE lang=en>No</TITLE>", "No"),
            (
                "<html><head><style>p { a }</style><SCRIPT>b()</SCRIPT><!-- <p>c</p> --><p>Out of <b>order",
                "Out of",
            ),
            ("<html><title> </title><p>Sorry</p>", "Sorry"),
        ] {
            assert_eq!(
                excerpt(&Json::NUMBERS, &response(body.as_bytes()), true),
                format!("{text} {page}")
            );
        }
        for nothing in [
            "<html><body>",
            "<html><script>a",
            "<html",
            "<html><!-- a",
            "<html><style>p { a }",
        ] {
            assert_eq!(
                excerpt(&Json::NUMBERS, &response(nothing.as_bytes()), true),
                describe(&Json::NUMBERS, &response(b"<html>"))
            );
        }
    }

    #[test]
    fn texts_show_their_first_line() {
        for (body, text) in [
            (
                &b"\n Blocked by policy 7.\nAsk your administrator."[..],
                "Blocked by policy 7.",
            ),
            (b"\xff\x1b[31mred\x07", "\u{fffd} [31mred"),
            (
                b"<Error><Type>Sender</Type><Code>Denied</Code><Message>No</Message></Error>",
                "No",
            ),
        ] {
            assert_eq!(
                excerpt(&Json::NUMBERS, &response(body), true),
                format!("{text} (the body is not JSON)")
            );
        }
        let long = excerpt(
            &Json::NUMBERS,
            &response("a".repeat(10_000_000).as_bytes()),
            true,
        );
        assert!(long.len() < 300, "{}", long.len());
    }

    #[test]
    fn json_and_what_may_be_sensitive_is_not_quoted() {
        for (body, text) in [
            (r#"["secret"]"#, "the body is not JSON"),
            (r#""secret""#, "the body is not JSON"),
            (r#"{"message":"secret"#, "the body is not JSON"),
            (r#"{message: "secret"}"#, "the body is not JSON"),
            ("", "the response has no body"),
            (" \n ", "the response has no body"),
        ] {
            assert_eq!(
                excerpt(&Json::NUMBERS, &response(body.as_bytes()), true),
                text,
                "{body}"
            );
        }
        assert_eq!(
            excerpt(&Json::NUMBERS, &response(b"secret"), false),
            "the body is not JSON"
        );
    }
}

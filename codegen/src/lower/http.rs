//! The HTTP requests of operations: `smithy.api#http`.

use serde_json::Value;

use crate::Error;
use crate::fixups::LABELS_OF_ENDPOINT;
use crate::ir::{Http, Structure};
use crate::model::Shape;
use crate::protocol::Protocol;

/// Lowers the method of an operation's requests, and the pattern of their path and query, if the protocol has HTTP bindings.
pub fn http(
    operation: &Shape,
    request: &Structure,
    input: Option<&Shape>,
    protocol: &Protocol,
) -> Result<Option<Http>, Error> {
    if !protocol.has_http_bindings {
        return Ok(None);
    }
    let Some(http) = operation.traits.http()? else {
        return Err(Error::at(
            &operation.id,
            format!(
                "lacks the trait smithy.api#http, which {} needs: it says where requests go",
                protocol.name()
            ),
        ));
    };
    let at = |reason: String| {
        let message = format!("its URI `{}` {reason}", http.uri.escape_debug());
        Error::at(&operation.id, message)
    };
    if http.method.is_empty() || !http.method.chars().all(|c| c.is_ascii_alphabetic()) {
        let message = format!(
            "its method `{}` has to be a word such as `GET`",
            http.method.escape_debug()
        );
        return Err(Error::at(&operation.id, message));
    }
    let elsewhere = operation.traits.get(LABELS_OF_ENDPOINT);
    check_uri(http.uri, request, elsewhere).map_err(at)?;
    Ok(Some(Http {
        method: http.method.to_owned(),
        uri: with_defaults(http.uri, input),
        status: http.code.filter(|code| !(200..300).contains(code)),
    }))
}

/// Adds their defaults to the labels that have some: an empty label is as good as an absent one, since there is no empty part of a path.
fn with_defaults(uri: &str, input: Option<&Shape>) -> String {
    let mut uri = uri.to_owned();
    for member in input.into_iter().flat_map(Shape::members) {
        let default = member.traits.default_value().and_then(Value::as_str);
        if let Some(default) = default
            && !default.is_empty()
            && default.chars().all(is_unreserved)
        {
            let label = format!("{{{}}}", member.name);
            uri = uri.replace(&label, &format!("{{{}={default}}}", member.name));
        }
    }
    uri
}

fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Checks a pattern against the members that are its labels, but for those that are elsewhere. The error is a clause about the pattern.
fn check_uri(uri: &str, request: &Structure, elsewhere: Option<&Value>) -> Result<(), String> {
    if !uri.starts_with('/') {
        return Err("has to begin with a slash".to_owned());
    }
    let is_foreign = |c: &char| !c.is_ascii_graphic() || matches!(c, '#' | '"' | '<' | '>' | '\\');
    if let Some(foreign) = uri.chars().find(is_foreign) {
        return Err(format!("has {foreign:?}, which cannot be part of one"));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if query.contains(['{', '}']) {
        return Err("has a label in its query: only its path can have labels".to_owned());
    }
    let labels = labels(path)?;
    for (index, label) in labels.iter().enumerate() {
        if labels.iter().take(index).any(|other| other == label) {
            return Err(format!("has the label `{label}` twice"));
        }
        let is_bound = |member: &&crate::ir::Member| member.location.is_label();
        if request.member(label).filter(is_bound).is_none() {
            return Err(format!(
                "has the label `{label}`, which is no member of the input with the trait smithy.api#httpLabel"
            ));
        }
    }
    let mut members = request.members.iter();
    let is_elsewhere = |name: &str| {
        let labels = elsewhere.and_then(Value::as_array);
        labels.is_some_and(|labels| labels.iter().any(|label| label == name))
    };
    let is_missing = |member: &&crate::ir::Member| {
        member.location.is_label()
            && !labels.contains(&member.name.as_str())
            && !is_elsewhere(&member.name)
    };
    match members.find(is_missing) {
        Some(member) => Err(format!(
            "has no label for `{}`, which has the trait smithy.api#httpLabel",
            member.name
        )),
        None => Ok(()),
    }
}

/// The names of the labels in a path, which are each at least a part of a segment.
fn labels(path: &str) -> Result<Vec<&str>, String> {
    let mut labels = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').ok_or("has a `{` without a `}`")?;
        if literal.contains('}') {
            return Err("has a `}` without a `{`".to_owned());
        }
        if after.starts_with('{') {
            return Err("has two labels side by side: text has to stand between them".to_owned());
        }
        labels.push(label.strip_suffix('+').unwrap_or(label));
        rest = after;
    }
    match rest.contains('}') {
        true => Err("has a `}` without a `{`".to_owned()),
        false => Ok(labels),
    }
}

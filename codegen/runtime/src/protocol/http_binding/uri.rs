//! Path and query of a request: the pattern of `smithy.api#http`, with values in place of its labels, and the query's parameters.

use std::collections::HashSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::request::scalar;
use crate::EncodeError;
use crate::schema::{Location, Member, OperationSchema, Structure, View};

/// All but the unreserved characters of RFC 3986, as signatures have it.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same, without the slash between the segments of a path.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// A part of a pattern's path.
pub(super) enum Part<'p> {
    Literal(&'p str),
    Label {
        name: &'p str,
        /// `true` if it may hold several segments.
        is_greedy: bool,
        /// The text of a value that is missing or empty; empty if there has to be one.
        default: &'p str,
    },
}

/// Splits a pattern into the parts of its path and its query.
pub(super) fn split(pattern: &str) -> (Vec<Part<'_>>, &str) {
    let (path, query) = pattern.split_once('?').unwrap_or((pattern, ""));
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let (label, default) = label.split_once('=').unwrap_or((label, ""));
        let name = label.strip_suffix('+');
        parts.push(Part::Literal(literal));
        parts.push(Part::Label {
            name: name.unwrap_or(label),
            is_greedy: name.is_some(),
            default,
        });
        rest = after;
    }
    parts.push(Part::Literal(rest));
    (parts, query)
}

/// Writes path and query.
///
/// # Errors
/// If a label is missing or empty, or a value has no form there.
pub(super) fn write(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, EncodeError> {
    let (parts, query) = split(operation.http_binding().uri);
    let mut uri = String::with_capacity(64);
    check_labels_elsewhere(&parts, input)?;
    for part in parts {
        match part {
            Part::Literal(literal) => uri.push_str(literal),
            Part::Label {
                name,
                is_greedy,
                default,
            } => push_label(&mut uri, (name, is_greedy, default), input)?,
        }
    }
    let mut query = Query::new(uri, query);
    query.push_members(input)?;
    query.push_params(input)?;
    Ok(query.uri)
}

/// Checks the labels that the path does not have, since they are parts of the endpoint: an empty one would lead somewhere else.
fn check_labels_elsewhere(parts: &[Part<'_>], input: &dyn Structure) -> Result<(), EncodeError> {
    for (index, member) in input.members().iter().enumerate() {
        let is_here =
            |part: &Part<'_>| matches!(part, Part::Label { name, .. } if *name == member.name);
        if member.location.is_label()
            && !parts.iter().any(is_here)
            && matches!(input.member_view(index), View::Null | View::Text(""))
        {
            return Err(EncodeError::new(format!(
                "`{}` becomes a part of the endpoint: it may not be empty or missing",
                member.name
            )));
        }
    }
    Ok(())
}

fn push_label(
    uri: &mut String,
    (name, is_greedy, default): (&str, bool, &str),
    input: &dyn Structure,
) -> Result<(), EncodeError> {
    let mut members = input.members().iter().enumerate();
    let Some((index, member)) =
        members.find(|(_, member)| member.name == name && member.location.is_label())
    else {
        return Err(EncodeError::new(format!(
            "the path has the label `{name}`, which is no member of the request"
        )));
    };
    let text = match input.member_view(index) {
        View::Null => "".into(),
        view => scalar(view, member)?,
    };
    let reserved = match is_greedy {
        true => RESERVED_IN_PATH,
        false => RESERVED,
    };
    let text = match (member.location, text.rsplit_once('/')) {
        (Location::LastSegmentLabel, Some((_, last))) => last,
        _ => &*text,
    };
    match text {
        "" if !default.is_empty() => {
            uri.push_str(default);
            Ok(())
        }
        "" => Err(not_a_label(name, "it may not be empty or missing")),
        // Whoever reads the path may take these for steps in it.
        "." | ".." if !is_greedy => Err(not_a_label(name, "it may not be `.` or `..`")),
        text => {
            uri.extend(utf8_percent_encode(text, reserved));
            Ok(())
        }
    }
}

fn not_a_label(name: &str, what: &str) -> EncodeError {
    EncodeError::new(format!("`{name}` becomes a part of the path: {what}"))
}

/// A URI whose query is being written.
struct Query<'n> {
    uri: String,
    /// The next separator.
    separator: char,
    /// The parameters that no map may set: those of the pattern and those that are members of their own.
    names: HashSet<&'n str>,
}

impl<'n> Query<'n> {
    /// Starts with the query of the pattern.
    fn new(uri: String, literal: &'n str) -> Self {
        let mut query = Self {
            uri,
            separator: '?',
            names: HashSet::new(),
        };
        if !literal.is_empty() {
            query.push_separator();
            query.uri.push_str(literal);
            let names = literal.split('&');
            query
                .names
                .extend(names.map(|pair| pair.split('=').next().unwrap_or_default()));
        }
        query
    }

    /// Adds the members that are parameters: those of a list each for itself.
    fn push_members(&mut self, input: &dyn Structure) -> Result<(), EncodeError> {
        for (index, member) in input.members().iter().enumerate() {
            let Location::Query(name) = member.location else {
                continue;
            };
            let view = input.member_view(index);
            if !matches!(view, View::Null) {
                self.names.insert(name);
            }
            self.push(name, view, member)?;
        }
        Ok(())
    }

    /// Adds the parameters of maps.
    fn push_params(&mut self, input: &dyn Structure) -> Result<(), EncodeError> {
        for (index, member) in input.members().iter().enumerate() {
            if member.location != Location::QueryParams {
                continue;
            }
            let View::Map(map) = input.member_view(index) else {
                continue;
            };
            for (name, view) in map.views() {
                if !self.names.contains(name) {
                    self.push(name, view, member)?;
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, name: &str, view: View<'_>, member: &Member) -> Result<(), EncodeError> {
        match view {
            View::Null => {}
            View::List(list) => {
                for index in 0..list.count() {
                    self.push(name, list.element_view(index), member)?;
                }
            }
            view => {
                let text = scalar(view, member)?;
                self.push_separator();
                self.uri.extend(utf8_percent_encode(name, RESERVED));
                self.uri.push('=');
                self.uri.extend(utf8_percent_encode(&text, RESERVED));
            }
        }
        Ok(())
    }

    fn push_separator(&mut self) {
        self.uri.push(self.separator);
        self.separator = '&';
    }
}

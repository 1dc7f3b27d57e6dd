//! The model's constraints on requests: length, range, pattern, enum values, required members.
//!
//! [`shapes`] is the table, one entry per shape that requests are made of, and [`requests`] the requests themselves. A test
//! compares both with the model.

pub(crate) mod requests;
pub(crate) mod shapes;

use std::sync::OnceLock;

use regex::Regex;
use serde_json::Value;

/// The constraints on a value.
pub(crate) enum Shape {
    Text(Text),
    Enum(&'static [&'static str]),
    Integer(Option<(i64, i64)>),
    Boolean,
    Timestamp,
    List {
        of: &'static Shape,
        length: Option<(usize, usize)>,
    },
    Map {
        key: &'static Shape,
        value: &'static Shape,
        length: Option<(usize, usize)>,
    },
    Structure(&'static [Member]),
    Union(&'static [Member]),
}

/// The constraints on a string.
pub(crate) struct Text {
    length: Option<(usize, usize)>,
    pattern: Option<&'static str>,
    compiled: OnceLock<Option<Regex>>,
}

/// A member of a structure or a union.
pub(crate) struct Member {
    name: &'static str,
    required: bool,
    shape: &'static Shape,
}

/// A string of at least `min` and at most `max` characters that matches a pattern.
const fn text(min: usize, max: usize, pattern: &'static str) -> Shape {
    Shape::Text(Text {
        length: Some((min, max)),
        pattern: Some(pattern),
        compiled: OnceLock::new(),
    })
}

/// A string of at least `min` and at most `max` characters.
const fn sized_text(min: usize, max: usize) -> Shape {
    Shape::Text(Text {
        length: Some((min, max)),
        pattern: None,
        compiled: OnceLock::new(),
    })
}

/// Any string.
const fn any_text() -> Shape {
    Shape::Text(Text {
        length: None,
        pattern: None,
        compiled: OnceLock::new(),
    })
}

const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        required: true,
        shape,
    }
}

const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        required: false,
        shape,
    }
}

impl Text {
    fn matches(&self, value: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.pattern?).ok());
        compiled
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(value))
    }
}

/// Returns the problems of a request, each with its place; a value of another type than the model's is left to serde.
pub(crate) fn problems(shape: &Shape, request: &Value) -> Vec<String> {
    let mut check = Check::default();
    check.value(shape, request);
    check.problems
}

#[derive(Default)]
struct Check {
    path: Vec<String>,
    problems: Vec<String>,
}

impl Check {
    fn value(&mut self, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::Text(text), Value::String(value)) => self.text(text, value),
            (Shape::Enum(values), Value::String(value)) => self.one_of(values, value),
            (Shape::Integer(range), Value::Number(value)) => self.range(value.as_i64(), *range),
            (Shape::List { of, length }, Value::Array(items)) => {
                self.length(items.len(), *length);
                for (index, item) in items.iter().enumerate() {
                    self.at(format!("{}", index + 1), |check| check.value(of, item));
                }
            }
            (Shape::Map { key, value, length }, Value::Object(entries)) => {
                self.length(entries.len(), *length);
                for (name, text) in entries {
                    // The key itself may be a secret.
                    self.at("key".to_owned(), |check| {
                        check.value(key, &Value::from(&name[..]))
                    });
                    self.at("value".to_owned(), |check| check.value(value, text));
                }
            }
            (Shape::Structure(members), value) => self.members(members, value),
            (Shape::Union(members), value) => {
                self.has_one_of(members, value);
                self.members(members, value);
            }
            _ => (),
        }
    }

    fn text(&mut self, text: &Text, value: &str) {
        self.length(value.chars().count(), text.length);
        if let Some(pattern) = text.pattern
            && !text.matches(value)
        {
            self.problem(format!(
                "Member must satisfy regular expression pattern: {pattern}"
            ));
        }
    }

    fn one_of(&mut self, values: &[&str], value: &str) {
        if !values.contains(&value) {
            let values = values.join(", ");
            self.problem(format!("Member must satisfy enum value set: [{values}]"));
        }
    }

    fn range(&mut self, value: Option<i64>, range: Option<(i64, i64)>) {
        if let (Some(value), Some((min, max))) = (value, range)
            && (value < min || value > max)
        {
            self.problem(format!("Member must be between {min} and {max}, inclusive"));
        }
    }

    fn length(&mut self, length: usize, limits: Option<(usize, usize)>) {
        if let Some((min, max)) = limits
            && (length < min || length > max)
        {
            self.problem(format!(
                "Member must have length between {min} and {max}, inclusive"
            ));
        }
    }

    fn has_one_of(&mut self, members: &[Member], value: &Value) {
        let is_set = |member: &Member| value.get(member.name).is_some_and(|value| !value.is_null());
        if value.is_object() && members.iter().filter(|member| is_set(member)).count() != 1 {
            let names: Vec<_> = members.iter().map(|member| member.name).collect();
            let names = names.join(", ");
            self.problem(format!("Exactly one member must be set of: [{names}]"));
        }
    }

    fn members(&mut self, members: &[Member], value: &Value) {
        for member in members {
            self.at(member.name.to_owned(), |check| {
                match value.get(member.name) {
                    None | Some(Value::Null) if member.required => {
                        check.problem("Member must not be null".to_owned());
                    }
                    None => (),
                    Some(value) => check.value(member.shape, value),
                }
            });
        }
    }

    fn at(&mut self, place: String, check: impl FnOnce(&mut Self)) {
        self.path.push(place);
        check(self);
        self.path.pop();
    }

    fn problem(&mut self, constraint: String) {
        let place = self.path.join(".");
        self.problems.push(format!(
            "Value at '{place}' failed to satisfy constraint: {constraint}"
        ));
    }
}

#[cfg(test)]
mod tests;

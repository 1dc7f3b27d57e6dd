//! Strings with values in them: `https://{Region}.{PartitionResult#dnsSuffix}`.

use super::{Expression, Function, Part, Place};
use crate::Diagnostic;

/// Reads a string.
pub(super) fn template(text: &str, place: &Place) -> Result<Expression, Diagnostic> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, brace, after)) = split_at_brace(rest) {
        literal.push_str(before);
        rest = match (brace, after.strip_prefix(brace)) {
            // A brace that stands for itself is written twice.
            (_, Some(after)) => {
                literal.push(brace);
                after
            }
            ('{', None) => {
                let (inner, after) = after
                    .split_once('}')
                    .ok_or_else(|| unbalanced(text, place))?;
                if !literal.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut literal)));
                }
                parts.push(Part::Value(reference(inner)));
                after
            }
            _ => return Err(unbalanced(text, place)),
        };
    }
    literal.push_str(rest);
    if !literal.is_empty() || parts.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(Expression::Template(parts))
}

fn split_at_brace(text: &str) -> Option<(&str, char, &str)> {
    let at = text.find(['{', '}'])?;
    let (before, brace) = text.split_at(at);
    let mut characters = brace.chars();
    let brace = characters.next()?;
    Some((before, brace, characters.as_str()))
}

/// `Name`, or `Name#path`, short for `getAttr(Name, path)`.
fn reference(text: &str) -> Expression {
    match text.split_once('#') {
        None => Expression::Reference(text.to_owned()),
        Some((name, path)) => Expression::Call(
            Function::GetAttr,
            vec![
                Expression::Reference(name.to_owned()),
                Expression::literal(path),
            ],
        ),
    }
}

fn unbalanced(text: &str, place: &Place) -> Diagnostic {
    Diagnostic::at(
        place,
        format!(
            "the braces in {text:?} do not match; a brace that stands for itself is written twice"
        ),
    )
}

impl Expression {
    /// A string without values in it.
    pub(crate) fn literal(text: &str) -> Self {
        Self::Template(vec![Part::Text(text.to_owned())])
    }

    /// The text of a string without values in it.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Template(parts) => match parts.as_slice() {
                [Part::Text(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        match template(text, &Place::root("test")) {
            Ok(Expression::Template(parts)) => parts,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_stand_in_braces() {
        let value = |text| Part::Value(reference(text));
        let literal = |text: &str| Part::Text(text.to_owned());
        for (text, expected) in [
            ("", vec![literal("")]),
            ("plain", vec![literal("plain")]),
            ("{Region}", vec![value("Region")]),
            (
                "a{b}c{d#e}",
                vec![literal("a"), value("b"), literal("c"), value("d#e")],
            ),
            ("{{a}}{b}", vec![literal("{a}"), value("b")]),
            ("{a}{{", vec![value("a"), literal("{")]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_hash_is_short_for_get_attr() {
        let expected = Expression::Call(
            Function::GetAttr,
            vec![
                Expression::Reference("arn".into()),
                Expression::literal("resourceId[0]"),
            ],
        );
        assert_eq!(reference("arn#resourceId[0]"), expected);
    }

    #[test]
    fn braces_have_to_match() {
        for text in ["{a", "a}", "{a}}", "{{a}"] {
            let problem = template(text, &Place::root("here")).unwrap_err();
            assert!(
                problem.to_string().starts_with("here: the braces in"),
                "{problem}"
            );
        }
    }
}

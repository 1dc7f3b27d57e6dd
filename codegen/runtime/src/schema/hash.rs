//! Hashing of values by their views: what `Hash` of a generated type calls, so that next to nothing is compiled with each type.

use std::hash::{Hash, Hasher};

use super::View;

/// Feeds a value to a hasher, the same for values that are equal.
#[doc(hidden)]
pub fn hash<H: Hasher>(view: View<'_>, state: &mut H) {
    let mut state: &mut dyn Hasher = state;
    feed(view, &mut state);
}

// Few programs hash values: it is compiled there.
#[inline]
fn feed(view: View<'_>, state: &mut &mut dyn Hasher) {
    match view {
        View::Null => 0_u8.hash(state),
        View::Unit => 1_u8.hash(state),
        View::Boolean(value) => value.hash(state),
        View::Integer(value) => value.hash(state),
        View::BigInteger(value) => value.hash(state),
        View::BigDecimal(value) => value.hash(state),
        View::Text(value) => value.hash(state),
        View::Blob(value) => value.hash(state),
        View::Timestamp(value) => value.hash(state),
        View::Document(value) => value.hash(state),
        View::Structure(structure) => {
            for index in 0..structure.members().len() {
                feed(structure.member_view(index), state);
            }
        }
        View::Union(union) => {
            let (tag, view) = union.member();
            tag.hash(state);
            feed(view, state);
        }
        View::List(list) => {
            list.count().hash(state);
            for index in 0..list.count() {
                feed(list.element_view(index), state);
            }
        }
        // Two that are equal may differ in their bits or in their order. No type that holds them is `Hash`.
        View::Float(_) | View::Double(_) | View::Map(_) => {}
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "not all setters are needed")]
mod tests {
    use crate::{Blob, DateTime, Document};
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::HashSet;

    #[derive(Clone, Debug, PartialEq)]
    pub struct Part {
        name: String,
        size: Option<i64>,
        done: Option<bool>,
        at: Option<DateTime>,
        bytes: Option<Blob>,
        parts: Vec<Part>,
        kind: Kind,
    }

    crate::structure!(
        part_builder::PartBuilder,
        [name, parts, kind],
        Part {
            name: required::<impl Into<String>>("name"),
            size: optional::<i64>("size", maybe_size),
            done: optional::<bool>("done", maybe_done),
            at: optional::<impl Into<DateTime>>("at", maybe_at),
            bytes: optional::<impl Into<Blob>>("bytes", maybe_bytes),
            parts: required::<Vec<Part>>("parts"),
            kind: required::<Kind>("kind"),
        },
        Eq + Hash,
    );

    #[derive(Clone, Debug, PartialEq)]
    pub enum Kind {
        Named(String),
        Plain,
        Unknown { tag: String, value: Document },
    }

    crate::union!(
        Kind {
            Named: value::<String>("named", as_named),
            Plain: unit("plain", as_plain),
        },
        Eq + Hash,
    );

    fn part(name: &str, parts: Vec<Part>) -> Part {
        let kind = Kind::Plain;
        Part::builder().name(name).parts(parts).kind(kind).build()
    }

    #[test]
    fn values_that_differ_are_different_keys() {
        let plain = part("a", vec![]);
        let values = [
            plain.clone(),
            part("b", vec![]),
            part("a", vec![part("b", vec![])]),
            part("a", vec![part("b", vec![]), part("c", vec![])]),
            Part {
                size: Some(1),
                ..plain.clone()
            },
            Part {
                done: Some(true),
                ..plain.clone()
            },
            Part {
                at: Some(DateTime::from_secs(1)),
                ..plain.clone()
            },
            Part {
                bytes: Some(Blob::new("a")),
                ..plain.clone()
            },
            Part {
                kind: Kind::Named("a".to_owned()),
                ..plain.clone()
            },
            Part {
                kind: Kind::Unknown {
                    tag: "a".to_owned(),
                    value: json!([1]),
                },
                ..plain.clone()
            },
            Part {
                kind: Kind::Unknown {
                    tag: "a".to_owned(),
                    value: json!([2]),
                },
                ..plain
            },
        ];
        let set: HashSet<_> = values.iter().chain(&values).collect();
        assert_eq!(set.len(), values.len());
        assert!(values.iter().all(|value| set.contains(value)));
    }

    proptest! {
        #[test]
        fn equal_values_are_one_key(
            names in prop::collection::vec("[ab]?", 0..3),
            size in prop::option::of(0..2_i64),
            bytes in prop::option::of("[ab]?"),
        ) {
            let value = || Part {
                size,
                bytes: bytes.as_ref().map(|bytes| Blob::new(bytes.as_bytes())),
                ..part("a", names.iter().map(|name| part(name, vec![])).collect())
            };
            let set = HashSet::from([value()]);
            prop_assert!(set.contains(&value()));
        }
    }
}

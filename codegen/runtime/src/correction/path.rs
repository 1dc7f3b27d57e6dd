//! Which member of a JSON text a position lies in.
//!
//! serde_json says line and column, which help little in a body of one line. Looking for the names once there is an error keeps
//! the readers of all types free of it.
//!
//! A path is shown to people, so that only names of the model may stand in it; the keys of maps, and whatever else a service
//! sends, may not. The table of a shape names some of its members, and tells maps apart.

use super::Correction;

/// The names and indices down to a position.
pub(super) struct Path(Vec<Level>);

/// An object or array that is not closed yet.
enum Level {
    Object { key: Vec<u8>, in_value: bool },
    Array { index: usize },
}

impl Path {
    /// The path to `line` and `column` as serde_json counts them.
    pub(super) fn to(json: &[u8], line: usize, column: usize) -> Self {
        let before: usize = json
            .split(|byte| *byte == b'\n')
            .take(line.saturating_sub(1))
            .map(|line| line.len() + 1)
            .sum();
        let mut scanner = Scanner::default();
        for byte in json.iter().take(before.saturating_add(column)) {
            scanner.step(*byte);
        }
        Self(scanner.levels)
    }

    /// The path as in `Items[2].Name`, with `[…]` for what may not be shown; empty at the top.
    ///
    /// `read` says that what stands there was read as a value of the model. Then it is a member of a structure even where
    /// the table does not name it: readers skip the members that they do not know, and tables hold all maps.
    pub(super) fn shown(&self, table: &Correction, read: bool) -> String {
        let mut path = String::new();
        let mut place = Place::Table(table);
        for level in &self.0 {
            match level {
                Level::Object {
                    in_value: false, ..
                } => {}
                Level::Object { key, .. } => {
                    let key = String::from_utf8_lossy(key);
                    place = place.member(&key, read);
                    push_member(&mut path, &key, &place);
                }
                Level::Array { index } => {
                    place = place.element();
                    path.push_str(&format!("[{index}]"));
                }
            }
            if matches!(place, Place::Unknown) {
                break;
            }
        }
        path
    }
}

fn push_member(path: &mut String, name: &str, place: &Place<'_>) {
    match place {
        Place::Entry(_) | Place::Unknown => path.push_str("[…]"),
        Place::Table(_) | Place::Member => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
    }
}

/// What is known of a value.
enum Place<'t> {
    /// It is of this shape.
    Table(&'t Correction),
    /// It is an entry of a map, of this shape.
    Entry(&'t Correction),
    /// It is a member of the model that is in no table, or lies inside of one.
    Member,
    /// It may be anything.
    Unknown,
}

impl<'t> Place<'t> {
    fn table(&self) -> Option<&'t Correction> {
        match self {
            Self::Table(table) | Self::Entry(table) => Some(table),
            Self::Member | Self::Unknown => None,
        }
    }

    fn member(&self, name: &str, read: bool) -> Self {
        match self.table() {
            Some(Correction::Structure(members) | Correction::Union(members)) => {
                match members.iter().find(|member| member.name == name) {
                    Some(member) => Self::Table(member.shape),
                    None if read => Self::Member,
                    None => Self::Unknown,
                }
            }
            Some(Correction::Map(shape) | Correction::SparseMap(shape)) => Self::Entry(shape),
            None if read && matches!(self, Self::Member) => Self::Member,
            _ => Self::Unknown,
        }
    }

    fn element(&self) -> Self {
        match self.table() {
            Some(Correction::List(shape) | Correction::SparseList(shape)) => Self::Table(shape),
            None if matches!(self, Self::Member) => Self::Member,
            _ => Self::Unknown,
        }
    }
}

/// Where a scan of JSON text stands.
#[derive(Default)]
struct Scanner {
    levels: Vec<Level>,
    text: Text,
}

#[derive(Default)]
enum Text {
    #[default]
    Outside,
    Inside,
    Escape,
}

impl Scanner {
    fn step(&mut self, byte: u8) {
        match (&self.text, byte) {
            (Text::Outside, _) => self.step_outside(byte),
            (Text::Inside, b'"') => self.text = Text::Outside,
            (Text::Inside, _) => {
                if byte == b'\\' {
                    self.text = Text::Escape;
                }
                self.push(byte);
            }
            (Text::Escape, _) => {
                self.text = Text::Inside;
                self.push(byte);
            }
        }
    }

    fn step_outside(&mut self, byte: u8) {
        match (byte, self.levels.last_mut()) {
            (b'{', _) => self.levels.push(Level::Object {
                key: Vec::new(),
                in_value: false,
            }),
            (b'[', _) => self.levels.push(Level::Array { index: 0 }),
            (b'}' | b']', _) => drop(self.levels.pop()),
            (b'"', _) => self.text = Text::Inside,
            (b':', Some(Level::Object { in_value, .. })) => *in_value = true,
            (b',', Some(Level::Object { key, in_value })) => {
                key.clear();
                *in_value = false;
            }
            (b',', Some(Level::Array { index })) => *index += 1,
            _ => {}
        }
    }

    /// Adds to the key, if that is what the text is.
    fn push(&mut self, byte: u8) {
        if let Some(Level::Object {
            key,
            in_value: false,
        }) = self.levels.last_mut()
        {
            key.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Correction::{Document, List, Map, SparseList, SparseMap, Structure, Text, Union};
    use super::*;
    use crate::correction::{optional, required};
    use proptest::prelude::*;

    static TABLE: Correction = Structure(&[
        required("a", &Text),
        optional("b", &List(&B)),
        optional("map", &Map(&B)),
        optional("sparse", &SparseList(&SparseMap(&Text))),
        optional("union", &Union(&[optional("d", &Text)])),
        optional("free", &Document),
    ]);

    static B: Correction = Structure(&[required("c", &Text)]);

    /// The path to the end of `until` in `json`.
    fn shown(json: &str, until: &str, read: bool) -> String {
        let end = json.find(until).unwrap() + until.len();
        let line = json[..end].matches('\n').count() + 1;
        let column = end - json[..end].rfind('\n').map_or(0, |newline| newline + 1);
        Path::to(json.as_bytes(), line, column).shown(&TABLE, read)
    }

    #[test]
    fn names_the_member_that_a_position_lies_in() {
        let json = "{\"a\": 1,\n \"b\": [{}, {\"c,\\\"\": [true, {\"d\": \"x]}\"}], \"e\": {}}],\n \"f\": 2}";
        for (until, expected) in [
            ("", ""),
            ("{", ""),
            ("\"a\"", ""),
            ("\"a\": 1", "a"),
            ("\"b\": [", "b[0]"),
            ("true", "b[1].c,\\\"[0]"),
            ("\"x]}", "b[1].c,\\\"[1].d"),
            ("\"x]}\"}", "b[1].c,\\\"[1]"),
            ("\"e\": {}", "b[1].e"),
            ("\"f\": 2", "f"),
            ("\"f\": 2}", ""),
        ] {
            assert_eq!(shown(json, until, true), expected, "{until}");
        }
    }

    #[test]
    fn keys_of_maps_are_not_shown() {
        let json = r#"{"map": {"secret": {"c": 1}}, "sparse": [null, {"secret": 2}], "free": {"secret": 3}}"#;
        for (until, expected) in [
            ("1", "map[…].c"),
            ("\"c\": 1}", "map[…]"),
            ("2", "sparse[1][…]"),
            ("3", "free[…]"),
        ] {
            assert_eq!(shown(json, until, true), expected, "{until}");
        }
    }

    #[test]
    fn what_is_not_read_as_a_value_of_the_model_is_only_shown_where_the_table_names_it() {
        let json = r#"{"b": [{"c": 1, "secret": 2}], "union": {"d": 3, "secret": [{"secret": 4}]}, "secret": {"a": 5}}"#;
        for (until, expected) in [
            ("1", "b[0].c"),
            ("2", "b[0][…]"),
            ("3", "union.d"),
            ("4", "union[…]"),
            ("5", "[…]"),
        ] {
            assert_eq!(shown(json, until, false), expected, "{until}");
        }
    }

    #[test]
    fn what_is_not_of_its_shape_is_not_shown() {
        let json = r#"{"a": {"secret": 1}, "b": {"secret": 2}, "map": [{"secret": 3}]}"#;
        for (until, expected) in [("1", "a[…]"), ("2", "b[…]"), ("3", "map[0]")] {
            assert_eq!(shown(json, until, true), expected, "{until}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(json in r#"[\[\]{}",:\\\n a]{0,40}"#, line: usize, column: usize, read: bool) {
            Path::to(json.as_bytes(), line, column).shown(&TABLE, read);
            Path::to(json.as_bytes(), line % 4, column % 50).shown(&TABLE, read);
        }
    }
}

//! Which member of a JSON text a position lies in.
//!
//! serde_json says line and column, which help little in a body of one line. Looking for the names once there is an error keeps
//! the readers of all types free of it.

/// The member at `line` and `column` as serde_json counts them, as in `Items[2].Name`; empty at the top.
pub(super) fn path(json: &[u8], line: usize, column: usize) -> String {
    let before: usize = json
        .split(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(|line| line.len() + 1)
        .sum();
    let mut scanner = Scanner::default();
    for byte in json.iter().take(before.saturating_add(column)) {
        scanner.step(*byte);
    }
    scanner.path()
}

/// Where a scan of JSON text stands.
#[derive(Default)]
struct Scanner {
    levels: Vec<Level>,
    text: Text,
}

/// An object or array that is not closed yet.
enum Level {
    Object { key: Vec<u8>, in_value: bool },
    Array { index: usize },
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

    fn path(&self) -> String {
        let mut path = String::new();
        for level in &self.levels {
            match level {
                Level::Object {
                    in_value: false, ..
                } => {}
                Level::Object { key, .. } => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&String::from_utf8_lossy(key));
                }
                Level::Array { index } => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let end = json.find(until).unwrap() + until.len();
            let line = json[..end].matches('\n').count() + 1;
            let column = end - json[..end].rfind('\n').map_or(0, |newline| newline + 1);
            assert_eq!(path(json.as_bytes(), line, column), expected, "{until}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(json in r#"[\[\]{}",:\\\n a]{0,40}"#, line: usize, column: usize) {
            path(json.as_bytes(), line, column);
            path(json.as_bytes(), line % 4, column % 50);
        }
    }
}

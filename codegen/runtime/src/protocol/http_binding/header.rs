//! Lists in headers: values with commas between them, in quotes where they hold one.

use super::request::scalar;
use crate::codec::text;
use crate::schema::{List, Member, TimestampFormat, View};
use crate::{DecodeError, EncodeError};

/// Writes a list as the value of one header.
pub(super) fn write_list(list: &dyn List, member: &Member) -> Result<String, EncodeError> {
    let mut value = String::new();
    let mut separator = "";
    for index in 0..list.count() {
        let view = list.element_view(index);
        if matches!(view, View::Null) {
            continue;
        }
        let is_text = matches!(view, View::Text(_));
        let text = scalar(view, member)?;
        value.push_str(separator);
        match is_text && needs_quotes(&text) {
            true => push_quoted(&mut value, &text),
            false => value.push_str(&text),
        }
        separator = ", ";
    }
    Ok(value)
}

/// Returns `true` if a text would not be read back as it is.
fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.contains([',', '"']) || text.trim() != text
}

fn push_quoted(value: &mut String, text: &str) {
    value.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            value.push('\\');
        }
        value.push(character);
    }
    value.push('"');
}

/// Reads a list from the values of headers of the same name.
pub(super) fn read_list<'v>(
    list: &mut dyn List,
    values: impl Iterator<Item = &'v str>,
    member: &Member,
) -> Result<(), &'static str> {
    list.clear();
    for value in values {
        let mut rest = value.trim();
        while !rest.is_empty() {
            let (item, after) = match member.timestamps {
                TimestampFormat::HttpDate => next_date(rest),
                _ => next_item(rest)?,
            };
            text::read(&item, list.push())?;
            rest = after;
        }
    }
    Ok(())
}

/// Splits a list after its first item, without its quotes.
fn next_item(list: &str) -> Result<(String, &str), &'static str> {
    let Some(quoted) = list.strip_prefix('"') else {
        let (item, rest) = list.split_once(',').unwrap_or((list, ""));
        return Ok((item.trim().to_owned(), rest.trim_start()));
    };
    let mut item = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => item.extend(characters.next().map(|(_, escaped)| escaped)),
            '"' => {
                let rest = quoted.get(at + 1..).unwrap_or_default().trim_start();
                return match rest.strip_prefix(',') {
                    Some(rest) => Ok((item, rest.trim_start())),
                    None if rest.is_empty() => Ok((item, rest)),
                    None => Err("a comma behind a value in quotes"),
                };
            }
            character => item.push(character),
        }
    }
    Err("a quote at the end of the value")
}

/// Splits a list after its first date of HTTP, which has a comma itself.
fn next_date(list: &str) -> (String, &str) {
    let mut commas = list.match_indices(',').map(|(at, _)| at);
    let (date, rest) = match commas.nth(1) {
        Some(at) => (list.get(..at), list.get(at + 1..)),
        None => (Some(list), None),
    };
    let date = date.unwrap_or_default().trim().to_owned();
    (date, rest.unwrap_or_default().trim_start())
}

/// Returns the error of a header that is not what the model says. It does not show the value.
#[cold]
pub(super) fn unexpected(name: &str, expected: &str) -> DecodeError {
    DecodeError::new(format!("the header {name}: expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DateTime;
    use crate::schema::Value;
    use proptest::prelude::*;

    const PLAIN: Member = Member::optional("a");
    const DATES: Member = Member::optional("a").timestamps(TimestampFormat::HttpDate);

    fn read<T>(value: &str, member: &Member) -> Result<Vec<T>, &'static str>
    where
        Vec<T>: List + Value,
    {
        let mut list = <Vec<T> as Value>::zero();
        read_list(&mut list, std::iter::once(value), member).map(|()| list)
    }

    #[test]
    fn lists_are_read() {
        let table: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("a,b , c", &["a", "b", "c"]),
            (r#""b,c", "\"def\"", a"#, &["b,c", "\"def\"", "a"]),
            (r#"a"b, c"#, &["a\"b", "c"]),
            (r#""""#, &[""]),
            (r#""\\""#, &["\\"]),
        ];
        for (value, expected) in table {
            assert_eq!(read::<String>(value, &PLAIN).unwrap(), expected, "{value}");
        }
        assert_eq!(read::<i32>("1, 2,3", &PLAIN).unwrap(), [1, 2, 3]);
        let dates = "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT";
        let date = DateTime::from_secs(1_576_540_098);
        assert_eq!(read::<DateTime>(dates, &DATES).unwrap(), [date, date]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for value in [r#""a"#, r#""a" b"#, r#""a\"#] {
            assert!(read::<String>(value, &PLAIN).is_err(), "{value}");
        }
        assert!(read::<i32>("1, x", &PLAIN).is_err());
        assert!(read::<DateTime>("Mon, x, y", &DATES).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts: Vec<String>) {
            let value = write_list(&texts, &PLAIN).unwrap();
            prop_assert_eq!(read::<String>(&value, &PLAIN).unwrap(), texts);
        }

        #[test]
        fn nothing_panics(value: String) {
            let _ = read::<String>(&value, &PLAIN);
            let _ = read::<DateTime>(&value, &DATES);
        }
    }
}

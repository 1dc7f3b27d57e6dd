//! Tables of text, as people read them.

use std::fmt;

/// Rows of as many cells each, the heading first. A column is as wide as its widest cell.
pub struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
    /// `true` for columns of numbers, which stand at the right.
    numbers: [bool; COLUMNS],
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A table of columns with these names, `true` for those that hold numbers.
    pub fn new(columns: [(&str, bool); COLUMNS]) -> Self {
        Self {
            rows: vec![columns.map(|(name, _)| name.to_owned())],
            numbers: columns.map(|(_, is_number)| is_number),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [&str; COLUMNS]) {
        self.rows.push(cells.map(str::to_owned));
    }
}

impl<const COLUMNS: usize> fmt::Display for Table<COLUMNS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; COLUMNS];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for row in &self.rows {
            let columns = row.iter().zip(widths).zip(self.numbers);
            let cells = columns.map(|((cell, width), is_number)| match is_number {
                true => format!("{cell:>width$}"),
                false => format!("{cell:<width$}"),
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[test]
fn columns_are_as_wide_as_they_must_be() {
    let mut table = Table::new([("name", false), ("n", true), ("outcome", false)]);
    table.row(["a", "10", "good"]);
    table.row(["größer", "1", "-"]);
    let expected = "\
name     n  outcome
a       10  good
größer   1  -
";
    assert_eq!(table.to_string(), expected);
}

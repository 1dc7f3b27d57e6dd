//! The table: a row per measurement, a column per side, and the ratio that the target is about.

use crate::chart::{Bar, Better, Chart};
use crate::measure::median;
use crate::sides::SideId;
use std::fmt::{Display, Formatter, Result};

/// The unit of the numbers of a row.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Just a number.
    Count,
    /// From bytes.
    Megabytes,
    /// From bytes per second.
    MegabytesPerSecond,
    /// From nanoseconds.
    Microseconds,
    /// From seconds.
    Seconds,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Count => format!("{value:.0}"),
            Self::Megabytes => format!("{:.2} MB", value / 1e6),
            Self::MegabytesPerSecond => format!("{:.1} MB/s", value / 1e6),
            Self::Microseconds => format!("{:.1} µs", value / 1e3),
            Self::Seconds => format!("{value:.2} s"),
        }
    }
}

impl From<Unit> for Better {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::MegabytesPerSecond => Self::More,
            _ => Self::Less,
        }
    }
}

/// The ratio that a row should have.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Less is better.
    AtMost(f64),
    /// More is better.
    AtLeast(f64),
}

impl Display for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::AtMost(ratio) => write!(f, "≤ {ratio:.2}"),
            Self::AtLeast(ratio) => write!(f, "≥ {ratio:.2}"),
        }
    }
}

/// The measurements of each side.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<(SideId, f64)>);

impl Samples {
    /// Adds a sample.
    pub fn push(&mut self, side: SideId, value: f64) {
        self.0.push((side, value));
    }

    /// Turns every sample into another.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self(
            self.0
                .into_iter()
                .map(|(side, value)| (side, change(value)))
                .collect(),
        )
    }

    /// The median of a side, if it was measured at all.
    fn median(&self, side: SideId) -> Option<f64> {
        let of_side = self.0.iter().filter(|(other, _)| *other == side);
        median(of_side.map(|(_, value)| *value).collect())
    }
}

/// A measurement of all sides.
#[derive(Debug)]
pub struct Row {
    /// The measurements.
    pub samples: Samples,
    label: String,
    unit: Unit,
    ratio: Option<(SideId, SideId)>,
    target: Option<Target>,
}

impl Row {
    /// A row without samples.
    pub fn new(label: impl Into<String>, unit: Unit) -> Self {
        Self {
            samples: Samples::default(),
            label: label.into(),
            unit,
            ratio: None,
            target: None,
        }
    }

    /// Takes the samples.
    pub fn with(mut self, samples: Samples) -> Self {
        self.samples = samples;
        self
    }

    /// Shows the first side divided by the second.
    pub fn ratio(mut self, side: SideId, other: SideId) -> Self {
        self.ratio = Some((side, other));
        self
    }

    /// Shows what the ratio should be.
    pub fn target(mut self, target: impl Into<Option<Target>>) -> Self {
        self.target = target.into();
        self
    }

    /// The bar of a row that compares with AWS's crate.
    fn bar(&self) -> Option<Bar> {
        let (_, other) = self.ratio?;
        if !matches!(other, SideId::AwsSame | SideId::AwsNewest) {
            return None;
        }
        Some(Bar {
            label: self.label.clone(),
            ratio: self.quotient()?,
            better: self.unit.into(),
        })
    }

    fn quotient(&self) -> Option<f64> {
        let (side, other) = self.ratio?;
        Some(self.samples.median(side)? / self.samples.median(other)?)
    }
}

/// All that was measured. Displays as Markdown.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }

    /// Adds rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.0.extend(rows);
    }

    /// The ratios to AWS's crate, with a line that says where and when they were taken.
    pub fn chart(&self, caption: String) -> Chart {
        let bars = self.0.iter().filter_map(Row::bar).collect();
        Chart { caption, bars }
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let measured = |side: &SideId| self.0.iter().any(|row| row.samples.median(*side).is_some());
        let sides: Vec<SideId> = SideId::ALL.into_iter().filter(measured).collect();
        write!(f, "| |")?;
        for side in &sides {
            write!(f, " {} |", side.name())?;
        }
        writeln!(f, " ratio | target |")?;
        writeln!(f, "|---|{}", "--:|".repeat(sides.len() + 2))?;
        for row in &self.0 {
            write!(f, "| {} |", row.label)?;
            for side in &sides {
                let value = row.samples.median(*side);
                write!(
                    f,
                    " {} |",
                    value.map(|value| row.unit.show(value)).unwrap_or_default()
                )?;
            }
            let ratio = row.quotient().map(|ratio| format!("{ratio:.2}"));
            let ratio = ratio.unwrap_or_default();
            let target = row
                .target
                .map(|target| target.to_string())
                .unwrap_or_default();
            writeln!(f, " {ratio} | {target} |")?;
        }
        Ok(())
    }
}

//! The sides that are compared.

use std::path::{Path, PathBuf};

/// A column of the table.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SideId {
    /// The generated crate and its runtime.
    Ours,
    /// The same, by the README's slim recipe.
    OursSlim,
    /// The version of AWS's crate with the same operations.
    AwsSame,
    /// The newest version of AWS's crate.
    AwsNewest,
    /// AWS's client for Python.
    Boto3,
}

impl SideId {
    /// Every column, in order.
    pub const ALL: [Self; 5] = [
        Self::Ours,
        Self::OursSlim,
        Self::AwsSame,
        Self::AwsNewest,
        Self::Boto3,
    ];

    /// The head of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "healthlake",
            Self::OursSlim => "healthlake, slim",
            Self::AwsSame => "aws-sdk-healthlake 1.96.0",
            Self::AwsNewest => "aws-sdk-healthlake, newest",
            Self::Boto3 => "boto3",
        }
    }
}

/// A crate and the consumer of it that is built.
#[derive(Debug)]
pub struct Side {
    /// Its column.
    pub id: SideId,
    /// The crates that make up the client: everything else in the tree counts as a dependency.
    pub crates: &'static [&'static str],
    /// The folder of the consumer.
    pub consumer: PathBuf,
    /// The folder that the consumer is built in.
    pub target: PathBuf,
}

impl Side {
    /// The sides that are built, with their target folders under `work`.
    pub fn all(work: &Path) -> Vec<Self> {
        const OURS: &[&str] = &["healthlake", "smithy-rt"];
        const AWS: &[&str] = &["aws-sdk-healthlake"];
        let consumers = Path::new(env!("CARGO_MANIFEST_DIR")).join("consumers");
        let side = |id, crates, folder: &str| Self {
            id,
            crates,
            consumer: consumers.join(folder),
            target: work.join(folder),
        };
        vec![
            side(SideId::Ours, OURS, "healthlake"),
            side(SideId::AwsSame, AWS, "aws-sdk-healthlake-1.96"),
            side(SideId::AwsNewest, AWS, "aws-sdk-healthlake"),
            side(SideId::OursSlim, OURS, "healthlake-slim"),
        ]
    }
}

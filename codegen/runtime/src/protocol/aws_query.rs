//! `aws.protocols#awsQuery`

use super::query::Query;
use crate::codec::query::Dialect;

/// `aws.protocols#awsQuery`
pub const AWS_QUERY: Query = Query::new(Dialect::Aws);

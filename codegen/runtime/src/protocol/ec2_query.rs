//! `aws.protocols#ec2Query`

use super::query::Query;
use crate::codec::query::Dialect;

/// `aws.protocols#ec2Query`
pub const EC2_QUERY: Query = Query::new(Dialect::Ec2);

//! Amazon Resource Names.

/// The parts of an ARN, `arn:partition:service:region:account-id:resource-id`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Arn<'a> {
    /// The partition: `aws`.
    pub partition: &'a str,
    /// The service: `kinesis`.
    pub service: &'a str,
    /// The region, or nothing.
    pub region: &'a str,
    /// The account, or nothing.
    pub account_id: &'a str,
    /// The resource, split at each `:` and `/`.
    pub resource_id: Vec<&'a str>,
}

/// Parses an ARN (`aws.parseArn`). Returns `None` if it is not one.
#[inline]
pub fn parse_arn(value: &str) -> Option<Arn<'_>> {
    let mut parts = value.strip_prefix("arn:")?.splitn(5, ':');
    let arn = Arn {
        partition: parts.next()?,
        service: parts.next()?,
        region: parts.next()?,
        account_id: parts.next()?,
        resource_id: parts.next()?.split([':', '/']).collect(),
    };
    let nameless = arn.partition.is_empty() || arn.service.is_empty() || arn.resource_id == [""];
    (!nameless).then_some(arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_fall_into_their_parts() {
        let parts = |value| {
            let arn = parse_arn(value).unwrap();
            (
                arn.partition,
                arn.service,
                arn.region,
                arn.account_id,
                arn.resource_id,
            )
        };
        assert_eq!(
            parts("arn:aws:kinesis:us-east-1:123456789012:stream/name"),
            (
                "aws",
                "kinesis",
                "us-east-1",
                "123456789012",
                vec!["stream", "name"]
            )
        );
        assert_eq!(
            parts("arn:aws:s3:::bucket:key/x"),
            ("aws", "s3", "", "", vec!["bucket", "key", "x"])
        );
        assert_eq!(parts("arn:aws:s3:::/"), ("aws", "s3", "", "", vec!["", ""]));
        assert_eq!(
            parts("arn:aws:s3:::a::b"),
            ("aws", "s3", "", "", vec!["a", "", "b"])
        );
    }

    #[test]
    fn what_is_not_an_arn_has_no_parts() {
        for value in [
            "",
            "arn",
            "arn:aws:s3::bucket",
            "arn:aws:s3:::",
            "arn::s3:::bucket",
            "arn:aws::::bucket",
            "nar:aws:s3:::bucket",
        ] {
            assert_eq!(parse_arn(value), None, "{value}");
        }
    }
}

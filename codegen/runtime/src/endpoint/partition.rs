//! AWS's partitions: which regions belong together, and their DNS suffixes.
//!
//! [`PARTITIONS`] is the one place with this data. A new region of a known partition needs no change here as long as its name
//! follows the partition's pattern.

use super::text::all_bytes;

/// A group of AWS regions with accounts, credentials and DNS names of its own.
#[derive(Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, as in ARNs: `aws`, `aws-cn`.
    pub name: &'static str,
    /// The suffix of host names.
    pub dns_suffix: &'static str,
    /// The suffix of host names that have IPv4 and IPv6 addresses.
    pub dual_stack_dns_suffix: &'static str,
    /// `true` if there are FIPS endpoints.
    pub supports_fips: bool,
    /// `true` if there are dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The region that requests to services without regions are signed for.
    pub implicit_global_region: &'static str,
    /// The regions, those whose names do not follow the pattern among them.
    regions: &'static [&'static str],
    /// The parts of the names of regions before `-word-number`.
    prefixes: &'static [&'static str],
}

static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "aws-global",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        regions: &["aws-cn-global", "cn-north-1", "cn-northwest-1"],
        prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        regions: &["eusc-de-east-1"],
        prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        regions: &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"],
        prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        regions: &["aws-iso-b-global", "us-isob-east-1", "us-isob-west-1"],
        prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        regions: &["aws-iso-e-global", "eu-isoe-west-1"],
        prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        regions: &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"],
        prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        regions: &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"],
        prefixes: &["us-gov"],
    },
];

/// Returns the partition of a region (`aws.partition`): the one that names it, else the one whose pattern it follows, else `aws`.
pub fn partition(region: &str) -> &'static Partition {
    let [aws, ..] = &PARTITIONS;
    for partition in &PARTITIONS {
        if partition.regions.contains(&region) {
            return partition;
        }
    }
    for partition in &PARTITIONS {
        if partition.has_pattern_of(region) {
            return partition;
        }
    }
    aws
}

impl Partition {
    /// Returns `true` if the region is `prefix-word-number`, as the regular expression `^prefix\-\w+\-\d+$` has it.
    fn has_pattern_of(&self, region: &str) -> bool {
        for prefix in self.prefixes {
            if let Some(rest) = region.strip_prefix(prefix)
                && let Some(rest) = rest.strip_prefix('-')
                && let Some((word, number)) = rest.split_once('-')
                && is_word(word)
                && is_number(number)
            {
                return true;
            }
        }
        false
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && all_bytes(text, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && all_bytes(text, |byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_belong_to_partitions() {
        for (region, name) in [
            ("us-east-1", "aws"),
            ("aws-global", "aws"),
            ("mx-new-12", "aws"),
            ("cn-north-1", "aws-cn"),
            ("cn-south-9", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-gov-north-3", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-iso-south-5", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("aws-iso-b-global", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("eusc-de-west-2", "aws-eusc"),
            // Neither listed nor of any pattern.
            ("cn-north", "aws"),
            ("cn-north-", "aws"),
            ("cn--1", "aws"),
            ("cn-north-1a", "aws"),
            ("us-gov-1", "aws"),
            ("eusc-fr-east-1", "aws"),
            ("mars", "aws"),
            ("", "aws"),
        ] {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }

    #[test]
    fn the_table_agrees_with_itself() {
        for entry in &PARTITIONS {
            assert!(
                entry.regions.contains(&entry.implicit_global_region),
                "{}",
                entry.name
            );
            for region in entry.regions {
                assert_eq!(partition(region), entry, "{region}");
                assert!(
                    entry.has_pattern_of(region) || region.ends_with("-global"),
                    "{region}"
                );
            }
        }
    }
}

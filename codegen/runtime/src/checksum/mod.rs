//! `aws.protocols#httpChecksum`: checksums of bodies, sent and received (feature `http-checksum`).
//!
//! The schema of an operation says which there may be. The request's is made where the call is written, if its body is in memory, and
//! otherwise behind the body while that is sent. The response's is compared while the body is read. The algorithms are AWS's.

mod interceptor;
mod request;
mod response;
mod trailer;

use aws_smithy_checksums::ChecksumAlgorithm;
use aws_smithy_types::base64;

pub(crate) use self::interceptor::Checksums;
pub(crate) use self::request::{Choice, RequestChecksums};

use crate::EncodeError;

/// The checksums of an operation: `aws.protocols#httpChecksum`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpChecksum {
    /// The member of the input that names the algorithm for its body.
    pub(crate) request_algorithm_member: Option<&'static str>,
    pub(crate) is_request_checksum_required: bool,
    /// The member of the input that asks for checksums in responses.
    pub(crate) request_validation_mode_member: Option<&'static str>,
    /// The algorithms that responses may use, best first.
    pub(crate) response_algorithms: &'static [&'static str],
}

impl HttpChecksum {
    /// The checksums of most operations.
    pub(crate) const NONE: Self = Self {
        request_algorithm_member: None,
        is_request_checksum_required: false,
        request_validation_mode_member: None,
        response_algorithms: &[],
    };

    /// Returns `true` if requests may have a checksum.
    fn has_request_checksum(&self) -> bool {
        self.request_algorithm_member.is_some() || self.is_request_checksum_required
    }
}

/// An algorithm, and its name in models.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Algorithm {
    name: &'static str,
    of_aws: ChecksumAlgorithm,
}

impl Algorithm {
    /// The algorithm of requests for which nobody chooses one.
    const DEFAULT: Self = Self {
        name: "CRC32",
        of_aws: ChecksumAlgorithm::Crc32,
    };

    const ALL: [Self; 5] = [
        Self::DEFAULT,
        Self {
            name: "CRC32C",
            of_aws: ChecksumAlgorithm::Crc32c,
        },
        Self {
            name: "CRC64NVME",
            of_aws: ChecksumAlgorithm::Crc64Nvme,
        },
        Self {
            name: "SHA1",
            of_aws: ChecksumAlgorithm::Sha1,
        },
        Self {
            name: "SHA256",
            of_aws: ChecksumAlgorithm::Sha256,
        },
    ];

    /// Returns the algorithm of this name in models. Not all that Smithy has are among AWS's.
    fn of(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|algorithm| algorithm.name.eq_ignore_ascii_case(name))
    }

    /// Returns the name of the header, or trailer, for checksums.
    fn header(self) -> &'static str {
        self.of_aws.into_impl().header_name()
    }

    /// Returns a checksum as it stands in a header.
    fn checksum(self, body: &[u8]) -> String {
        let mut checksum = self.of_aws.into_impl();
        checksum.update(body);
        base64::encode(checksum.finalize())
    }
}

#[cold]
fn unknown_algorithm(member: &str, name: &str) -> EncodeError {
    let known = Algorithm::ALL.map(|algorithm| algorithm.name).join(", ");
    EncodeError::new(format!(
        "`{member}` is {name:?}, which is no checksum algorithm that can be calculated here: expected one of {known}, or a checksum in \
         a member of its own"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_has_its_header_and_its_checksum() {
        let table = [
            ("CRC32", "x-amz-checksum-crc32", "y/Q5Jg=="),
            ("CRC32C", "x-amz-checksum-crc32c", "4waSgw=="),
            ("crc64nvme", "x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
            (
                "SHA1",
                "x-amz-checksum-sha1",
                "98O8HYCOBHMq32eZZczDTKeuNEE=",
            ),
            (
                "SHA256",
                "x-amz-checksum-sha256",
                "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
            ),
        ];
        for (name, header, checksum) in table {
            let algorithm = Algorithm::of(name).unwrap();
            assert_eq!(algorithm.header(), header);
            assert_eq!(algorithm.checksum(b"123456789"), checksum, "{name}");
        }
        assert_eq!(Algorithm::of("MD5"), None);
    }
}

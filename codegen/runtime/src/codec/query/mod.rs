//! Queries, as `aws.protocols#awsQuery` and `aws.protocols#ec2Query` send them: parameters in the form of HTML, one for each value that
//! holds no others, with its path as the name.

#[cfg(feature = "test-util")]
mod read;
mod write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

#[cfg(feature = "test-util")]
pub(crate) use self::read::Query;
pub(crate) use self::write::write;

use crate::schema::Member;

/// All but the unreserved characters of RFC 3986, as signatures have it.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The way that names are made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Dialect {
    /// As in XML.
    Aws,
    /// With a capital letter in front, and without names for the elements of lists.
    Ec2,
}

impl Dialect {
    /// Appends the name of a member.
    fn push_name(self, member: &Member, path: &mut String) {
        let name = member.xml_name();
        if self == Self::Aws {
            return path.push_str(name);
        }
        match member.form().query_name {
            Some(name) => path.push_str(name),
            None => {
                let mut characters = name.chars();
                path.extend(characters.next().map(|first| first.to_ascii_uppercase()));
                path.push_str(characters.as_str());
            }
        }
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;

//! Hashes of bodies in headers, as archives want them: SHA-256 of the whole, and of a tree over its parts.

use std::fmt::Write;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use sha2::{Digest, Sha256};

use crate::error::causes::TextError;

const TREE: &str = "x-amz-sha256-tree-hash";
const WHOLE: &str = "x-amz-content-sha256";

/// The length of the parts that are the leaves of the tree.
const PART: usize = 1024 * 1024;

/// Adds the hashes that the request does not have yet.
///
/// # Errors
/// If the body is not in memory, so that there is nothing to hash before it is sent.
pub(crate) fn add(request: &mut HttpRequest) -> Result<(), TextError> {
    let Some(body) = request.body().bytes() else {
        return Err(TextError::new(
            "the service wants hashes of the body, which a stream has only once it is sent: hand over bytes",
        ));
    };
    let hashes = [(TREE, tree(body)), (WHOLE, Sha256::digest(body).into())];
    for (name, hash) in hashes {
        if !request.headers().contains_key(name) {
            request.headers_mut().insert(name, hex(hash));
        }
    }
    Ok(())
}

/// Returns the hash of the root of the tree: each node is the hash of its two children's, and one that has no sibling moves up.
fn tree(body: &[u8]) -> [u8; 32] {
    let mut level: Vec<[u8; 32]> = body
        .chunks(PART)
        .map(|part| Sha256::digest(part).into())
        .collect();
    while level.len() > 1 {
        let pairs = level.chunks(2);
        level = pairs
            .map(|pair| match pair {
                [only] => *only,
                pair => Sha256::digest(pair.concat()).into(),
            })
            .collect();
    }
    let root = level.first().copied();
    root.unwrap_or_else(|| Sha256::digest([]).into())
}

fn hex(hash: [u8; 32]) -> String {
    hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::body::SdkBody;

    fn hash(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    #[test]
    fn a_small_body_is_its_own_tree() {
        for body in ["", "hello world"] {
            assert_eq!(tree(body.as_bytes()), hash(body.as_bytes()));
        }
        assert_eq!(
            hex(tree(b"hello world")),
            "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
        );
    }

    #[test]
    fn a_part_without_a_sibling_moves_up() {
        let body: Vec<u8> = (0..PART * 2 + 5).map(|at| (at % 251) as u8).collect();
        let leaves: Vec<_> = body.chunks(PART).map(hash).collect();
        let [first, second, third] = leaves[..] else {
            panic!("{} leaves", leaves.len());
        };
        let left = hash(&[first, second].concat());
        assert_eq!(tree(&body), hash(&[left, third].concat()));
        assert_eq!(tree(&body[..PART * 2]), left);
    }

    #[test]
    fn hashes_that_are_there_stay() {
        let mut request = HttpRequest::new(SdkBody::from("hello world"));
        request.headers_mut().insert(TREE, "mine");
        add(&mut request).unwrap();
        assert_eq!(request.headers().get(TREE), Some("mine"));
        assert_eq!(
            request.headers().get(WHOLE),
            Some(&*hex(hash(b"hello world")))
        );
    }

    #[test]
    fn a_stream_has_no_hashes() {
        let stream = SdkBody::from("hello").map(SdkBody::from_body_1_x);
        let mut request = HttpRequest::new(stream);
        let error = add(&mut request).unwrap_err().to_string();
        assert!(error.ends_with("hand over bytes"), "{error}");
    }
}

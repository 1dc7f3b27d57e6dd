//! `smithy.api#httpChecksumRequired`: bodies go out with their MD5 in a header (feature `checksum`).

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::base64;
use md5::{Digest, Md5};

use crate::error::causes::TextError;

/// Adds the checksum of the body as it is sent, unless a member is that header.
pub(crate) fn add(request: &mut HttpRequest) -> Result<(), BoxError> {
    if request.headers().contains_key("content-md5") {
        return Ok(());
    }
    let Some(body) = request.body().bytes() else {
        let reason = "the service needs a checksum ahead of the body, whose bytes have to be in memory for it";
        return Err(TextError::new(reason).into());
    };
    let checksum = base64::encode(Md5::digest(body));
    request.headers_mut().try_insert("content-md5", checksum)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::body::SdkBody;

    #[test]
    fn the_checksum_is_that_of_the_body() {
        for (body, expected) in [
            ("", "1B2M2Y8AsgTpgAmY7PhCfg=="),
            (
                "The quick brown fox jumps over the lazy dog",
                "nhB9nTcrtoJr2B01QqQZ1g==",
            ),
        ] {
            let mut request = HttpRequest::new(SdkBody::from(body));
            add(&mut request).unwrap();
            assert_eq!(request.headers().get("content-md5"), Some(expected));
        }
        let mut request = HttpRequest::new(SdkBody::empty());
        add(&mut request).unwrap();
        assert_eq!(
            request.headers().get("content-md5"),
            Some("1B2M2Y8AsgTpgAmY7PhCfg==")
        );
    }

    #[test]
    fn a_checksum_that_is_given_stays() {
        let mut request = HttpRequest::new(SdkBody::from("a"));
        request.headers_mut().insert("content-md5", "given");
        add(&mut request).unwrap();
        assert_eq!(request.headers().get("content-md5"), Some("given"));
    }

    #[test]
    fn a_body_that_is_not_in_memory_has_none() {
        let body = SdkBody::from_body_1_x(SdkBody::from("a"));
        let error = add(&mut HttpRequest::new(body)).unwrap_err();
        assert!(error.to_string().contains("in memory"), "{error}");
    }
}

//! Errors in XML. Which of their forms a response has is told by its root: services do not all keep to that of their protocol.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use crate::Document;
use crate::codec::Codec;
use crate::codec::xml::{Xml, read_any};
#[cfg(feature = "test-util")]
use crate::{EncodeError, codec::xml::write_within, schema::View};

/// The elements around an error: those of awsQuery, and of restXml as a rule.
pub(super) const WRAPPED: &[&str] = &["ErrorResponse", "Error"];

/// Those of restXml with `noErrorWrapping`.
pub(super) const BARE: &[&str] = &["Error"];

/// Those of ec2Query.
pub(super) const LISTED: &[&str] = &["Response", "Errors", "Error"];

/// An error in XML.
pub(super) struct XmlError {
    /// The members that an error has, whatever the model says.
    pub(super) fields: Document,
    /// The name of the root, if that is the name of the error.
    pub(super) root: Option<String>,
    /// The id of the request.
    pub(super) request_id: Option<String>,
    codec: &'static Xml,
}

impl XmlError {
    /// Finds the error in a response, if it is one of XML.
    pub(super) fn of(response: &HttpResponse) -> Option<Self> {
        let body = response.body().bytes().unwrap_or_default();
        let (root, contents) = read_any(body).ok()?;
        let forms: [(&[&str], &'static Xml); 3] = [
            (WRAPPED, &const { Xml::within(WRAPPED) }),
            (LISTED, &const { Xml::within(LISTED) }),
            (BARE, &const { Xml::within(BARE) }),
        ];
        for (path, codec) in forms {
            if let Some(fields) = inside(path, &root, &contents) {
                return Some(Self {
                    fields: fields.clone(),
                    root: None,
                    request_id: request_id(&contents).or_else(|| request_id(fields)),
                    codec,
                });
            }
        }
        // The root may be the error itself, with its name.
        let request_id = Some(request_id(&contents)?);
        Some(Self {
            fields: contents,
            root: Some(root),
            request_id,
            codec: &Xml::ROOT,
        })
    }
}

/// Returns `true` if the root of a response is `Error`. The rest of it, which may be large, is not read.
#[cfg(feature = "rest-xml")]
pub(super) fn is_bare(response: &HttpResponse) -> bool {
    let mut rest = response.body().bytes().unwrap_or_default();
    rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            _ => break,
        };
        let Some(at) = rest.windows(end.len()).position(|found| found == end) else {
            return false;
        };
        rest = rest.get(at + end.len()..).unwrap_or_default();
    }
    match rest.strip_prefix(b"<Error") {
        Some([after, ..]) => matches!(after, b'>' | b'/') || after.is_ascii_whitespace(),
        _ => false,
    }
}

fn request_id(contents: &Document) -> Option<String> {
    let id = contents.get("RequestId").or(contents.get("RequestID"));
    id?.as_str().map(str::to_owned)
}

/// Returns what is in the last of these elements.
fn inside<'d>(path: &[&str], root: &str, contents: &'d Document) -> Option<&'d Document> {
    let (first, inner) = path.split_first()?;
    let mut place = contents;
    for name in inner {
        place = place.get(name)?;
        if let Document::Array(several) = place {
            place = several.first()?;
        }
    }
    (*first == root && place.is_object()).then_some(place)
}

/// Returns the codec that reads the error in a response.
pub(super) fn codec(response: &HttpResponse) -> &'static dyn Codec {
    XmlError::of(response).map_or(&Xml::ROOT, |error| error.codec)
}

/// Writes an error as a service does.
#[cfg(feature = "test-util")]
pub(super) fn write(
    path: &[&str],
    code: Option<&str>,
    members: View<'_>,
) -> Result<Vec<u8>, EncodeError> {
    let mut body = Vec::new();
    let code = code.map(|code| ("Code", code));
    write_within(path, code.as_slice(), members, &mut body)?;
    Ok(body)
}

//! `aws.protocols#restXml`: HTTP bindings, and bodies of XML.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

use super::http_binding::{self, Format};
use super::sealed::HasCodec;
use super::{ErrorParts, Protocol, xml_error};
use crate::codec::xml::{self, Xml};
use crate::codec::{Codec, Mode};
use crate::schema::{Member, OperationSchema, Slot, Structure, View};
use crate::{DecodeError, EncodeError};

/// `aws.protocols#restXml`
pub const REST_XML: RestXml = RestXml {
    has_errors_in_success: false,
    #[cfg(feature = "test-util")]
    error_path: xml_error::WRAPPED,
};

/// A protocol of HTTP bindings and XML.
#[derive(Clone, Copy, Debug)]
pub struct RestXml {
    /// `true` if a response may be an error whatever its status says.
    has_errors_in_success: bool,
    /// The elements around the errors that fakes write.
    #[cfg(feature = "test-util")]
    error_path: &'static [&'static str],
}

const FORMAT: Format = Format {
    codec: &Xml::ROOT,
    media_type: "application/xml",
    sends_empty_payload: false,
};

impl RestXml {
    /// Speaks to a service whose errors are not inside of an element `ErrorResponse`: `noErrorWrapping`. Both are read in any case.
    pub const fn no_error_wrapping(self) -> Self {
        Self {
            #[cfg(feature = "test-util")]
            error_path: xml_error::BARE,
            ..self
        }
    }

    /// Speaks to a service that may report an error in a response whose status is that of a success: it is one if it is an element
    /// `Error`.
    pub const fn errors_in_success(self) -> Self {
        Self {
            has_errors_in_success: true,
            ..self
        }
    }
}

impl HasCodec for RestXml {
    fn codec(&self) -> &'static dyn Codec {
        FORMAT.codec
    }
}

/// XML whose root is a member of a structure.
#[derive(Clone, Copy, Debug)]
struct Unwrapped;

impl Codec for Unwrapped {
    fn name(&self) -> &'static str {
        Xml::ROOT.name()
    }

    fn recognizes(&self, bytes: &[u8]) -> bool {
        Xml::ROOT.recognizes(bytes)
    }

    fn write(&self, view: View<'_>, of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let View::Structure(structure) = view else {
            return Xml::ROOT.write(view, of, bytes);
        };
        for (index, member) in structure.members().iter().enumerate() {
            match structure.member_view(index) {
                View::Null => {}
                view => return Xml::ROOT.write(view, member, bytes),
            }
        }
        Ok(())
    }

    fn read(
        &self,
        bytes: &[u8],
        slot: Slot<'_>,
        of: &Member,
        mode: Mode,
    ) -> Result<(), DecodeError> {
        match slot {
            Slot::Structure(structure) if self.recognizes(bytes) => {
                let (root, contents) = xml::read_any(bytes)?;
                let is_member = Member::named(structure.members(), &root).is_some();
                match contents.as_str() {
                    // An empty root is as good as none.
                    Some("") if is_member => Ok(()),
                    _ => xml::read_unwrapped(bytes, structure),
                }
            }
            slot => Xml::ROOT.read(bytes, slot, of, mode),
        }
    }
}

/// Returns the root of a document, as a member.
fn root(xml: Option<&'static crate::schema::Xml>) -> Member {
    match xml {
        Some(xml) => Member::ROOT.xml(xml),
        None => Member::ROOT,
    }
}

impl Protocol for RestXml {
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError> {
        let root = root(operation.xml_of_input());
        http_binding::serialize_request(FORMAT, operation, input, &root)
    }

    fn deserialize_response(
        &self,
        operation: &OperationSchema,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        if operation.has_unwrapped_xml_output() {
            let format = Format {
                codec: &Unwrapped,
                ..FORMAT
            };
            return http_binding::deserialize_response(format, response, output, &Member::ROOT);
        }
        let root = root(operation.xml_of_output());
        http_binding::deserialize_response(FORMAT, response, output, &root)
    }

    fn reports_error(&self, response: &HttpResponse) -> bool {
        self.has_errors_in_success && xml_error::is_bare(response)
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        false
    }

    #[cfg(feature = "event-stream")]
    fn deserialize_head(
        &self,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        http_binding::deserialize_head(response, output)
    }

    fn parse_error(&self, response: &HttpResponse) -> ErrorParts {
        ErrorParts::of_xml(response)
    }

    fn deserialize_error(
        &self,
        response: &HttpResponse,
        error: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let codec = xml_error::codec(response);
        let format = Format { codec, ..FORMAT };
        http_binding::deserialize_error(format, response, error, &Member::ROOT)
    }

    #[cfg(feature = "test-util")]
    fn fit(&self, operation: &OperationSchema, request: &HttpRequest) -> Option<usize> {
        http_binding::fit(operation, request)
    }

    #[cfg(feature = "test-util")]
    fn deserialize_request(
        &self,
        operation: &OperationSchema,
        request: &HttpRequest,
        input: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let root = root(operation.xml_of_input());
        http_binding::deserialize_request(FORMAT, operation, request, input, &root)
    }

    #[cfg(feature = "test-util")]
    fn serialize_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let root = root(operation.xml_of_output());
        let codec: &dyn Codec = match operation.has_unwrapped_xml_output() {
            true => &Unwrapped,
            false => FORMAT.codec,
        };
        let format = Format { codec, ..FORMAT };
        http_binding::serialize_response(format, 200, output, &root)
    }

    #[cfg(feature = "test-util")]
    fn serialize_error(
        &self,
        status: u16,
        code: Option<&str>,
        error: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        http_binding::serialize_error(status, error, |members| {
            xml_error::write(self.error_path, code, members)
        })
    }
}

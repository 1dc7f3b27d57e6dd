//! `aws.protocols#awsQuery` and `aws.protocols#ec2Query`: every request is a `POST` to `/` with a form, and responses are XML.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

use super::response::{check_blank, is_blank};
use super::sealed::HasCodec;
use super::{ErrorParts, Protocol, excerpt, post_bytes, xml_error};
use crate::codec::query::{self, Dialect};
use crate::codec::xml::{self, Xml};
use crate::codec::{Codec, Mode};
#[cfg(feature = "test-util")]
use crate::schema::View;
use crate::schema::{Member, OperationSchema, Slot, Structure};
use crate::{DecodeError, EncodeError};

/// A protocol of queries.
#[derive(Clone, Copy, Debug)]
pub struct Query {
    dialect: Dialect,
    version: &'static str,
}

impl Query {
    pub(super) const fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            version: "",
        }
    }

    /// Speaks to this version of a service, which every request names.
    pub const fn version(mut self, version: &'static str) -> Self {
        self.version = version;
        self
    }

    /// Returns the elements around the members of an output.
    fn path(&self, operation: &OperationSchema) -> Vec<String> {
        let name = operation.name();
        let mut path = vec![format!("{name}Response")];
        if self.dialect == Dialect::Aws {
            path.push(format!("{name}Result"));
        }
        path
    }
}

impl HasCodec for Query {
    fn codec(&self) -> &'static dyn Codec {
        &Xml::ROOT
    }
}

impl Protocol for Query {
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError> {
        let mut body = String::with_capacity(256);
        for text in ["Action=", operation.name(), "&Version=", self.version] {
            body.push_str(text);
        }
        query::write(self.dialect, input, &mut body)?;
        post_bytes("/", body.into(), "application/x-www-form-urlencoded")
    }

    fn deserialize_response(
        &self,
        operation: &OperationSchema,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let is_required = |member: &Member| member.is_required;
        check_blank(self.codec(), response, || {
            output.members().iter().any(is_required)
        })?;
        if is_blank(response) {
            return Ok(());
        }
        let body = response.body().bytes().unwrap_or_default();
        if !self.codec().recognizes(body) {
            return Err(DecodeError::new(excerpt::describe(self.codec(), response)));
        }
        let path = self.path(operation);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let slot = Slot::Structure(output);
        xml::read(body, &path, slot, &Member::ROOT, Mode::Correcting)
    }

    fn request_id(&self, response: &HttpResponse) -> Option<String> {
        let body = std::str::from_utf8(response.body().bytes()?).ok()?;
        // It is behind the output, or with EC2, in front of it.
        let (_, id) = match self.dialect {
            Dialect::Aws => body.rsplit_once("<RequestId>")?,
            Dialect::Ec2 => body.split_once("<requestId>")?,
        };
        let (id, _) = id.split_once("</")?;
        Some(id.trim().to_owned())
    }

    fn parse_error(&self, response: &HttpResponse) -> ErrorParts {
        ErrorParts::of_xml(response)
    }

    fn deserialize_error(
        &self,
        response: &HttpResponse,
        error: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let body = response.body().bytes().unwrap_or_default();
        let slot = Slot::Structure(error);
        xml_error::codec(response).read(body, slot, &Member::ROOT, Mode::Correcting)
    }

    #[cfg(feature = "test-util")]
    fn called_operation<'r>(&self, request: &'r HttpRequest) -> Option<&'r str> {
        let body = std::str::from_utf8(request.body().bytes()?).ok()?;
        body.split('&')
            .find_map(|pair| pair.strip_prefix("Action="))
    }

    #[cfg(feature = "test-util")]
    fn deserialize_request(
        &self,
        _operation: &OperationSchema,
        request: &HttpRequest,
        input: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let body = request.body().bytes().unwrap_or_default();
        query::Query::parse(body).read(self.dialect, input)
    }

    #[cfg(feature = "test-util")]
    fn serialize_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let path = self.path(operation);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut body = Vec::new();
        xml::write_within(&path, &[], View::Structure(output), &mut body)?;
        super::respond(200, body)
    }

    #[cfg(feature = "test-util")]
    fn serialize_error(
        &self,
        status: u16,
        code: Option<&str>,
        error: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let path = match self.dialect {
            Dialect::Aws => xml_error::WRAPPED,
            Dialect::Ec2 => xml_error::LISTED,
        };
        let body = xml_error::write(path, code, View::Structure(error))?;
        super::respond(status, body)
    }
}

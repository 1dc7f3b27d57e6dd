//! `smithy.api`: traits of Smithy's prelude.

use serde_json::{Number, Value};

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;
use crate::model::node::Node;

/// `smithy.api#length`: of a string in Unicode scalar values, of a blob in bytes, of a list or map in entries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Length {
    /// The least length.
    pub min: Option<u64>,
    /// The greatest length.
    pub max: Option<u64>,
}

/// `smithy.api#range` of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range<'a> {
    /// The least value.
    pub min: Option<&'a Number>,
    /// The greatest value.
    pub max: Option<&'a Number>,
}

/// `smithy.api#deprecated`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Deprecated<'a> {
    /// The advice what to use instead.
    pub message: Option<&'a str>,
    /// The version or date since which this is deprecated.
    pub since: Option<&'a str>,
}

/// `smithy.api#error`: who is at fault.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// The caller.
    Client,
    /// The service.
    Server,
}

/// `smithy.api#retryable`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Retryable {
    /// The same call may work in a moment.
    Transient,
    /// The same call may work, once the caller slows down.
    Throttling,
}

/// `smithy.api#timestampFormat`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TimestampFormat {
    /// RFC 3339, as a string.
    DateTime,
    /// IMF-fixdate of HTTP, as a string.
    HttpDate,
    /// Seconds since 1970, as a number. awsJson's own choice.
    EpochSeconds,
}

/// `smithy.api#paginated`. A service's gives defaults for those of its operations.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Paginated<'a> {
    /// The input member that takes the token.
    pub input_token: Option<&'a str>,
    /// The path in the output to the next token.
    pub output_token: Option<&'a str>,
    /// The path in the output to the items of a page.
    pub items: Option<&'a str>,
}

/// `smithy.api#http`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Http<'a> {
    /// The method.
    pub method: &'a str,
    /// The pattern of path and query.
    pub uri: &'a str,
    /// The status of a response that reports no error.
    pub code: Option<u16>,
}

/// A link of `smithy.api#externalDocumentation`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Link<'a> {
    /// The title of the page.
    pub title: &'a str,
    /// The address of the page.
    pub url: &'a str,
}

/// `smithy.api#xmlNamespace`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct XmlNamespace<'a> {
    /// The namespace.
    pub uri: &'a str,
    /// The prefix that stands for it.
    pub prefix: Option<&'a str>,
}

/// Returns `true` if it can be the name of an element, by the pattern that Smithy has for it.
fn is_xml_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_other = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(is_other)
    };
    match name.split_once(':') {
        Some((prefix, local)) => is_part(prefix) && is_part(local),
        None => is_part(name),
    }
}

/// `smithy.api#httpApiKeyAuth`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HttpApiKey<'a> {
    /// The name of the header or of the parameter of the query.
    pub name: &'a str,
    /// `true` if keys are in the query, not in a header.
    pub is_in_query: bool,
    /// The word in front of keys in a header.
    pub scheme: Option<&'a str>,
}

annotations! {
    /// The member must be given.
    is_required("smithy.api#required");
    /// The member is an `Option` to clients, whatever else it says.
    is_client_optional("smithy.api#clientOptional");
    /// The structure is the input of one operation and nothing else.
    is_input("smithy.api#input");
    /// Values are not for logs.
    is_sensitive("smithy.api#sensitive");
    /// The client makes a token up where the member is absent.
    is_idempotency_token("smithy.api#idempotencyToken");
    /// No two entries are equal.
    has_unique_items("smithy.api#uniqueItems");
    /// Entries may be null.
    is_sparse("smithy.api#sparse");
    /// The length of the stream is known before it is sent.
    requires_length("smithy.api#requiresLength");
    /// The body goes with a checksum in a header.
    requires_checksum("smithy.api#httpChecksumRequired");
    /// The union is an event stream, the blob a stream of bytes.
    is_streaming("smithy.api#streaming");
    /// The member is the payload of an event.
    is_event_payload("smithy.api#eventPayload");
    /// The member is a header of an event.
    is_event_header("smithy.api#eventHeader");
    /// The member is a part of the path.
    is_http_label("smithy.api#httpLabel");
    /// The member's entries are parameters of the query.
    is_http_query_params("smithy.api#httpQueryParams");
    /// The member is all of the body.
    is_http_payload("smithy.api#httpPayload");
    /// The member is the status of the response.
    is_http_response_code("smithy.api#httpResponseCode");
    /// The member is an attribute in XML.
    is_xml_attribute("smithy.api#xmlAttribute");
    /// The elements of the list, or the entries of the map, take the place of the member in XML.
    is_xml_flattened("smithy.api#xmlFlattened");
    /// The member is part of the host name.
    is_host_label("smithy.api#hostLabel");
    /// The operation changes nothing.
    is_readonly("smithy.api#readonly");
    /// The operation can be called without credentials.
    is_optional_auth("smithy.api#optionalAuth");
    /// The shape is not for everyone.
    is_internal("smithy.api#internal");
    /// The shape is a mixin, of no use on its own.
    is_mixin("smithy.api#mixin");
}

accessors! {
    /// HTML or CommonMark.
    documentation("smithy.api#documentation") -> &str = Node::str;

    /// The service's name for people.
    title("smithy.api#title") -> &str = Node::str;

    /// The party at fault, if the structure is an error.
    error("smithy.api#error") -> Fault = |node| match node.str()? {
        "client" => Ok(Fault::Client),
        "server" => Ok(Fault::Server),
        _ => Err(node.expected("`client` or `server`")),
    };

    /// The HTTP status of responses that report the error.
    http_error("smithy.api#httpError") -> u16 = |node| match node.u16()? {
        status @ 300..=599 => Ok(status),
        _ => Err(node.expected("a status from 300 to 599")),
    };

    /// Marks an error that is worth a retry, and says if the caller is too fast.
    retryable("smithy.api#retryable") -> Retryable = |node| {
        let throttling = node.get("throttling")?.map(Node::bool).transpose()?;
        Ok(if throttling == Some(true) {
            Retryable::Throttling
        } else {
            Retryable::Transient
        })
    };

    /// Not to be used any longer.
    deprecated("smithy.api#deprecated") -> Deprecated<'_> = |node| {
        Ok(Deprecated {
            message: node.opt_str("message")?,
            since: node.opt_str("since")?,
        })
    };

    /// The wire format of a timestamp.
    timestamp_format("smithy.api#timestampFormat") -> TimestampFormat = |node| match node.str()? {
        "date-time" => Ok(TimestampFormat::DateTime),
        "http-date" => Ok(TimestampFormat::HttpDate),
        "epoch-seconds" => Ok(TimestampFormat::EpochSeconds),
        _ => Err(node.expected("`date-time`, `http-date` or `epoch-seconds`")),
    };

    /// The bounds of a length.
    length("smithy.api#length") -> Length = |node| {
        Ok(Length {
            min: node.get("min")?.map(Node::u64).transpose()?,
            max: node.get("max")?.map(Node::u64).transpose()?,
        })
    };

    /// The bounds of a number.
    range("smithy.api#range") -> Range<'_> = |node| {
        Ok(Range {
            min: node.get("min")?.map(Node::number).transpose()?,
            max: node.get("max")?.map(Node::number).transpose()?,
        })
    };

    /// A regular expression of ECMA 262.
    pattern("smithy.api#pattern") -> &str = Node::str;

    /// The reason why the member should be given; empty if the model does not say.
    recommended("smithy.api#recommended") -> &str = |node| {
        Ok(node.opt_str("reason")?.unwrap_or_default())
    };

    /// The version since which the shape is there.
    since("smithy.api#since") -> &str = Node::str;

    /// Links for further reading, in the order of the model.
    external_documentation("smithy.api#externalDocumentation") -> Vec<Link<'_>> = |node| {
        node.entries()?
            .map(|(title, url)| {
                Ok(Link {
                    title,
                    url: url.str()?,
                })
            })
            .collect()
    };

    /// The members that page through a list.
    paginated("smithy.api#paginated") -> Paginated<'_> = |node| {
        node.opt_str("pageSize")?;
        Ok(Paginated {
            input_token: node.opt_str("inputToken")?,
            output_token: node.opt_str("outputToken")?,
            items: node.opt_str("items")?,
        })
    };

    /// The method of requests and the pattern of their path and query.
    http("smithy.api#http") -> Http<'_> = |node| {
        Ok(Http {
            method: node.require("method")?.str()?,
            uri: node.require("uri")?.str()?,
            code: node.get("code")?.map(Node::u16).transpose()?,
        })
    };

    /// The parameter of the query that the member is.
    http_query("smithy.api#httpQuery") -> &str = Node::str;

    /// The header that the member is.
    http_header("smithy.api#httpHeader") -> &str = Node::str;

    /// The beginning of the names of the headers that the member's entries are.
    http_prefix_headers("smithy.api#httpPrefixHeaders") -> &str = Node::str;

    /// The name of the member in JSON.
    json_name("smithy.api#jsonName") -> &str = Node::str;

    /// The name of an element or attribute in XML.
    xml_name("smithy.api#xmlName") -> &str = |node| {
        let name = node.str()?;
        match is_xml_name(name) {
            true => Ok(name),
            false => Err(node.expected("a name of XML, with a prefix or without")),
        }
    };

    /// The namespace of an element in XML.
    xml_namespace("smithy.api#xmlNamespace") -> XmlNamespace<'_> = |node| {
        let prefix = node.get("prefix")?;
        let name = prefix.map(Node::str).transpose()?;
        match (prefix, name) {
            (Some(prefix), Some(name)) if name.contains(':') || !is_xml_name(name) => {
                Err(prefix.expected("a name of XML without a prefix"))
            }
            _ => Ok(XmlNamespace {
                uri: node.require("uri")?.str()?,
                prefix: name,
            }),
        }
    };

    /// The media type of what the string or blob holds.
    media_type("smithy.api#mediaType") -> &str = Node::str;

    /// The prefix of the host name, with `{member}` in it (`smithy.api#endpoint`, `hostPrefix`).
    host_prefix("smithy.api#endpoint") -> &str = |node| {
        node.require("hostPrefix")?.str()
    };

    /// The encodings that the service reads, best first.
    request_compression("smithy.api#requestCompression") -> Vec<&str> = |node| {
        node.require("encodings")?.strs()
    };

    /// The ids of the auth traits that count here, best first.
    auth("smithy.api#auth") -> Vec<&str> = Node::strs;

    /// The place of API keys.
    http_api_key("smithy.api#httpApiKeyAuth") -> HttpApiKey<'_> = |node| {
        let place = node.require("in")?;
        Ok(HttpApiKey {
            name: node.require("name")?.str()?,
            is_in_query: match place.str()? {
                "query" => true,
                "header" => false,
                _ => return Err(place.expected("`header` or `query`")),
            },
            scheme: node.opt_str("scheme")?,
        })
    };

    /// Example calls, raw.
    examples("smithy.api#examples") -> &[Value] = Node::array;
}

impl Traits {
    /// The value of an absent member (`smithy.api#default`). `Some(Value::Null)` takes a default of the target back.
    pub fn default_value(&self) -> Option<&Value> {
        self.get("smithy.api#default")
    }

    /// Returns `true` if an absent member has a value (`smithy.api#default`, other than null).
    pub fn has_default(&self) -> bool {
        self.default_value().is_some_and(|value| !value.is_null())
    }
}

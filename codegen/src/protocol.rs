//! The registry of protocols: one entry for each that crates are written for, with all that the generator has to know of it.
//!
//! A protocol itself is in the runtime, under the name that its entry has. Nothing else in the generator asks which one it is.

use crate::Error;
use crate::model::{Shape, TimestampFormat};

/// A protocol that crates are written for.
#[derive(Debug, Eq, PartialEq)]
pub struct Protocol {
    /// The trait of services that speak it.
    pub id: &'static str,
    /// The constant of the runtime's module `protocol`.
    pub constant: &'static str,
    /// The feature of the runtime that it is behind.
    pub feature: Option<&'static str>,
    /// `true` if `smithy.api#timestampFormat` counts.
    pub has_timestamp_formats: bool,
    /// The format of timestamps in bodies that have none of their own.
    pub timestamps: TimestampFormat,
    /// `true` if `smithy.api#http` and the traits that say where in a message members are count.
    pub has_http_bindings: bool,
    /// `true` if `smithy.api#jsonName` counts.
    pub has_json_names: bool,
    /// `true` if it can ask for the codes of awsQuery, where a service is compatible with that.
    pub has_query_mode: bool,
    /// The part that XML has in it.
    pub xml: Xml,
    /// `true` if requests name the version of the service.
    pub has_version: bool,
    /// `true` if errors have the codes of `aws.protocols#awsQueryError` and no others.
    pub has_query_codes: bool,
}

/// The part that XML has in a protocol.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Xml {
    /// There is none.
    None,
    /// Responses are XML, and the names in requests are those in XML.
    Responses,
    /// The same, and `aws.protocols#ec2QueryName` counts in requests.
    Ec2,
    /// All bodies are XML.
    Bodies,
}

/// What is so for most protocols.
const PLAIN: Protocol = Protocol {
    id: "",
    constant: "",
    feature: None,
    has_timestamp_formats: true,
    timestamps: TimestampFormat::EpochSeconds,
    has_http_bindings: false,
    has_json_names: false,
    has_query_mode: true,
    xml: Xml::None,
    has_version: false,
    has_query_codes: false,
};

/// The protocols, best first. AWS's come in the order in which AWS's clients choose, the others behind them.
pub static PROTOCOLS: [Protocol; 8] = [
    Protocol {
        id: "smithy.protocols#rpcv2Cbor",
        constant: "RPC_V2_CBOR",
        feature: Some("cbor"),
        has_timestamp_formats: false,
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#awsJson1_0",
        constant: "AWS_JSON_1_0",
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#awsJson1_1",
        constant: "AWS_JSON_1_1",
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#restJson1",
        constant: "REST_JSON_1",
        feature: Some("rest-json"),
        has_http_bindings: true,
        has_json_names: true,
        has_query_mode: false,
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#restXml",
        constant: "REST_XML",
        feature: Some("rest-xml"),
        timestamps: TimestampFormat::DateTime,
        has_query_mode: false,
        has_http_bindings: true,
        xml: Xml::Bodies,
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#awsQuery",
        constant: "AWS_QUERY",
        feature: Some("aws-query"),
        timestamps: TimestampFormat::DateTime,
        has_query_mode: false,
        xml: Xml::Responses,
        has_version: true,
        has_query_codes: true,
        ..PLAIN
    },
    Protocol {
        id: "aws.protocols#ec2Query",
        constant: "EC2_QUERY",
        feature: Some("ec2-query"),
        timestamps: TimestampFormat::DateTime,
        has_query_mode: false,
        xml: Xml::Ec2,
        has_version: true,
        ..PLAIN
    },
    Protocol {
        id: "smithy.protocols#rpcv2Json",
        constant: "RPC_V2_JSON",
        feature: Some("rpc-v2"),
        has_timestamp_formats: false,
        ..PLAIN
    },
];

impl Protocol {
    /// Returns the name of its trait without the namespace, such as `awsJson1_0`.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// Chooses the protocol of a service: `wanted` by its name or id, or else the best of those that the service speaks.
    ///
    /// # Errors
    /// If the service does not speak it, or none that is supported.
    pub fn of(service: &Shape, wanted: Option<&str>) -> Result<&'static Self, Error> {
        let mut offered = PROTOCOLS
            .iter()
            .filter(|protocol| service.traits.has(protocol.id));
        let chosen = match wanted {
            Some(wanted) => {
                offered.find(|protocol| [protocol.id, protocol.name()].contains(&wanted))
            }
            None => offered.next(),
        };
        chosen.ok_or_else(|| match wanted {
            Some(wanted) => not_offered(service, wanted),
            None => Error::at(
                &service.id,
                format!(
                    "the service speaks {}, but {}",
                    spoken(service),
                    supported()
                ),
            ),
        })
    }
}

fn not_offered(service: &Shape, wanted: &str) -> Error {
    let is_known = PROTOCOLS
        .iter()
        .any(|protocol| [protocol.id, protocol.name()].contains(&wanted));
    let message = if is_known {
        format!(
            "the service does not speak {wanted}, but {}",
            spoken(service)
        )
    } else {
        format!("there is no protocol `{wanted}`: {}", supported())
    };
    Error::at(&service.id, message)
}

fn supported() -> String {
    let ids: Vec<_> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
    format!("only {} are supported", ids.join(", "))
}

/// The protocols of a service in words.
fn spoken(service: &Shape) -> String {
    let ids: Vec<_> = service.traits.ids().filter(|id| is_protocol(id)).collect();
    match ids.is_empty() {
        true => "no protocol that we know".to_owned(),
        false => ids.join(", "),
    }
}

fn is_protocol(id: &str) -> bool {
    PROTOCOLS.iter().any(|protocol| protocol.id == id)
        || id.starts_with("smithy.protocols#")
        || id.starts_with("alloy#")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Closure, Model};
    use serde_json::{Map, Value, json};

    fn protocol(ids: &[&str], wanted: Option<&str>) -> Result<&'static str, String> {
        let traits: Map<String, Value> =
            ids.iter().map(|id| ((*id).to_owned(), json!({}))).collect();
        let model = json!({"smithy": "2.0", "shapes": {
            "a.b#S": {"type": "service", "version": "1", "traits": traits}
        }});
        let model = Model::parse(&model.to_string()).unwrap();
        let closure = Closure::of(&model).unwrap();
        Protocol::of(closure.service(), wanted)
            .map(Protocol::name)
            .map_err(|error| error.to_string())
    }

    const JSON_1_0: &str = "aws.protocols#awsJson1_0";
    const JSON_1_1: &str = "aws.protocols#awsJson1_1";
    const CBOR: &str = "smithy.protocols#rpcv2Cbor";

    #[test]
    fn the_best_of_several_is_chosen() {
        let all: Vec<_> = PROTOCOLS.iter().rev().map(|protocol| protocol.id).collect();
        assert_eq!(protocol(&all, None), Ok("rpcv2Cbor"));
        assert_eq!(protocol(&[JSON_1_1, JSON_1_0], None), Ok("awsJson1_0"));
        assert_eq!(
            protocol(&[JSON_1_1, "aws.protocols#awsQuery"], None),
            Ok("awsJson1_1")
        );
    }

    #[test]
    fn another_may_be_wanted() {
        assert_eq!(
            protocol(&[JSON_1_0, CBOR], Some("awsJson1_0")),
            Ok("awsJson1_0")
        );
        assert_eq!(
            protocol(&[JSON_1_0, CBOR], Some(JSON_1_0)),
            Ok("awsJson1_0")
        );
        let error = protocol(&[JSON_1_0], Some("rpcv2Cbor")).unwrap_err();
        assert_eq!(
            error,
            "a.b#S: the service does not speak rpcv2Cbor, but aws.protocols#awsJson1_0"
        );
        let error = protocol(&[JSON_1_0], Some("soap")).unwrap_err();
        assert!(
            error.contains("there is no protocol `soap`: only "),
            "{error}"
        );
    }

    #[test]
    fn without_one_there_is_no_crate() {
        let error = protocol(&[], None).unwrap_err();
        assert!(
            error.contains("speaks no protocol that we know, but only "),
            "{error}"
        );
        let error = protocol(&["alloy#simpleRestJson"], None).unwrap_err();
        assert!(
            error.contains("speaks alloy#simpleRestJson, but only "),
            "{error}"
        );
    }
}

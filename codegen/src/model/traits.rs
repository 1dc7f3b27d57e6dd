//! Traits, behind typed accessors.
//!
//! An accessor of a trait that is only present or absent gives a `bool`. One of a trait with a value gives `Ok(None)` if the trait is
//! absent and an error that names shape and trait if the value has the wrong form. [`Closure`](super::Closure) has tried all of
//! them for every shape in it, so that errors come all at once and early.

use serde_json::{Map, Number, Value};

use super::ShapeId;
use super::node::Node;
use crate::{Error, Problems};

/// The traits of a shape or of a member.
#[derive(Clone, Debug)]
pub struct Traits {
    owner: ShapeId,
    values: Map<String, Value>,
}

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
    /// What to do instead.
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
    /// The input member that limits the size of a page.
    pub page_size: Option<&'a str>,
}

/// `aws.api#service`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AwsService<'a> {
    /// The service's id, as SDKs use it (`Cognito Identity`).
    pub sdk_id: &'a str,
    /// The `service` part of the service's ARNs.
    pub arn_namespace: Option<&'a str>,
    /// The prefix of the service's host names.
    pub endpoint_prefix: Option<&'a str>,
}

/// `aws.protocols#awsQueryError`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AwsQueryError<'a> {
    /// The code that the service's old protocol gave the error.
    pub code: &'a str,
    /// The status that it came with.
    pub http_response_code: u16,
}

/// One parameter of `smithy.rules#clientContextParams`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientContextParam<'a> {
    /// The parameter's name.
    pub name: &'a str,
    /// `string`, `boolean` or `stringArray`.
    pub kind: &'a str,
    /// What it is for.
    pub documentation: Option<&'a str>,
}

/// A link of `smithy.api#externalDocumentation`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Link<'a> {
    /// What is found there.
    pub title: &'a str,
    /// Where.
    pub url: &'a str,
}

/// Traits that are present or absent.
macro_rules! annotations {
    ($($(#[$doc:meta])* $name:ident $id:literal;)*) => {
        impl Traits {
            $($(#[$doc])* #[doc = concat!("(`", $id, "`)")]
            pub fn $name(&self) -> bool {
                self.has($id)
            })*
        }
        const ANNOTATIONS: &[&str] = &[$($id),*];
    };
}

annotations! {
    /// The member must be given.
    is_required "smithy.api#required";
    /// The member is an `Option` to clients, whatever else it says.
    is_client_optional "smithy.api#clientOptional";
    /// The default was added after the member was published, so clients may go on as if there was none.
    has_added_default "smithy.api#addedDefault";
    /// The structure is the input of one operation and nothing else.
    is_input "smithy.api#input";
    /// The structure is the output of one operation and nothing else.
    is_output "smithy.api#output";
    /// Values are not for logs.
    is_sensitive "smithy.api#sensitive";
    /// The client makes a token up where the member is absent.
    is_idempotency_token "smithy.api#idempotencyToken";
    /// Calling twice is the same as calling once.
    is_idempotent "smithy.api#idempotent";
    /// The operation changes nothing.
    is_readonly "smithy.api#readonly";
    /// No two entries are equal.
    has_unique_items "smithy.api#uniqueItems";
    /// Entries may be null.
    is_sparse "smithy.api#sparse";
    /// The union is an event stream, the blob a stream of bytes.
    is_streaming "smithy.api#streaming";
    /// The member is the payload of an event.
    is_event_payload "smithy.api#eventPayload";
    /// The member is a header of an event.
    is_event_header "smithy.api#eventHeader";
    /// The member is part of the host name.
    is_host_label "smithy.api#hostLabel";
    /// The operation can be called without credentials.
    is_optional_auth "smithy.api#optionalAuth";
    /// The service knows how to answer with the error codes of its old protocol.
    is_aws_query_compatible "aws.protocols#awsQueryCompatible";
    /// The shape may change.
    is_unstable "smithy.api#unstable";
    /// The shape is not for everyone.
    is_internal "smithy.api#internal";
    /// The shape is a mixin, of no use on its own.
    is_mixin "smithy.api#mixin";
}

impl Traits {
    pub(super) fn new(owner: ShapeId, values: Map<String, Value>) -> Self {
        Self { owner, values }
    }

    /// The shape or member that has these traits.
    pub fn owner(&self) -> &ShapeId {
        &self.owner
    }

    /// Whether the trait of this id is there.
    pub fn has(&self, id: &str) -> bool {
        self.values.contains_key(id)
    }

    /// The value of the trait of this id, as it stands in the model. For traits without an accessor of their own.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.values.get(id)
    }

    /// The value of the trait of this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.values.get_mut(id)
    }

    /// Adds a trait, or replaces it.
    pub fn insert(&mut self, id: &str, value: Value) {
        self.values.insert(id.to_owned(), value);
    }

    /// The ids of all traits, in the order of the model.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// HTML or CommonMark (`smithy.api#documentation`).
    pub fn documentation(&self) -> Result<Option<&str>, Error> {
        self.str("smithy.api#documentation")
    }

    /// The service's name for people (`smithy.api#title`).
    pub fn title(&self) -> Result<Option<&str>, Error> {
        self.str("smithy.api#title")
    }

    /// The value of an absent member (`smithy.api#default`). `Some(Value::Null)` takes a default of the target back.
    pub fn default_value(&self) -> Option<&Value> {
        self.get("smithy.api#default")
    }

    /// Whether an absent member has a value (`smithy.api#default`, other than null).
    pub fn has_default(&self) -> bool {
        self.default_value().is_some_and(|value| !value.is_null())
    }

    /// Who is at fault, if the structure is an error (`smithy.api#error`).
    pub fn error(&self) -> Result<Option<Fault>, Error> {
        self.read("smithy.api#error", |node| match node.str()? {
            "client" => Ok(Fault::Client),
            "server" => Ok(Fault::Server),
            _ => Err(node.expected("`client` or `server`")),
        })
    }

    /// The status that an error comes with (`smithy.api#httpError`).
    pub fn http_error(&self) -> Result<Option<u16>, Error> {
        self.read("smithy.api#httpError", Node::u16)
    }

    /// Whether an error that is worth a retry says that the caller is too fast (`smithy.api#retryable`).
    pub fn retryable(&self) -> Result<Option<Retryable>, Error> {
        self.read("smithy.api#retryable", |node| {
            let throttling = node.get("throttling")?.map(Node::bool).transpose()?;
            Ok(if throttling == Some(true) {
                Retryable::Throttling
            } else {
                Retryable::Transient
            })
        })
    }

    /// Not to be used any longer (`smithy.api#deprecated`).
    pub fn deprecated(&self) -> Result<Option<Deprecated<'_>>, Error> {
        self.read("smithy.api#deprecated", |node| {
            Ok(Deprecated {
                message: node.opt_str("message")?,
                since: node.opt_str("since")?,
            })
        })
    }

    /// The wire format of a timestamp (`smithy.api#timestampFormat`).
    pub fn timestamp_format(&self) -> Result<Option<TimestampFormat>, Error> {
        self.read("smithy.api#timestampFormat", |node| match node.str()? {
            "date-time" => Ok(TimestampFormat::DateTime),
            "http-date" => Ok(TimestampFormat::HttpDate),
            "epoch-seconds" => Ok(TimestampFormat::EpochSeconds),
            _ => Err(node.expected("`date-time`, `http-date` or `epoch-seconds`")),
        })
    }

    /// `smithy.api#length`.
    pub fn length(&self) -> Result<Option<Length>, Error> {
        self.read("smithy.api#length", |node| {
            Ok(Length {
                min: node.get("min")?.map(Node::u64).transpose()?,
                max: node.get("max")?.map(Node::u64).transpose()?,
            })
        })
    }

    /// `smithy.api#range`.
    pub fn range(&self) -> Result<Option<Range<'_>>, Error> {
        self.read("smithy.api#range", |node| {
            Ok(Range {
                min: node.get("min")?.map(Node::number).transpose()?,
                max: node.get("max")?.map(Node::number).transpose()?,
            })
        })
    }

    /// A regular expression of ECMA 262 (`smithy.api#pattern`).
    pub fn pattern(&self) -> Result<Option<&str>, Error> {
        self.str("smithy.api#pattern")
    }

    /// Why the member should be given (`smithy.api#recommended`); empty if the model does not say.
    pub fn recommended(&self) -> Result<Option<&str>, Error> {
        self.read("smithy.api#recommended", |node| {
            Ok(node.opt_str("reason")?.unwrap_or_default())
        })
    }

    /// The version since which the shape is there (`smithy.api#since`).
    pub fn since(&self) -> Result<Option<&str>, Error> {
        self.str("smithy.api#since")
    }

    /// `smithy.api#tags`.
    pub fn tags(&self) -> Result<Option<Vec<&str>>, Error> {
        self.read("smithy.api#tags", Node::strs)
    }

    /// Links for further reading, in the order of the model (`smithy.api#externalDocumentation`).
    pub fn external_documentation(&self) -> Result<Option<Vec<Link<'_>>>, Error> {
        self.read("smithy.api#externalDocumentation", |node| {
            node.entries()?
                .map(|(title, url)| {
                    Ok(Link {
                        title,
                        url: url.str()?,
                    })
                })
                .collect()
        })
    }

    /// `smithy.api#paginated`.
    pub fn paginated(&self) -> Result<Option<Paginated<'_>>, Error> {
        self.read("smithy.api#paginated", |node| {
            Ok(Paginated {
                input_token: node.opt_str("inputToken")?,
                output_token: node.opt_str("outputToken")?,
                items: node.opt_str("items")?,
                page_size: node.opt_str("pageSize")?,
            })
        })
    }

    /// The waiters of an operation, by name (`smithy.waiters#waitable`).
    pub fn waitable(&self) -> Result<Option<&Map<String, Value>>, Error> {
        self.read("smithy.waiters#waitable", Node::object)
    }

    /// What is put before the host name, with `{member}` in it (`smithy.api#endpoint`, `hostPrefix`).
    pub fn host_prefix(&self) -> Result<Option<&str>, Error> {
        self.read("smithy.api#endpoint", |node| {
            node.require("hostPrefix")?.str()
        })
    }

    /// The encodings that the service reads, best first (`smithy.api#requestCompression`).
    pub fn request_compression(&self) -> Result<Option<Vec<&str>>, Error> {
        self.read("smithy.api#requestCompression", |node| {
            node.require("encodings")?.strs()
        })
    }

    /// The ids of the auth traits that count here, best first (`smithy.api#auth`).
    pub fn auth(&self) -> Result<Option<Vec<&str>>, Error> {
        self.read("smithy.api#auth", Node::strs)
    }

    /// The name that requests are signed for (`aws.auth#sigv4`).
    pub fn sigv4_name(&self) -> Result<Option<&str>, Error> {
        self.read("aws.auth#sigv4", |node| node.require("name")?.str())
    }

    /// `aws.api#service`.
    pub fn aws_service(&self) -> Result<Option<AwsService<'_>>, Error> {
        self.read("aws.api#service", |node| {
            Ok(AwsService {
                sdk_id: node.require("sdkId")?.str()?,
                arn_namespace: node.opt_str("arnNamespace")?,
                endpoint_prefix: node.opt_str("endpointPrefix")?,
            })
        })
    }

    /// `aws.protocols#awsQueryError`.
    pub fn aws_query_error(&self) -> Result<Option<AwsQueryError<'_>>, Error> {
        self.read("aws.protocols#awsQueryError", |node| {
            Ok(AwsQueryError {
                code: node.require("code")?.str()?,
                http_response_code: node.require("httpResponseCode")?.u16()?,
            })
        })
    }

    /// `smithy.rules#endpointRuleSet`, raw.
    pub fn endpoint_rule_set(&self) -> Option<&Value> {
        self.get("smithy.rules#endpointRuleSet")
    }

    /// `smithy.rules#endpointTests`, raw.
    pub fn endpoint_tests(&self) -> Option<&Value> {
        self.get("smithy.rules#endpointTests")
    }

    /// The endpoint parameter that the member gives (`smithy.rules#contextParam`).
    pub fn context_param(&self) -> Result<Option<&str>, Error> {
        self.read("smithy.rules#contextParam", |node| {
            node.require("name")?.str()
        })
    }

    /// The endpoint parameters that an operation sets to a string, a boolean or an array of strings
    /// (`smithy.rules#staticContextParams`).
    pub fn static_context_params(&self) -> Result<Option<Vec<(&str, &Value)>>, Error> {
        self.read("smithy.rules#staticContextParams", |node| {
            node.entries()?
                .map(|(name, param)| {
                    let value = param.require("value")?;
                    match value.value() {
                        Value::String(_) | Value::Bool(_) => {}
                        _ => drop(value.strs().map_err(|_| {
                            value.expected("a string, true, false or an array of strings")
                        })?),
                    }
                    Ok((name, value.value()))
                })
                .collect()
        })
    }

    /// The endpoint parameters that an operation takes out of its input with a JMESPath (`smithy.rules#operationContextParams`): name
    /// and path.
    pub fn operation_context_params(&self) -> Result<Option<Vec<(&str, &str)>>, Error> {
        self.read("smithy.rules#operationContextParams", |node| {
            node.entries()?
                .map(|(name, param)| Ok((name, param.require("path")?.str()?)))
                .collect()
        })
    }

    /// The endpoint parameters that are set once per client (`smithy.rules#clientContextParams`).
    pub fn client_context_params(&self) -> Result<Option<Vec<ClientContextParam<'_>>>, Error> {
        self.read("smithy.rules#clientContextParams", |node| {
            node.entries()?
                .map(|(name, param)| {
                    Ok(ClientContextParam {
                        name,
                        kind: param.require("type")?.str()?,
                        documentation: param.opt_str("documentation")?,
                    })
                })
                .collect()
        })
    }

    /// Example calls, raw (`smithy.api#examples`).
    pub fn examples(&self) -> Result<Option<&[Value]>, Error> {
        self.read("smithy.api#examples", Node::array)
    }

    /// Protocol tests of requests, raw (`smithy.test#httpRequestTests`).
    pub fn http_request_tests(&self) -> Result<Option<&[Value]>, Error> {
        self.read("smithy.test#httpRequestTests", Node::array)
    }

    /// Protocol tests of responses, raw (`smithy.test#httpResponseTests`).
    pub fn http_response_tests(&self) -> Result<Option<&[Value]>, Error> {
        self.read("smithy.test#httpResponseTests", Node::array)
    }

    fn str(&self, id: &'static str) -> Result<Option<&str>, Error> {
        self.read(id, Node::str)
    }

    fn read<'a, T>(
        &'a self,
        id: &'static str,
        read: impl FnOnce(Node<'a>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.get(id)
            .map(|value| read(Node::of_trait(&self.owner, id, value)))
            .transpose()
    }

    /// Tries every accessor.
    pub(super) fn check(&self, problems: &mut Problems) {
        if self.values.is_empty() {
            return;
        }
        for id in ANNOTATIONS {
            if let Some(value) = self.get(id)
                && !matches!(value, Value::Object(_) | Value::Null | Value::Bool(true))
            {
                problems.push(
                    Node::of_trait(&self.owner, id, value).expected("an object (mostly `{}`)"),
                );
            }
        }
        for accessor in ACCESSORS {
            if let Err(error) = accessor(self) {
                problems.push(error);
            }
        }
    }
}

/// `smithy.api#retryable`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Retryable {
    /// The same call may work in a moment.
    Transient,
    /// The same call may work, once the caller slows down.
    Throttling,
}

type Accessor = fn(&Traits) -> Result<(), Error>;

/// Every accessor that can fail.
const ACCESSORS: &[Accessor] = &[
    |traits| traits.documentation().map(drop),
    |traits| traits.title().map(drop),
    |traits| traits.error().map(drop),
    |traits| traits.http_error().map(drop),
    |traits| traits.retryable().map(drop),
    |traits| traits.deprecated().map(drop),
    |traits| traits.timestamp_format().map(drop),
    |traits| traits.length().map(drop),
    |traits| traits.range().map(drop),
    |traits| traits.pattern().map(drop),
    |traits| traits.recommended().map(drop),
    |traits| traits.since().map(drop),
    |traits| traits.tags().map(drop),
    |traits| traits.external_documentation().map(drop),
    |traits| traits.paginated().map(drop),
    |traits| traits.waitable().map(drop),
    |traits| traits.host_prefix().map(drop),
    |traits| traits.request_compression().map(drop),
    |traits| traits.auth().map(drop),
    |traits| traits.sigv4_name().map(drop),
    |traits| traits.aws_service().map(drop),
    |traits| traits.aws_query_error().map(drop),
    |traits| traits.context_param().map(drop),
    |traits| traits.static_context_params().map(drop),
    |traits| traits.operation_context_params().map(drop),
    |traits| traits.client_context_params().map(drop),
    |traits| traits.examples().map(drop),
    |traits| traits.http_request_tests().map(drop),
    |traits| traits.http_response_tests().map(drop),
];

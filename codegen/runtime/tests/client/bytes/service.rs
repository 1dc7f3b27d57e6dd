//! Operations that take and give streams of bytes, as the generator would write them.

use std::fmt;

use smithy_rt::__private::DebugStream;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::{ByteStream, Call, Operation, OperationSchema, Service, StreamMember};

use crate::service::{Client, Error, StartJobError};

pub static STUDIO: Service = Service {
    id: "Studio",
    auth: &[smithy_rt::AuthScheme::SigV4],
    signing_name: Some("studio"),
    signing: smithy_rt::Signing::new(),
    token_variable: None,
    protocol: &REST_JSON_1,
    ..crate::service::SERVICE
};

const fn schema(name: &'static str, method: &'static str) -> OperationSchema {
    OperationSchema::new("Studio", name).http(method, "/tapes/{name}")
}

/// An operation that takes a tape.
macro_rules! record {
    ($name:ident, $schema:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = RecordRequest;
            type Response = RecordResponse;
            type Error = StartJobError;

            const SERVICE: &'static Service = &STUDIO;
            const SCHEMA: OperationSchema = $schema;

            fn input_stream(message: &mut RecordRequest) -> Option<StreamMember<'_>> {
                Some(StreamMember::Bytes(&mut message.sound))
            }
        }
    };
}

record!(Record, schema("Record", "PUT").byte_stream_input());
record!(
    RecordFlac,
    schema("RecordFlac", "PUT")
        .byte_stream_input()
        .media_type("audio/flac")
);
record!(
    RecordKnown,
    schema("RecordKnown", "PUT")
        .byte_stream_input()
        .length_required()
);
record!(
    RecordUnsigned,
    schema("RecordUnsigned", "PUT")
        .byte_stream_input()
        .unsigned_payload()
);
record!(
    RecordChecked,
    schema("RecordChecked", "PUT")
        .byte_stream_input()
        .checksum_required()
);
record!(
    RecordSecretly,
    schema("RecordSecretly", "PUT")
        .byte_stream_input()
        .sensitive_input()
);

pub struct RecordRequest {
    pub name: String,
    pub title: Option<String>,
    pub content_type: Option<String>,
    pub length: Option<i64>,
    pub sound: ByteStream,
}

impl fmt::Debug for RecordRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordRequest")
            .field("name", &self.name)
            .field("sound", &DebugStream(&self.sound))
            .finish_non_exhaustive()
    }
}

smithy_rt::streaming!(
    record_request_builder::RecordRequestBuilder,
    [name, sound],
    RecordRequest {
        name: required::<impl Into<String>>("name").location(Label),
        title: optional::<impl Into<String>>("title", maybe_title).location(Header("X-Title")),
        content_type: optional::<impl Into<String>>("contentType", maybe_content_type)
            .location(Header("Content-Type")),
        length: optional::<i64>("length", maybe_length).location(Header("Content-Length")),
    },
    Stream {
        sound: required::<impl Into<ByteStream>>("sound"),
    },
);

#[derive(Clone, Debug, PartialEq)]
pub struct RecordResponse {
    pub length: Option<i64>,
}

smithy_rt::structure!(
    record_response_builder::RecordResponseBuilder,
    [],
    RecordResponse {
        length: optional::<i64>("length", maybe_length),
    }
);

pub struct Play;

impl Operation for Play {
    type Request = PlayRequest;
    type Response = PlayResponse;
    type Error = StartJobError;

    const SERVICE: &'static Service = &STUDIO;
    const SCHEMA: OperationSchema = schema("Play", "GET").byte_stream_output();

    fn output_stream(message: &mut PlayResponse) -> Option<StreamMember<'_>> {
        Some(StreamMember::Bytes(&mut message.sound))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlayRequest {
    pub name: String,
}

smithy_rt::request!(
    play_request_builder::PlayRequestBuilder,
    [name],
    PlayRequest {
        name: required::<impl Into<String>>("name").location(Label),
    }
);

pub struct PlayResponse {
    pub title: Option<String>,
    pub count: Option<i32>,
    pub sound: ByteStream,
}

impl fmt::Debug for PlayResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlayResponse")
            .field("title", &self.title)
            .field("sound", &DebugStream(&self.sound))
            .finish_non_exhaustive()
    }
}

smithy_rt::streaming!(
    play_response_builder::PlayResponseBuilder,
    [],
    PlayResponse {
        title: optional::<impl Into<String>>("title", maybe_title).location(Header("X-Title")),
        count: optional::<i32>("count", maybe_count).location(Header("X-Count")),
    },
    Stream {
        sound: defaulted::<impl Into<ByteStream>>("sound", ByteStream::default()),
    },
);

pub fn tape(sound: impl Into<ByteStream>) -> RecordRequest {
    RecordRequest::builder().name("one").sound(sound).build()
}

/// A call of an operation that takes a tape.
pub fn record<O>(
    client: &Client,
    request: RecordRequest,
) -> Call<RecordResponse, Error<StartJobError>>
where
    O: Operation<Request = RecordRequest, Response = RecordResponse, Error = StartJobError>,
{
    Call::of::<O>(&client.0, request)
}

pub fn play(client: &Client) -> Call<PlayResponse, Error<StartJobError>> {
    Call::of::<Play>(&client.0, PlayRequest::builder().name("one").build())
}

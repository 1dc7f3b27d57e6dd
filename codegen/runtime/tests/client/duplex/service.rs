//! Operations whose requests are event streams, written as the generator would write them.

use smithy_rt::protocol::{AWS_JSON_1_0, REST_JSON_1, REST_XML, RPC_V2_CBOR};
use smithy_rt::{
    Blob, Call, DateTime, Document, EventStream, Operation, OperationSchema, Service, StreamMember,
};

use crate::service::{BusyException, Client, Error, SERVICE, StartJobError};

// For the example in the documentation.
#[allow(dead_code)]
pub fn talk(client: &Client, request: TalkRequest) -> Call<TalkResponse, Error<StartJobError>> {
    Call::of::<Talk>(&client.0, request)
}

pub static REST: Service = Service {
    protocol: &REST_JSON_1,
    ..SERVICE
};

pub static XML: Service = Service {
    protocol: &REST_XML,
    ..SERVICE
};

pub static JSON: Service = Service {
    protocol: &AWS_JSON_1_0,
    ..SERVICE
};

pub static CBOR: Service = Service {
    protocol: &RPC_V2_CBOR,
    ..SERVICE
};

/// An operation with events in its requests.
macro_rules! talk {
    ($name:ident -> $response:ident, $service:expr, $schema:expr $(, $output_stream:item)?) => {
        pub struct $name;

        impl Operation for $name {
            type Request = TalkRequest;
            type Response = $response;
            type Error = StartJobError;

            const SERVICE: &'static Service = $service;
            const SCHEMA: OperationSchema = $schema;

            fn input_stream(message: &mut TalkRequest) -> Option<StreamMember<'_>> {
                Some(StreamMember::Events(&mut message.events))
            }

            $($output_stream)?
        }
    };
}

/// An operation with events in both directions.
macro_rules! duplex {
    ($name:ident, $service:expr, $schema:expr) => {
        talk!(
            $name -> TalkResponse,
            $service,
            $schema.event_stream_input().event_stream_output(),
            fn output_stream(message: &mut TalkResponse) -> Option<StreamMember<'_>> {
                Some(StreamMember::Events(&mut message.events))
            }
        );
    };
}

const TALK: OperationSchema = OperationSchema::new("JobShop", "Talk").http("POST", "/talk");

duplex!(Talk, &REST, TALK);
duplex!(
    TalkUnsigned,
    &REST,
    TALK.auth(&[smithy_rt::AuthScheme::NoAuth])
);
duplex!(
    TalkMaybeSigned,
    &REST,
    TALK.auth(&[smithy_rt::AuthScheme::SigV4, smithy_rt::AuthScheme::NoAuth])
);
duplex!(TalkInXml, &XML, TALK);
duplex!(TalkInJson, &JSON, TALK);
duplex!(TalkInCbor, &CBOR, TALK);
duplex!(
    TalkSilently,
    &REST,
    OperationSchema::new("JobShop", "Talk").http("POST", "/silent")
);
talk!(
    Upload -> UploadResponse,
    &REST,
    OperationSchema::new("JobShop", "Upload").http("POST", "/upload").event_stream_input()
);

#[derive(Debug)]
pub struct TalkRequest {
    pub topic: Option<String>,
    pub events: EventStream<TalkEvent>,
}

smithy_rt::streaming!(
    talk_request_builder::TalkRequestBuilder,
    [events],
    TalkRequest {
        topic: optional::<impl Into<String>>("Topic", maybe_topic).location(Header("x-topic")),
    },
    Stream {
        events: required::<EventStream<TalkEvent>>("Events")
    }
);

#[derive(Debug)]
pub struct TalkResponse {
    pub topic: String,
    pub events: EventStream<TalkEvent>,
}

smithy_rt::streaming!(
    talk_response_builder::TalkResponseBuilder,
    [topic, events],
    TalkResponse {
        topic: required::<impl Into<String>>("Topic").location(Header("x-topic")),
    },
    Stream {
        events: required::<EventStream<TalkEvent>>("Events")
    }
);

#[derive(Clone, Debug, PartialEq)]
pub struct UploadResponse {
    pub events: i32,
}

smithy_rt::structure!(
    upload_response_builder::UploadResponseBuilder,
    [events],
    UploadResponse {
        events: required::<i32>("Events"),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub enum TalkEvent {
    Said(Said),
    Heard(Heard),
    Unknown { tag: String, value: Document },
}

smithy_rt::event_union!(
    TalkEvent {
        Said: value::<Said>("said", as_said),
        Heard: value::<Heard>("heard", as_heard),
    },
    [BusyException("busy")],
);

/// Text in the payload, among others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub text: String,
    pub at: Option<DateTime>,
}

smithy_rt::structure!(
    said_builder::SaidBuilder,
    [text],
    Said {
        text: required::<impl Into<String>>("Text"),
        at: optional::<DateTime>("At", maybe_at).location(EventHeader),
    }
);

/// Bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    pub length: Option<i16>,
    pub sound: Option<Blob>,
}

smithy_rt::structure!(
    heard_builder::HeardBuilder,
    [],
    Heard {
        length: optional::<i16>("Length", maybe_length).location(EventHeader),
        sound: optional::<impl Into<Blob>>("Sound", maybe_sound).location(EventPayload),
    }
);

pub fn said(text: &str) -> TalkEvent {
    TalkEvent::Said(Said::builder().text(text).build())
}

pub fn heard(sound: impl Into<Vec<u8>>) -> TalkEvent {
    TalkEvent::Heard(Heard::builder().sound(sound.into()).length(-3).build())
}

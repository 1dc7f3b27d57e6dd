//! An operation whose response is an event stream, written as the generator would write it.

use smithy_rt::protocol::RPC_V2_CBOR;
use smithy_rt::{
    Blob, Call, Client, DateTime, Document, EventStream, Operation, OperationSchema, Service,
    StreamMember,
};

use crate::service::{
    BusyException, Error, InternalException, PingRequest, StartJobError, ThrottlingException,
    ValidationException,
};

pub fn watch(client: &crate::service::Client) -> Call<WatchResponse, Error<StartJobError>> {
    Call::of::<Watch>(&client.0, PingRequest {})
}

pub fn watch_in_cbor(client: &Client) -> Call<WatchResponse, Error<StartJobError>> {
    Call::of::<WatchInCbor>(client, PingRequest {})
}

/// Its errors may not be shown.
pub static DISCREET: Service = Service {
    sensitive_errors: &["BusyException", "Secretive"],
    ..crate::service::SERVICE
};

pub static IN_CBOR: Service = Service {
    protocol: &RPC_V2_CBOR,
    ..crate::service::SERVICE
};

macro_rules! watch {
    ($name:ident, $service:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = PingRequest;
            type Response = WatchResponse;
            type Error = StartJobError;

            const SERVICE: &'static Service = $service;
            const SCHEMA: OperationSchema =
                OperationSchema::new("JobShop", "Watch").event_stream_output();

            fn output_stream(message: &mut WatchResponse) -> Option<StreamMember<'_>> {
                Some(StreamMember::Events(&mut message.events))
            }
        }
    };
}

watch!(Watch, &crate::service::SERVICE);
watch!(WatchDiscreetly, &DISCREET);
watch!(WatchInCbor, &IN_CBOR);

#[derive(Debug)]
pub struct WatchResponse {
    pub job_id: String,
    pub queue_length: Option<i32>,
    pub events: EventStream<JobEvent>,
}

smithy_rt::streaming!(
    watch_response_builder::WatchResponseBuilder,
    [job_id, events],
    WatchResponse {
        job_id: required::<impl Into<String>>("JobId"),
        queue_length: optional::<i32>("QueueLength", maybe_queue_length),
    },
    Stream {
        events: required::<EventStream<JobEvent>>("Events")
    }
);

#[derive(Clone, Debug, PartialEq)]
pub enum JobEvent {
    Progress(Progress),
    Output(Output),
    Line(Line),
    Detail(Detail),
    Heartbeat(Heartbeat),
    Marked(Marked),
    Unknown { tag: String, value: Document },
}

smithy_rt::event_union!(
    JobEvent {
        Progress: value::<Progress>("progress", as_progress),
        Output: value::<Output>("output", as_output),
        Line: value::<Line>("line", as_line),
        Detail: value::<Detail>("detail", as_detail),
        Heartbeat: value::<Heartbeat>("heartbeat", as_heartbeat),
        Marked: value::<Marked>("marked", as_marked),
    },
    [
        BusyException("busy"),
        ThrottlingException("ThrottlingException"),
        InternalException("internal"),
        ValidationException("invalid")
    ],
);

/// All of it is in the payload.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    pub percent: i32,
    pub note: Option<String>,
}

smithy_rt::structure!(
    progress_builder::ProgressBuilder,
    [percent],
    Progress {
        percent: required::<i32>("Percent"),
        note: optional::<impl Into<String>>("Note", maybe_note),
    }
);

/// Bytes, and a header of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    pub is_last: Option<bool>,
    pub byte: Option<i8>,
    pub short: Option<i16>,
    pub integer: i32,
    pub long: Option<i64>,
    pub digest: Option<Blob>,
    pub name: Option<String>,
    pub at: Option<DateTime>,
    pub bytes: Option<Blob>,
}

smithy_rt::structure!(
    output_builder::OutputBuilder,
    [integer],
    Output {
        is_last: optional::<bool>("isLast", maybe_is_last).location(EventHeader),
        byte: optional::<i8>("byte", maybe_byte).location(EventHeader),
        short: optional::<i16>("short", maybe_short).location(EventHeader),
        integer: required::<i32>("integer").location(EventHeader),
        long: optional::<i64>("long", maybe_long).location(EventHeader),
        digest: optional::<Blob>("digest", maybe_digest).location(EventHeader),
        name: optional::<impl Into<String>>("name", maybe_name).location(EventHeader),
        at: optional::<DateTime>("at", maybe_at)
            .timestamps(HttpDate)
            .location(EventHeader),
        bytes: optional::<Blob>("bytes", maybe_bytes).location(EventPayload),
    }
);

/// Text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub text: String,
}

smithy_rt::structure!(
    line_builder::LineBuilder,
    [text],
    Line {
        text: required::<impl Into<String>>("text").location(EventPayload)
    }
);

/// A structure that is all of the payload.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    pub progress: Option<Progress>,
}

smithy_rt::structure!(
    detail_builder::DetailBuilder,
    [],
    Detail {
        progress: optional::<Progress>("progress", maybe_progress).location(EventPayload)
    }
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heartbeat {}

smithy_rt::structure!(heartbeat_builder::HeartbeatBuilder, [], Heartbeat {});

/// One member in a header, the other among those in the payload.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    pub mark: Option<String>,
    pub note: Option<String>,
}

smithy_rt::structure!(
    marked_builder::MarkedBuilder,
    [],
    Marked {
        mark: optional::<impl Into<String>>("Mark", maybe_mark).location(EventHeader),
        note: optional::<impl Into<String>>("Note", maybe_note),
    }
);

pub fn progress(percent: i32) -> JobEvent {
    JobEvent::Progress(Progress {
        percent,
        note: None,
    })
}

pub fn heartbeat() -> JobEvent {
    JobEvent::Heartbeat(Heartbeat {})
}

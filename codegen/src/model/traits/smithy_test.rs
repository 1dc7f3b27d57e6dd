//! `smithy.test`: traits of protocol tests.

use serde_json::Value;

use super::{Accessor, Traits, accessors};
use crate::Error;
use crate::model::node::Node;

accessors! {
    /// Protocol tests of requests, raw.
    http_request_tests("smithy.test#httpRequestTests") -> &[Value] = Node::array;

    /// Protocol tests of event streams, raw.
    event_stream_tests("smithy.test#eventStreamTests") -> &[Value] = Node::array;

    /// Protocol tests of responses, raw.
    http_response_tests("smithy.test#httpResponseTests") -> &[Value] = Node::array;
}

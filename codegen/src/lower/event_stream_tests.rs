//! The tests of `smithy.test#eventStreamTests`, as tests of the crate.
//!
//! A case is about the events of a request, of a response, or of both, and about what comes before them: the head of the HTTP message.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::protocol_tests::{least, read, value};
use super::value::Values;
use crate::Diagnostic;
use crate::ir::{Answer, Crate, EventMessage, Expectation, ExpectedFailure};
use crate::ir::{Operation, RustType, Structure, TypeName, Value};
use crate::model::ShapeId;

/// A case, besides the properties that all tests have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    #[serde(default = "no_members")]
    initial_request_params: Json,
    initial_request: Option<Json>,
    #[serde(default = "no_members")]
    initial_response_params: Json,
    initial_response: Option<Json>,
    #[serde(default)]
    events: Vec<EventMessage>,
    #[serde(default)]
    expectation: ExpectedOutcome,
}

fn no_members() -> Json {
    Json::Object(Map::new())
}

#[derive(Default, Deserialize)]
struct ExpectedOutcome {
    failure: Option<FailureCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FailureCase {
    error_id: Option<String>,
}

/// A test that a case becomes: what it is about, the request, and what is expected.
pub type Test = (&'static str, Value, Expectation);

/// Reads a case. It becomes a test of the request, one of the response, or both.
pub fn tests(
    ir: &Crate,
    values: Values<'_>,
    operation: &Operation,
    json: &Json,
) -> Result<Vec<Test>, Diagnostic> {
    let case: Case = read(json)?;
    let reader = Reader {
        ir,
        values,
        operation,
    };
    let fails = case.expectation.failure.is_some();
    let (sent, received): (Vec<_>, Vec<_>) = case
        .events
        .into_iter()
        .partition(|event| event.direction == "request");
    let is_sent = case.initial_request.is_some() || !sent.is_empty();
    let is_received = case.initial_response.is_some() || !received.is_empty() || fails;
    let mut tests = Vec::new();
    if is_sent && !fails {
        let request = reader.request(&case.initial_request_params, &sent)?;
        let head = case.initial_request.as_ref().map(read).transpose()?;
        let expectation = Expectation::SentEvents { head, events: sent };
        tests.push(("request", request, expectation));
    }
    if is_received {
        if operation.output_stream.is_none() {
            return Err(Diagnostic::new("there is no event stream in the response"));
        }
        let outcome = match &case.expectation.failure {
            Some(failure) => Err(reader.failure(failure, &received)?),
            None => Ok(reader.response(&case.initial_response_params, &received)?),
        };
        let answer = case.initial_response.as_ref().map(read).transpose()?;
        let expectation = Expectation::ReceivedEvents {
            answer: answer.unwrap_or_else(Answer::ok),
            events: received,
            outcome,
        };
        let request = least(values, ir.request(operation))?;
        tests.push(("response", request, expectation));
    }
    Ok(tests)
}

struct Reader<'a> {
    ir: &'a Crate,
    values: Values<'a>,
    operation: &'a Operation,
}

impl Reader<'_> {
    fn request(&self, params: &Json, events: &[EventMessage]) -> Result<Value, Diagnostic> {
        let request = self.ir.request(self.operation);
        // A test that is about events may leave out what is required of the head.
        self.message(self.values.given(), request, params, events)
    }

    fn response(&self, params: &Json, events: &[EventMessage]) -> Result<Value, Diagnostic> {
        let response = self.ir.response(self.operation);
        self.message(self.values.corrected(), response, params, events)
    }

    /// Reads a structure with a stream of these events.
    fn message(
        &self,
        values: Values<'_>,
        structure: Option<&Structure>,
        params: &Json,
        events: &[EventMessage],
    ) -> Result<Value, Diagnostic> {
        let mut message = value(values, structure, params)?;
        let Some((stream, union)) = structure.and_then(stream) else {
            return match events {
                [] => Ok(message),
                _ => Err(Diagnostic::new(
                    "there is no event stream in that direction",
                )),
            };
        };
        let params = events.iter().filter_map(|event| event.params.as_ref());
        let events = values.events(union, params)?;
        if let Value::Structure { fields, .. } = &mut message {
            fields.retain(|(field, _)| field != stream);
            fields.push((stream.to_owned(), events));
        }
        Ok(message)
    }

    fn failure(
        &self,
        failure: &FailureCase,
        events: &[EventMessage],
    ) -> Result<ExpectedFailure, Diagnostic> {
        let Some(id) = &failure.error_id else {
            return Ok(ExpectedFailure { error: None });
        };
        let id = ShapeId::parse(id).map_err(|error| Diagnostic::new(error.to_string()))?;
        let mut errors = self.ir.errors.iter();
        let error = errors.find(|error| error.name.shape == id);
        let error = error.map(|error| &error.name);
        let error =
            error.ok_or_else(|| Diagnostic::new(format!("{id} is no error of the crate")))?;
        let value = match self.message(
            self.values.corrected(),
            self.ir.response(self.operation),
            &no_members(),
            events,
        )? {
            Value::Structure { fields, .. } => {
                fields.into_iter().find_map(|(_, value)| value.error())
            }
            _ => None,
        };
        let value = value
            .filter(|(name, _)| name == error)
            .map(|(_, value)| value);
        Ok(ExpectedFailure {
            error: Some((error.clone(), value)),
        })
    }
}

/// Returns the field of a structure that is an event stream, and the union of its events.
fn stream(structure: &Structure) -> Option<(&str, &TypeName)> {
    let member = structure.stream.as_ref()?;
    match &member.ty {
        RustType::EventStream(union) => Some((&member.field, union)),
        _ => None,
    }
}

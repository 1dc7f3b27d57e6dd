//! The tests of `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests`, as tests of the crate.
//!
//! A request test calls the operation with a value and looks at what is sent; a response test has the operation answered, and
//! looks at the value that it gives. Tests that are for servers or for another protocol are left out.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::types::{Structure, TypeName};
use super::value::{Absent, Mistake, Value, Values};
use super::{Operation, Plan};
use crate::names::{self, Scope};
use crate::smithy::{Closure, ShapeId, Traits};
use crate::{Error, Problems, docs};

/// A test.
#[derive(Debug)]
pub struct ProtocolTest {
    /// The name of its function.
    pub name: String,
    /// What it is about, if the model says.
    pub docs: String,
    /// The operation that is called.
    pub operation: ShapeId,
    /// What it is called with.
    pub request: Value,
    /// What must come of it.
    pub expectation: Expectation,
}

/// What must come of a call.
#[derive(Debug)]
pub enum Expectation {
    /// What is sent.
    Request(ExpectedRequest),
    /// What an answer is read as.
    Response {
        /// The answer.
        answer: Answer,
        /// The value of the operation's response.
        value: Value,
    },
    /// What an answer is read as that reports an error.
    Error {
        /// The answer.
        answer: Answer,
        /// The error's structure, and the variant of the operation's errors.
        name: TypeName,
        /// Its value.
        value: Value,
        /// The code of the error, where it is not the shape's name.
        code: Option<String>,
    },
}

/// What must be sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedRequest {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub uri: String,
    /// The host that the client is told to call, which may have a path.
    pub host: Option<String>,
    /// The host that is called.
    pub resolved_host: Option<String>,
    /// Parameters that the query has, in their encoded form.
    #[serde(default)]
    pub query_params: Vec<String>,
    /// Parameters that the query has not.
    #[serde(default)]
    pub forbid_query_params: Vec<String>,
    /// Parameters that the query has, whatever their values.
    #[serde(default)]
    pub require_query_params: Vec<String>,
    /// Headers and their values.
    #[serde(default)]
    pub headers: Map<String, Json>,
    /// Headers that are not there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that are there, whatever their values.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The body.
    pub body: Option<String>,
    /// What the body is.
    pub body_media_type: Option<String>,
}

/// How a test writes a body, and so how bodies are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BodyForm {
    /// As text, to be compared letter by letter.
    Text,
    /// As JSON: its meaning counts, and not how it is written.
    Json,
    /// As base64 of CBOR: its meaning counts as well.
    Cbor,
}

impl BodyForm {
    fn of(media_type: Option<&str>, body: &str) -> Self {
        match media_type {
            Some(media_type) if media_type.contains("json") => Self::Json,
            Some(media_type) if media_type.contains("cbor") && !body.is_empty() => Self::Cbor,
            Some(_) => Self::Text,
            // A body that is not said to be anything is what the protocol has.
            None if serde_json::from_str::<Json>(body).is_ok() => Self::Json,
            None => Self::Text,
        }
    }
}

impl ExpectedRequest {
    /// The body and its form, if the test says what it is.
    pub fn body(&self) -> Option<(&str, BodyForm)> {
        let body = self.body.as_deref()?;
        Some((body, BodyForm::of(self.body_media_type.as_deref(), body)))
    }
}

/// What the service answers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The status.
    pub code: u16,
    /// The headers.
    #[serde(default)]
    pub headers: Map<String, Json>,
    /// The body.
    #[serde(default)]
    pub body: String,
    /// What the body is.
    pub body_media_type: Option<String>,
}

impl Answer {
    /// The form of the body.
    pub fn body_form(&self) -> BodyForm {
        BodyForm::of(self.body_media_type.as_deref(), &self.body)
    }
}

/// What both kinds of tests have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Common {
    id: String,
    protocol: String,
    documentation: Option<String>,
    applies_to: Option<String>,
    #[serde(default = "no_params")]
    params: Json,
    #[serde(default)]
    vendor_params: Map<String, Json>,
}

fn no_params() -> Json {
    Json::Object(Map::new())
}

/// The tests of everything that is in the crate, in the order of the operations.
pub fn protocol_tests(closure: &Closure<'_>, plan: &Plan) -> Result<Vec<ProtocolTest>, Error> {
    let mut reader = Reader {
        plan,
        names: Scope::default(),
        errors: HashSet::new(),
        tests: Vec::new(),
    };
    let mut problems = Problems::new();
    let shapes: HashMap<_, _> = closure
        .operations()
        .map(|(shape, _)| (&shape.id, shape))
        .collect();
    for operation in &plan.operations {
        if let Some(shape) = shapes.get(&operation.shape) {
            problems.keep(reader.operation(operation, &shape.traits));
        }
        for error in &operation.errors {
            if let Some(shape) = closure.get(&error.name.shape) {
                problems.keep(reader.error(operation, &error.name, &shape.traits));
            }
        }
    }
    problems.finish(reader.tests)
}

struct Reader<'a> {
    plan: &'a Plan,
    names: Scope,
    errors: HashSet<ShapeId>,
    tests: Vec<ProtocolTest>,
}

impl Reader<'_> {
    fn operation(&mut self, operation: &Operation, traits: &Traits) -> Result<(), Error> {
        for json in traits.http_request_tests()?.into_iter().flatten() {
            self.case(operation, traits, json, "request", |plan, common| {
                let request = value(
                    plan,
                    plan.request(operation),
                    Absent::Mistake,
                    &common.params,
                )?;
                Ok((request, Expectation::Request(read(json)?)))
            })?;
        }
        for json in traits.http_response_tests()?.into_iter().flatten() {
            self.case(operation, traits, json, "response", |plan, common| {
                let value = value(
                    plan,
                    plan.response(operation),
                    Absent::Corrected,
                    &common.params,
                )?;
                Ok((
                    least(plan, operation)?,
                    Expectation::Response {
                        answer: read(json)?,
                        value,
                    },
                ))
            })?;
        }
        Ok(())
    }

    /// The tests of an error, with the first operation that can return it.
    fn error(
        &mut self,
        operation: &Operation,
        name: &TypeName,
        traits: &Traits,
    ) -> Result<(), Error> {
        if !self.errors.insert(name.shape.clone()) {
            return Ok(());
        }
        for json in traits.http_response_tests()?.into_iter().flatten() {
            self.case(operation, traits, json, "response", |plan, common| {
                let value = value(
                    plan,
                    plan.structure(&name.shape),
                    Absent::Corrected,
                    &common.params,
                )?;
                let code = common
                    .vendor_params
                    .get("code")
                    .and_then(Json::as_str)
                    .map(str::to_owned);
                let expectation = Expectation::Error {
                    answer: read(json)?,
                    name: name.clone(),
                    value,
                    code,
                };
                Ok((least(plan, operation)?, expectation))
            })?;
        }
        Ok(())
    }

    fn case(
        &mut self,
        operation: &Operation,
        traits: &Traits,
        json: &Json,
        kind: &str,
        expect: impl FnOnce(&Plan, &Common) -> Result<(Value, Expectation), Mistake>,
    ) -> Result<(), Error> {
        let at = |message| Error::at(traits.owner(), message);
        let common: Common =
            read(json).map_err(|mistake| at(format!("a protocol test is wrong: {mistake}")))?;
        let is_for_servers = common.applies_to.as_deref() == Some("server");
        if is_for_servers || common.protocol != self.plan.service.protocol.id {
            return Ok(());
        }
        let (request, expectation) = expect(self.plan, &common).map_err(|mistake| {
            at(format!(
                "the protocol test `{}` is wrong: {mistake}",
                common.id
            ))
        })?;
        let name = self.name(&common.id, kind);
        self.tests.push(ProtocolTest {
            name,
            docs: docs::markdown(&common.documentation.unwrap_or_default(), &|_| None),
            operation: operation.shape.clone(),
            request,
            expectation,
        });
        Ok(())
    }

    fn name(&mut self, id: &str, kind: &str) -> String {
        let wanted = names::method(&format!("{id}_{kind}"));
        self.names.claim(&wanted, "")
    }
}

fn read<'de, T: Deserialize<'de>>(json: &'de Json) -> Result<T, Mistake> {
    T::deserialize(json).map_err(|error| Mistake::new(error.to_string()))
}

fn value(
    plan: &Plan,
    structure: Option<&Structure>,
    absent: Absent,
    params: &Json,
) -> Result<Value, Mistake> {
    let structure =
        structure.ok_or_else(|| Mistake::new("the structure is not part of the crate"))?;
    Values::new(plan, absent)
        .structure(structure, params)
        .map_err(|mistake| mistake.within("params"))
}

fn least(plan: &Plan, operation: &Operation) -> Result<Value, Mistake> {
    let structure = plan
        .request(operation)
        .ok_or_else(|| Mistake::new("the request is not part of the crate"))?;
    plan.least(structure)
}

//! The tests of `smithy.test#httpRequestTests`, `smithy.test#httpResponseTests` and `smithy.test#eventStreamTests`, as tests of the crate.
//!
//! A request test calls the operation with a value and looks at what is sent; a response test has the operation answered, and
//! looks at the value that it gives. Tests that are for servers or for another protocol are left out.

use super::event_stream_tests::{self, Test};
use super::shapes::Shapes;
use super::value::Values;
use crate::ir::{Crate, Operation};
use crate::ir::{Expectation, ProtocolTest, Value};
use crate::ir::{StreamKind, Structure, TypeName};
use crate::model::{ShapeId, Traits};
use crate::names::{self, Scope};
use crate::{Diagnostic, Diagnostics, Error, docs};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

/// The properties of both kinds of tests.
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
pub fn protocol_tests(shapes: Shapes<'_>, ir: &Crate) -> Result<Vec<ProtocolTest>, Error> {
    let closure = shapes.closure;
    let mut reader = Reader {
        ir,
        values: Values::new(ir, shapes),
        names: Scope::default(),
        errors: HashSet::new(),
        tests: Vec::new(),
    };
    let mut problems = Diagnostics::new();
    for (_, operation, shape) in ir.operations_with_shapes(closure) {
        problems.keep(reader.operation(operation, &shape.traits));
        for error in &operation.errors {
            if let Some(shape) = closure.get(&error.name.shape) {
                problems.keep(reader.error(operation, &error.name, &shape.traits));
            }
        }
    }
    problems.finish(reader.tests)
}

struct Reader<'a> {
    ir: &'a Crate,
    values: Values<'a>,
    names: Scope,
    errors: HashSet<ShapeId>,
    tests: Vec<ProtocolTest>,
}

impl Reader<'_> {
    fn operation(&mut self, operation: &Operation, traits: &Traits) -> Result<(), Error> {
        for json in traits.http_request_tests()?.into_iter().flatten() {
            self.case(operation, traits, json, "request", |ir, values, common| {
                let request = value(values, ir.request(operation), &common.params)?;
                Ok((request, Expectation::Request(read(json)?)))
            })?;
        }
        for json in traits.event_stream_tests()?.into_iter().flatten() {
            self.events(operation, traits, json)?;
        }
        let output = operation.output_stream.as_ref();
        if output.is_some_and(|stream| stream.kind == StreamKind::Events) {
            // Their bodies are whole, and their values can be compared.
            return Ok(());
        }
        for json in traits.http_response_tests()?.into_iter().flatten() {
            self.case(operation, traits, json, "response", |ir, values, common| {
                let response = ir.response(operation);
                let value = value(values.corrected(), response, &common.params)?;
                Ok((
                    least(values, ir.request(operation))?,
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
            self.case(operation, traits, json, "response", |ir, values, common| {
                let error = ir.structure(&name.shape);
                let value = value(values.corrected(), error, &common.params)?;
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
                Ok((least(values, ir.request(operation))?, expectation))
            })?;
        }
        Ok(())
    }

    /// The tests of an event stream.
    fn events(&mut self, operation: &Operation, traits: &Traits, json: &Json) -> Result<(), Error> {
        self.tests_of(operation, traits, json, |ir, values, _| {
            event_stream_tests::tests(ir, values, operation, json)
        })
    }

    fn case(
        &mut self,
        operation: &Operation,
        traits: &Traits,
        json: &Json,
        kind: &'static str,
        expect: impl FnOnce(&Crate, Values<'_>, &Common) -> Result<(Value, Expectation), Diagnostic>,
    ) -> Result<(), Error> {
        self.tests_of(operation, traits, json, |ir, values, common| {
            let (request, expectation) = expect(ir, values, common)?;
            Ok(vec![(kind, request, expectation)])
        })
    }

    /// The tests that a case becomes, if it is for clients and the protocol.
    fn tests_of(
        &mut self,
        operation: &Operation,
        traits: &Traits,
        json: &Json,
        expect: impl FnOnce(&Crate, Values<'_>, &Common) -> Result<Vec<Test>, Diagnostic>,
    ) -> Result<(), Error> {
        let at = |message| Error::at(traits.owner(), message);
        let common: Common =
            read(json).map_err(|mistake| at(format!("a protocol test is wrong: {mistake}")))?;
        let is_for_servers = common.applies_to.as_deref() == Some("server");
        if is_for_servers || common.protocol != self.ir.service.protocol.id {
            return Ok(());
        }
        let tests = expect(self.ir, self.values, &common).map_err(|mistake| {
            at(format!(
                "the protocol test `{}` is wrong: {mistake}",
                common.id
            ))
        })?;
        let docs = docs::markdown(&common.documentation.unwrap_or_default(), &|_| None);
        for (kind, request, expectation) in tests {
            let name = self.name(&common.id, kind);
            self.tests.push(ProtocolTest {
                name,
                docs: docs.clone(),
                operation: operation.shape.clone(),
                request,
                expectation,
            });
        }
        Ok(())
    }

    fn name(&mut self, id: &str, kind: &str) -> String {
        let wanted = names::method(&format!("{id}_{kind}"));
        self.names.claim(&wanted, "")
    }
}

pub(super) fn read<'de, T: Deserialize<'de>>(json: &'de Json) -> Result<T, Diagnostic> {
    T::deserialize(json).map_err(|error| Diagnostic::new(error.to_string()))
}

pub(super) fn value(
    values: Values<'_>,
    structure: Option<&Structure>,
    params: &Json,
) -> Result<Value, Diagnostic> {
    let structure =
        structure.ok_or_else(|| Diagnostic::new("the structure is not part of the crate"))?;
    values
        .structure(structure, params)
        .map_err(|mistake| mistake.within("params"))
}

pub(super) fn least(values: Values<'_>, request: Option<&Structure>) -> Result<Value, Diagnostic> {
    let request = request.ok_or_else(|| Diagnostic::new("the request is not part of the crate"))?;
    values.least(request)
}

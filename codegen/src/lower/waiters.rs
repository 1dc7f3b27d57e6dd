//! Waiters: `smithy.waiters#waitable`.

use super::docs::Docs;
use super::links::Item;
use super::naming::Naming;
use super::shapes::Shapes;
use super::waiter_docs::{Condition, Outcomes, name_of};
use crate::docs;
use crate::ir::{Acceptor, Deprecated, ErrorMatcher, ResponseMatcher, RustType, State, Waiter};
use crate::ir::{Crate, LeftOut, Operation};
use crate::jmespath::{self, Kind, Query, Type};
use crate::model::ShapeId;
use crate::{Diagnostic, Diagnostics, Error};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// The delays of a waiter that says nothing about them, in seconds.
const DEFAULT_MIN_DELAY: u64 = 2;

const DEFAULT_MAX_DELAY: u64 = 120;

/// Members that say why something is in the state it is in, beside the member with the state, best first.
const REASONS: [&str; 12] = [
    "Message",
    "StatusMessage",
    "StateMessage",
    "StatusReason",
    "StateReason",
    "StateTransitionReason",
    "FailureReason",
    "FailureMessage",
    "ErrorMessage",
    "ErrorCause",
    "Reason",
    "StateChangeReason",
];

/// The lowered waiters of a service.
#[derive(Debug, Default)]
pub struct Waiters {
    /// Those that are written, with the operation's place in the crate.
    pub lowered: Vec<(usize, Vec<Waiter>)>,
    /// Those that are left out.
    pub left_out: Vec<LeftOut>,
}

/// The waiters of all operations. Those that need what is not supported are left out if `skip_unsupported`, and an error otherwise.
pub fn waiters(shapes: Shapes<'_>, ir: &Crate, skip_unsupported: bool) -> Result<Waiters, Error> {
    let Shapes {
        closure,
        docs,
        naming,
        ..
    } = shapes;
    let mut problems = Diagnostics::new();
    let mut waiters = Waiters::default();
    for (index, operation, shape) in ir.operations_with_shapes(closure) {
        let mut of_operation = Vec::new();
        for (name, definition) in shape.traits.waitable()?.into_iter().flatten() {
            let lowering = Lowering {
                operation,
                ir,
                docs,
                naming,
                name,
            };
            match lowering.waiter(definition) {
                Ok(waiter) => of_operation.push(waiter),
                Err(flaws) if skip_unsupported && flaws.iter().all(Diagnostic::is_unsupported) => {
                    waiters.left_out.push(lowering.left_out(&flaws));
                }
                Err(flaws) => flaws
                    .into_iter()
                    .for_each(|flaw| problems.push(lowering.of_waiter(flaw))),
            }
        }
        if !of_operation.is_empty() {
            waiters.lowered.push((index, of_operation));
        }
    }
    problems.finish(waiters)
}

struct Lowering<'a> {
    operation: &'a Operation,
    ir: &'a Crate,
    docs: &'a Docs<'a>,
    naming: &'a Naming,
    name: &'a str,
}

impl Lowering<'_> {
    /// The waiter, or all that is wrong with it.
    fn waiter(&self, definition: &Json) -> Result<Waiter, Vec<Diagnostic>> {
        let Some(definition) = definition.as_object() else {
            return Err(vec!["expected an object".into()]);
        };
        if self.operation.input_stream.is_some() {
            let flaw = "polls with a request that holds a stream, which can be sent only once";
            return Err(vec![Diagnostic::unsupported(flaw)]);
        }
        let mut flaws = Vec::new();
        let mut seconds = |name, default| {
            let seconds = self::seconds(definition, name, default);
            seconds.unwrap_or_else(|flaw| {
                flaws.push(flaw);
                default
            })
        };
        let min_delay = seconds("minDelay", DEFAULT_MIN_DELAY);
        let max_delay = seconds("maxDelay", DEFAULT_MAX_DELAY).max(min_delay);
        let mut waiter = Waiter {
            name: self.name.to_owned(),
            function: self
                .naming
                .of_waiter(&self.operation.shape, self.name)
                .unwrap_or_default()
                .to_owned(),
            docs: String::new(),
            deprecated: definition
                .get("deprecated")
                .and_then(Json::as_bool)
                .unwrap_or(false)
                .then(Deprecated::default),
            min_delay,
            max_delay,
            may_lack_response: false,
            reads_request: false,
            of_response: Vec::new(),
            of_error: Vec::new(),
        };
        let mut outcomes = Outcomes::default();
        match definition.get("acceptors").and_then(Json::as_array) {
            Some(acceptors) => {
                let added = acceptors
                    .iter()
                    .map(|acceptor| self.add(acceptor, &mut waiter, &mut outcomes));
                flaws.extend(added.filter_map(Result::err));
            }
            None => flaws.push("has no acceptors".into()),
        }
        waiter.docs = self.docs(definition, outcomes, (min_delay, max_delay));
        if flaws.is_empty() {
            Ok(waiter)
        } else {
            Err(flaws)
        }
    }

    fn left_out(&self, flaws: &[Diagnostic]) -> LeftOut {
        let reasons: Vec<_> = flaws.iter().map(Diagnostic::message).collect();
        LeftOut {
            operation: self.operation.shape.clone(),
            waiter: Some(self.name.to_owned()),
            reason: reasons.join("; "),
        }
    }

    fn docs(
        &self,
        definition: &Map<String, Json>,
        outcomes: Outcomes,
        delays: (u64, u64),
    ) -> String {
        let item = Item::Waiter(&self.operation.shape, self.name);
        let own = definition.get("documentation").and_then(Json::as_str);
        let own = own
            .map(|html| self.docs.prose(item, html))
            .filter(|text| !text.is_empty());
        let own = own.unwrap_or_else(|| format!("Waits for {}.", docs::code(self.name)));
        let outcomes = outcomes.docs(self.operation.link_name(), delays);
        format!("{own}\n\n{outcomes}")
    }

    fn add(
        &self,
        acceptor: &Json,
        waiter: &mut Waiter,
        outcomes: &mut Outcomes,
    ) -> Result<(), Diagnostic> {
        let state = acceptor
            .get("state")
            .and_then(Json::as_str)
            .unwrap_or_default();
        let matcher = acceptor.get("matcher").and_then(Json::as_object);
        let matcher = matcher.and_then(|matcher| matcher.iter().next());
        let Some((kind, matcher)) = matcher else {
            return Err("an acceptor has no matcher".into());
        };
        match (kind.as_str(), matcher) {
            ("success", Json::Bool(is_response)) => {
                let (what, is) = if *is_response {
                    ("the response", "there")
                } else {
                    ("the error", "an error")
                };
                let state = self.state(state, what, is, None)?;
                if *is_response {
                    outcomes.add(&state, Condition::Response);
                    waiter.of_response.push(Acceptor {
                        matcher: ResponseMatcher::Any,
                        state,
                    });
                } else {
                    outcomes.add(&state, Condition::Error);
                    add_error(ErrorMatcher::Any, state, waiter);
                }
            }
            ("errorType", Json::String(name)) => {
                let state = self.state(state, "the error", name, None)?;
                outcomes.add(&state, Condition::Named(without_namespace(name).to_owned()));
                add_error(self.error_matcher(name), state, waiter);
            }
            ("output", Json::Object(matcher)) => {
                let acceptor =
                    self.of_path(matcher, state, "response", self.response(), outcomes)?;
                waiter.of_response.push(acceptor);
            }
            ("inputOutput", Json::Object(matcher)) => {
                waiter.reads_request = true;
                let both = Type::InputOutput(
                    self.operation.request.clone(),
                    self.operation.response.clone(),
                );
                let acceptor = self.of_path(matcher, state, "both", both, outcomes)?;
                waiter.of_response.push(acceptor);
            }
            _ => {
                return Err(format!("`{kind}` with {matcher} is not a matcher: expected success, errorType, output or inputOutput").into());
            }
        }
        Ok(())
    }

    fn response(&self) -> Type {
        Type::Rust(RustType::Structure(self.operation.response.clone()))
    }

    /// `errorType` is the name of a shape, the whole id of one, the code that an error has in the query protocol, or one that the
    /// model does not know. A service may send an error by either name.
    fn error_matcher(&self, name: &str) -> ErrorMatcher {
        let name = without_namespace(name);
        let mut names = vec![name];
        for error in &self.operation.errors {
            let of_error = [Some(error.name.shape.name()), error.query_code.as_deref()];
            if of_error.contains(&Some(name)) {
                names.extend(of_error.into_iter().flatten());
            }
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        ErrorMatcher::Named(names.into_iter().map(str::to_owned).collect())
    }

    fn of_path(
        &self,
        matcher: &Map<String, Json>,
        state: &str,
        variable: &'static str,
        ty: Type,
        outcomes: &mut Outcomes,
    ) -> Result<Acceptor<ResponseMatcher>, Diagnostic> {
        let text = |name: &str| {
            let text = matcher.get(name).and_then(Json::as_str);
            text.ok_or_else(|| format!("a matcher lacks `{name}`"))
        };
        let (path, expected, comparator) = (text("path")?, text("expected")?, text("comparator")?);
        let query = jmespath::compile(path, variable, ty, self.ir)?;
        let state = self.state(state, name_of(path), expected, self.reason(&query))?;
        let is_open = query.is_open();
        let mismatch = |expected: &str| {
            let message = format!("`{comparator}` requires `{path}` to be {expected}");
            if is_open {
                Diagnostic::unsupported(message)
            } else {
                Diagnostic::new(message)
            }
        };
        let matcher = match comparator {
            "booleanEquals" if !query.may_be_boolean() => return Err(mismatch("a boolean")),
            "booleanEquals" => ResponseMatcher::Boolean(query, boolean(expected)?),
            "stringEquals" if !query.is_text() => return Err(mismatch("a string")),
            "stringEquals" => ResponseMatcher::Text(query, expected.to_owned()),
            "allStringEquals" | "anyStringEquals" => {
                let texts = query.into_texts().ok_or_else(|| mismatch("a list of strings"))?;
                let is_all = comparator == "allStringEquals";
                let matcher = if is_all {
                    ResponseMatcher::AllTexts
                } else {
                    ResponseMatcher::AnyText
                };
                matcher(texts, expected.to_owned())
            }
            _ => return Err(format!("unknown comparator `{comparator}`: expected booleanEquals, stringEquals, allStringEquals or anyStringEquals").into()),
        };
        outcomes.add(&state, Condition::value(comparator, path, expected));
        Ok(Acceptor { matcher, state })
    }

    fn state(
        &self,
        state: &str,
        what: &str,
        is: &str,
        message: Option<Query>,
    ) -> Result<State, Diagnostic> {
        match state {
            "success" => Ok(State::Success),
            "retry" => Ok(State::Retry),
            "failure" => Ok(State::Failure {
                what: what.to_owned(),
                is: is.to_owned(),
                message,
            }),
            _ => Err(format!(
                "unknown state `{state}` of an acceptor: expected success, retry or failure"
            )
            .into()),
        }
    }

    /// The service's own reason: a string beside the member that shows the state, or in a structure beside it.
    fn reason(&self, query: &Query) -> Option<Query> {
        let Kind::Field { of, .. } = &query.kind else {
            return None;
        };
        let Type::Rust(RustType::Structure(structure)) = &of.ty else {
            return None;
        };
        self.reason_in(of, &structure.shape, true)
    }

    fn reason_in(&self, of: &Query, structure: &ShapeId, deeper: bool) -> Option<Query> {
        let members = &self.ir.structure(structure)?.members;
        let find = |reason: &&str| {
            members
                .iter()
                .find(|member| member.name.eq_ignore_ascii_case(reason))
        };
        REASONS
            .iter()
            .filter_map(find)
            .filter(|member| !member.sensitive)
            .find_map(|member| {
                let query = Query::field(of.clone(), member);
                match &member.ty {
                    RustType::String => Some(query),
                    RustType::Structure(inner) if deeper => {
                        self.reason_in(&query, &inner.shape, false)
                    }
                    _ => None,
                }
            })
    }

    fn of_waiter(&self, flaw: Diagnostic) -> Diagnostic {
        flaw.map_message(|message| format!("the waiter `{}`: {message}", self.name))
            .in_shape(&self.operation.shape)
    }
}

fn add_error(matcher: ErrorMatcher, state: State, waiter: &mut Waiter) {
    waiter.may_lack_response |= matches!(state, State::Success);
    waiter.of_error.push(Acceptor { matcher, state });
}

/// Returns the name of a shape, of whose id `errorType` may be the whole.
fn without_namespace(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(_, name)| name)
}

fn boolean(expected: &str) -> Result<bool, Diagnostic> {
    expected
        .parse()
        .map_err(|_| format!("`booleanEquals` expects `true` or `false`, not `{expected}`").into())
}

fn seconds(definition: &Map<String, Json>, name: &str, default: u64) -> Result<u64, Diagnostic> {
    match definition.get(name) {
        None => Ok(default),
        Some(seconds) => seconds
            .as_u64()
            .ok_or_else(|| format!("`{name}` has to be a number of seconds, not {seconds}").into()),
    }
}

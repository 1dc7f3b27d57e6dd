//! Idempotency: the same client token with the same request means the same thing as before.

use std::collections::HashMap;

use healthlake::ServiceError;
use serde::Serialize;
use serde_json::Value;

use crate::refusal::invalid;

/// What was made for each client token.
#[derive(Debug, Default)]
pub(crate) struct Tokens(HashMap<(&'static str, String), Made>);

#[derive(Debug)]
struct Made {
    request: Value,
    id: String,
}

impl Tokens {
    /// The id of what an earlier request with the same token made.
    ///
    /// Another request with the same token is refused with `ValidationException`: the operations that take a token have no
    /// `ConflictException` in the model.
    pub(crate) fn made_by(
        &self,
        operation: &'static str,
        token: Option<&str>,
        request: &impl Serialize,
    ) -> Result<Option<&str>, ServiceError> {
        let Some(made) = token.and_then(|token| self.0.get(&(operation, token.to_owned()))) else {
            return Ok(None);
        };
        if made.request == as_value(request) {
            return Ok(Some(&made.id));
        }
        Err(invalid("ClientToken was used before with other parameters"))
    }

    /// Remembers what a request has made.
    pub(crate) fn remember(
        &mut self,
        operation: &'static str,
        token: Option<&str>,
        request: &impl Serialize,
        id: &str,
    ) {
        if let Some(token) = token {
            let made = Made {
                request: as_value(request),
                id: id.to_owned(),
            };
            self.0.insert((operation, token.to_owned()), made);
        }
    }
}

fn as_value(request: &impl Serialize) -> Value {
    serde_json::to_value(request).unwrap_or_default()
}

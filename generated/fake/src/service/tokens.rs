//! Idempotency: the same client token with the same request means the same thing as before.

use std::collections::HashMap;

use healthlake::ServiceError;
use serde::Serialize;
use serde_json::Value;

use super::Service;
use crate::refusal::{conflict, invalid};

/// The operations that take a token and have `ConflictException` in the model.
const WITH_CONFLICT: [&str; 2] = ["CreateDataTransformationProfile", "RestoreFHIRDatastore"];

/// The things that were made for the client tokens of each operation.
#[derive(Debug, Default)]
pub(crate) struct Tokens(HashMap<(String, String), Made>);

#[derive(Debug)]
struct Made {
    request: Value,
    id: String,
}

impl Service {
    /// The id of what `make` makes, or of what an earlier request with the same token made.
    ///
    /// Another request with the same token is refused with `ConflictException`, or with `ValidationException` if the operation has
    /// no such error in the model.
    pub(super) fn once<Request: Serialize>(
        &mut self,
        operation: &str,
        token: Option<String>,
        request: Request,
        make: impl FnOnce(&mut Self, Request) -> Result<String, ServiceError>,
    ) -> Result<String, ServiceError> {
        let Some(token) = token else {
            return make(self, request);
        };
        let key = (operation.to_owned(), token);
        let as_json = serde_json::to_value(&request).unwrap_or_default();
        match self.tokens.0.get(&key) {
            Some(made) if made.request == as_json => Ok(made.id.clone()),
            Some(_) => Err(used_before(operation)),
            None => {
                let id = make(self, request)?;
                let made = Made {
                    request: as_json,
                    id: id.clone(),
                };
                self.tokens.0.insert(key, made);
                Ok(id)
            }
        }
    }
}

fn used_before(operation: &str) -> ServiceError {
    let message = "ClientToken was used before with other parameters";
    if WITH_CONFLICT.contains(&operation) {
        conflict(message)
    } else {
        invalid(message)
    }
}

//! The names of everything, chosen so that no two things of a crate have the same name.
//!
//! Types come first: those of shapes have the names of the model; then operations, their errors and
//! the other synthetic names get what is left. A crate re-exports all of them at its root,
//! beside its own few types, so there is one set of names for all.

use std::collections::HashMap;

use crate::model::{Closure, Operation, Shape, ShapeId, ShapeKind};
use crate::names::{self, RUST_PRELUDE, Scope};

/// The names of types, operations and client functions.
#[derive(Debug)]
pub struct Naming {
    types: HashMap<ShapeId, TypeNames>,
    operations: HashMap<ShapeId, OperationNames>,
    /// The functions of `Client`, for more to be added.
    pub functions: Scope,
}

/// The names of a structure, union or enum.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The type.
    pub rust: String,
    /// The module, which is unique among those of all types.
    pub module: String,
}

/// The names of an operation and of everything synthetic that belongs to it.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The type that implements `smithy_rt::Operation`.
    pub marker: String,
    /// The function of `Client`.
    pub function: String,
    /// The module.
    pub module: String,
    /// The enum of errors.
    pub error: String,
    /// The request, if the model has none.
    pub request: Option<TypeNames>,
    /// The response, if the model has none.
    pub response: Option<TypeNames>,
}

/// The names at the root of a generated crate.
const ROOT: [&str; 13] = [
    "Blob",
    "Call",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Document",
    "Error",
    "Paginator",
    "SdkConfig",
    "ServiceError",
    "UnmodeledError",
    "Unmodeled",
    "Waiter",
];

/// The names that files with shapes import from elsewhere.
const IMPORTED: [&str; 9] = [
    "DecodeError",
    "EncodeError",
    "EncodedRequest",
    "EncodedResponse",
    "HashMap",
    "ModeledError",
    "Redacted",
    "UnknownInteger",
    "UnknownValue",
];

/// Functions that every client has.
const CLIENT_FUNCTIONS: [&str; 3] = ["builder", "clone", "new"];

impl Naming {
    /// Names all that is in the closure.
    pub fn new(closure: &Closure<'_>) -> Self {
        let mut scopes = Scopes::new();
        let types = closure
            .shapes()
            .filter_map(|shape| {
                Some((
                    shape.id.clone(),
                    scopes.name_type(shape, closure.name(&shape.id))?,
                ))
            })
            .collect();
        let operations = closure
            .operations()
            .map(|(shape, operation)| (shape.id.clone(), scopes.name_operation(shape, operation)))
            .collect();
        Self {
            types,
            operations,
            functions: scopes.functions,
        }
    }

    /// The names of a structure, union or enum.
    pub fn of_type(&self, shape: &ShapeId) -> Option<&TypeNames> {
        self.types.get(shape)
    }

    /// The names of an operation.
    pub fn of_operation(&self, shape: &ShapeId) -> Option<&OperationNames> {
        self.operations.get(shape)
    }
}

/// The names that are taken while all is being named.
struct Scopes {
    types: Scope,
    modules: Scope,
    functions: Scope,
    operation_modules: Scope,
}

impl Scopes {
    fn new() -> Self {
        let reserved = ROOT.iter().chain(&IMPORTED).chain(RUST_PRELUDE).copied();
        Self {
            types: Scope::new(reserved),
            modules: Scope::new(["types"]),
            functions: Scope::new(CLIENT_FUNCTIONS),
            operation_modules: Scope::new(["operation"]),
        }
    }

    fn name_type(&mut self, shape: &Shape, name: &str) -> Option<TypeNames> {
        let wanted = names::type_name(name);
        let rust = match shape.kind {
            ShapeKind::Structure(_) if shape.id.is_unit() => return None,
            ShapeKind::Structure(_) => self.types.claim_with_builder(&wanted, "Shape"),
            ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
                self.types.claim(&wanted, "Shape")
            }
            _ => return None,
        };
        let module = self.modules.claim(&file_module(&rust, "_shape"), "_shape");
        Some(TypeNames { rust, module })
    }

    fn name_operation(&mut self, shape: &Shape, operation: &Operation) -> OperationNames {
        let name = shape.id.name();
        OperationNames {
            marker: self.make_up(name, ""),
            error: self.make_up(name, "Error"),
            request: operation
                .input
                .is_unit()
                .then(|| self.make_up_structure(name, "Request")),
            response: operation
                .output
                .is_unit()
                .then(|| self.make_up_structure(name, "Response")),
            module: self
                .operation_modules
                .claim(&file_module(name, "_operation"), "_operation"),
            function: self.functions.claim(&names::method(name), "_operation"),
        }
    }

    /// The operation's name and the suffix; with `Operation` in between if that is taken.
    fn make_up(&mut self, name: &str, suffix: &str) -> String {
        let wanted = names::type_name_with(name, suffix);
        let otherwise = names::type_name_with(name, &format!("Operation{suffix}"));
        self.types.claim_first(&[&wanted, &otherwise])
    }

    fn make_up_structure(&mut self, name: &str, suffix: &str) -> TypeNames {
        let wanted = names::type_name_with(name, suffix);
        let otherwise = names::type_name_with(name, &format!("Operation{suffix}"));
        let is_free =
            |name: &str| self.types.is_free(name) && self.types.is_free(&names::builder(name));
        let wanted = if is_free(&wanted) { wanted } else { otherwise };
        let rust = self.types.claim_with_builder(&wanted, "");
        let module = self.modules.claim(&file_module(&rust, "_shape"), "_shape");
        TypeNames { rust, module }
    }
}

/// The module of a file; with the suffix if it could be that of a builder, which is called after its structure.
fn file_module(name: &str, suffix: &str) -> String {
    let module = names::module(name);
    if module.ends_with("_builder") {
        format!("{module}{suffix}")
    } else {
        module
    }
}

//! The names of everything, chosen so that no two things of a crate have the same name.
//!
//! Types come first: those of shapes have the names of the model; then operations, their errors and
//! the other synthetic names get what is left. A crate re-exports all of them at its root,
//! beside its own few types, so there is one set of names for all.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{Closure, Member, Operation, Shape, ShapeId, ShapeKind};
use crate::names::{self, RUST_PRELUDE, Scope};

/// The names of types, operations and client functions.
#[derive(Debug)]
pub struct Naming {
    types: HashMap<ShapeId, TypeNames>,
    operations: HashMap<ShapeId, OperationNames>,
    /// The fields or variants of each type in order, each after what tells it from the others: the name of the member in the
    /// model, but for enums of strings the string, as an old `smithy.api#enum` need not name its strings.
    members: HashMap<ShapeId, Vec<(String, String)>>,
    /// The functions of the waiters, by the operation and the name of the waiter.
    waiters: HashMap<ShapeId, IndexMap<String, String>>,
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
const ROOT: [&str; 14] = [
    "Blob",
    "ByteStream",
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
const IMPORTED: [&str; 10] = [
    "DecodeError",
    "EncodeError",
    "EncodedRequest",
    "EncodedResponse",
    "HashMap",
    "ModeledError",
    "Redacted",
    "StreamMember",
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
        let waiters = closure
            .operations()
            .map(|(shape, _)| (shape.id.clone(), scopes.name_waiters(shape)))
            .collect();
        let members = closure
            .shapes()
            .filter_map(|shape| Some((shape.id.clone(), member_names(shape, closure)?)))
            .collect();
        Self {
            types,
            operations,
            members,
            waiters,
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

    /// The field or variant of a member of a structure, union or enum, by its name; of an enum of strings by the string.
    pub fn of_member(&self, shape: &ShapeId, member: &str) -> Option<&str> {
        let mut members = self.members.get(shape)?.iter();
        let (_, name) = members.find(|(of_model, _)| of_model == member)?;
        Some(name)
    }

    /// The fields or variants of a structure, union or enum, in order. Errors among events have none.
    pub fn members_of(&self, shape: &ShapeId) -> impl Iterator<Item = &str> {
        let members = self.members.get(shape).into_iter().flatten();
        members.map(|(_, name)| name.as_str())
    }

    /// The function of a waiter.
    pub fn of_waiter(&self, operation: &ShapeId, waiter: &str) -> Option<&str> {
        Some(self.waiters.get(operation)?.get(waiter)?)
    }

    /// The names of an operation's waiters in the model.
    pub fn waiters_of(&self, operation: &ShapeId) -> impl Iterator<Item = &str> {
        let waiters = self.waiters.get(operation).into_iter().flatten();
        waiters.map(|(name, _)| name.as_str())
    }
}

/// See [`Naming::members`]; `None` for a shape that has neither fields nor variants.
fn member_names(shape: &Shape, closure: &Closure<'_>) -> Option<Vec<(String, String)>> {
    // The names in the model, and what tells members apart.
    let members: Vec<(&str, &str)> = match &shape.kind {
        ShapeKind::Structure(members) => members.iter().map(name_twice).collect(),
        ShapeKind::Union(members) => {
            let members = members.iter();
            let variants = members.filter(|member| !closure.is_exception(shape, member));
            variants.map(name_twice).collect()
        }
        ShapeKind::Enum(values) => {
            let values = values.iter();
            values.map(|it| (&*it.name, &*it.value)).collect()
        }
        ShapeKind::IntEnum(values) => values.iter().map(|it| (&*it.name, &*it.name)).collect(),
        _ => return None,
    };
    let names = members.iter().map(|(name, _)| *name);
    let names = match &shape.kind {
        ShapeKind::Structure(_) => names::fields(names),
        // It has `Unknown`, too.
        _ => names::variants(names, &["Unknown"], "Value"),
    };
    let keys = members.iter().map(|(_, key)| (*key).to_owned());
    Some(keys.zip(names).collect())
}

fn name_twice(member: &Member) -> (&str, &str) {
    (&member.name, &member.name)
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

    fn name_waiters(&mut self, operation: &Shape) -> IndexMap<String, String> {
        // Linking has seen to it that the trait has its form.
        let waiters = operation.traits.waitable().ok().flatten();
        let waiters = waiters.into_iter().flatten();
        waiters
            .map(|(name, _)| {
                let function = names::method_with("wait_until", name);
                (name.clone(), self.functions.claim(&function, ""))
            })
            .collect()
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

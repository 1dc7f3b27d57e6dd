//! Paginators: operations that list something page by page.

use super::types::{Member, RustType};

/// The pages of an operation.
#[derive(Debug)]
pub struct Paginator {
    /// The name of the client's function, such as `list_dns_import_jobs_pages`.
    pub function: String,
    /// The documentation of the function, in Markdown.
    pub docs: String,
    /// The field of the request that takes the token.
    pub token: Step,
    /// The fields that lead to the token for the next page.
    pub next_token: Vec<Step>,
    /// `true` if an empty token means that there is no next page.
    pub may_be_empty: bool,
    /// `true` if the token that was sent means that there is no next page.
    pub ends_with_same_token: bool,
    /// `true` if tokens are copied, not cloned.
    pub is_token_copy: bool,
    /// The items of a page, where the model says so, and where no other operation has said so for the same type.
    pub items: Option<PageItems>,
}

/// The items of a page.
#[derive(Debug)]
pub struct PageItems {
    /// The fields that lead to them.
    pub path: Vec<Step>,
    /// A list or a map.
    pub ty: RustType,
}

/// A field on the way to something.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub field: String,
    /// `true` if it is an `Option`.
    pub optional: bool,
    /// `true` if it is in a `Box`.
    pub boxed: bool,
}

impl From<&Member> for Step {
    fn from(member: &Member) -> Self {
        Self {
            field: member.field.clone(),
            optional: member.optional,
            boxed: member.boxed,
        }
    }
}

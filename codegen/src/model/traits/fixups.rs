//! `smithy.codegen.fixups`: traits that no model has, and [fix-ups](crate::fixups) add.

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;

annotations! {
    /// A response with the token of its request is the last page.
    ends_with_same_token("smithy.codegen.fixups#endsWithSameToken");
    /// For a long time nothing may be sent or received.
    may_stall("smithy.codegen.fixups#mayStall");
    /// Requests have the tree hash of their body in a header.
    has_tree_hash("smithy.codegen.fixups#treeHash");
}

accessors! {
    /// Headers that every request has, and their values.
    headers("smithy.codegen.fixups#headers") -> Vec<(&str, &str)> = |node| {
        node.entries()?
            .map(|(name, value)| Ok((name, value.str()?)))
            .collect()
    };

    /// The environment variable that may hold a bearer token for the service.
    token_variable("smithy.codegen.fixups#tokenVariable") -> &str = |node| node.str();
}

//! Builders, unions and what can be compared and hashed, as they come out of the model.

use std::collections::HashSet;

use smithy_rt::DateTime;
use smithy_rt::builder::{Set, Unset};
use waiting::builders::NamedAfterTypesBuilder;
use waiting::*;

#[test]
fn members_that_are_named_after_types_have_setters_of_those_types() {
    let named: NamedAfterTypesBuilder<Set, Unset, Unset, Set, Unset> =
        NamedAfterTypes::builder().bool(true).str("a");
    let named = named.i32(1).f64(vec![0.5]).r#type(false).clone(2.0);
    assert_eq!(Clone::clone(&named).build(), named.build());
}

fn tree(name: &str, branch: Option<Branch>) -> Tree {
    Tree::builder().name(name).maybe_branch(branch).build()
}

#[test]
fn what_holds_itself_can_be_hashed() {
    let value = Branch::Value(Document::from(vec![Document::from(1.5), Document::Null]));
    let trees = Branch::Trees(vec![tree("b", None), tree("c", Some(value))]);
    let deep = tree("a", Some(Branch::Tree(Box::new(tree("b", Some(trees))))));
    let all = [tree("a", None), tree("a", Some(Branch::Leaf)), deep];
    let set: HashSet<_> = all.iter().cloned().chain(all.clone()).collect();
    assert_eq!(set.len(), all.len());
}

#[test]
fn each_variant_of_a_union_has_a_method_of_its_own() {
    let tree = Branch::Tree(Box::new(tree("a", None)));
    assert_eq!(tree.as_tree().map(|tree| tree.name.as_str()), Some("a"));
    assert_eq!((tree.as_trees(), tree.as_leaf()), (None, None));
    assert_eq!(Branch::Leaf.as_leaf(), Some(&()));
    let leaf2 = Branch::Leaf2(DateTime::from_secs(1));
    assert_eq!(leaf2.as_leaf(), None);
    assert_eq!(leaf2.as_leaf2(), Some(&DateTime::from_secs(1)));
}

#[test]
fn enums_compare_and_sort_by_what_is_sent() {
    let mut states = [State::Ready, State::from("new"), State::Broken];
    states.sort();
    assert!(states.is_sorted_by_key(|state| state.as_str().to_owned()));
    assert_eq!(State::from(State::Ready.as_str()), State::Ready);
    assert_eq!(State::from("new"), "new");
    assert!(matches!(State::from("new"), State::Unknown(value) if value.as_str() == "new"));
}

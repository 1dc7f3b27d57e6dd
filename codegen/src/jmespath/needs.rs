//! Values that must be present for an expression to have a result.
//!
//! A function that is called on `null` is an error, and the whole expression has no result: for most of them [`Query::needs`]
//! tells that beforehand, for those in filters or behind `&&` and `||` it shows on the way.

use crate::ir::query::{Given, Kind, Query};

impl Query {
    /// Finds out for each function call what is known of its argument. `needs` is what the expression cannot do without, as far as
    /// that is known; `certain` is whether this part of it is evaluated in any case.
    pub(super) fn find_needs(&mut self, needs: &mut Vec<Self>, certain: bool) {
        match &mut self.kind {
            Kind::And(left, right) | Kind::Or(left, right) => {
                left.find_needs(needs, certain);
                right.find_needs(needs, false);
            }
            Kind::Each(source, inner) | Kind::Filter(source, inner) => {
                source.find_needs(needs, certain);
                inner.find_needs(&mut Vec::new(), false);
            }
            Kind::Comparison(_, left, right) => {
                left.find_needs(needs, certain);
                right.find_needs(needs, certain);
            }
            Kind::Length(of, given) => {
                of.find_needs(needs, certain);
                *given = of.given(needs, certain);
            }
            Kind::Contains(of, what, given) => {
                of.find_needs(needs, certain);
                what.find_needs(needs, certain);
                *given = of.given(needs, certain);
            }
            Kind::List(items) => {
                for item in items {
                    item.find_needs(needs, certain);
                }
            }
            Kind::Field { of, .. }
            | Kind::Variant { of, .. }
            | Kind::Entry { of, .. }
            | Kind::Index(of, _)
            | Kind::Flatten(of)
            | Kind::Items(of)
            | Kind::Keys(of)
            | Kind::Values(of)
            | Kind::Not(of) => of.find_needs(needs, certain),
            Kind::Variable(_) | Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null => {
            }
        }
    }

    /// Returns what is known of this, as the argument of a function: always there, needed by the whole, or perhaps absent.
    fn given(&self, needs: &mut Vec<Self>, certain: bool) -> Given {
        match self.nullable() {
            None => Given::Always,
            Some(source) if needs.contains(source) => Given::Needed,
            Some(source) if certain => {
                needs.push(source.clone());
                Given::Needed
            }
            Some(_) => Given::Perhaps,
        }
    }

    /// Returns all that must be present for the whole expression to have a result.
    pub fn needs(&self) -> Vec<&Self> {
        let mut needs = Vec::new();
        self.add_needs(&mut needs);
        needs
    }

    fn add_needs<'a>(&'a self, needs: &mut Vec<&'a Self>) {
        for part in self.parts() {
            part.add_needs(needs);
        }
        if let Kind::Length(of, Given::Needed) | Kind::Contains(of, _, Given::Needed) = &self.kind
            && let Some(source) = of.nullable()
            && !needs.contains(&source)
        {
            needs.push(source);
        }
    }

    /// Returns `true` if only evaluation shows that there is no result.
    pub fn may_fail(&self) -> bool {
        let is_open = matches!(
            self.kind,
            Kind::Length(_, Given::Perhaps) | Kind::Contains(_, _, Given::Perhaps)
        );
        is_open || self.parts().into_iter().any(Self::may_fail)
    }
}

//! The set of the members of a structure that a reader has seen.

use crate::schema::Member;

/// The indices of the members that have been read. Hardly any structure has more than 64, so that this hardly ever allocates.
#[derive(Default)]
pub(super) struct SeenMembers {
    first: u64,
    others: Vec<usize>,
}

impl SeenMembers {
    /// Adds a member. Returns `true` if it is read for the first time.
    #[inline]
    pub(super) fn insert(&mut self, index: usize) -> bool {
        let is_new = !self.contains(index);
        match bit(index) {
            Some(bit) => self.first |= bit,
            None => self.others.push(index),
        }
        is_new
    }

    /// Returns the first member that is required and has not been read.
    pub(super) fn missing(&self, members: &'static [Member]) -> Option<&'static Member> {
        for (index, member) in members.iter().enumerate() {
            if member.is_required && !self.contains(index) {
                return Some(member);
            }
        }
        None
    }

    fn contains(&self, index: usize) -> bool {
        match bit(index) {
            Some(bit) => self.first & bit != 0,
            None => self.others.contains(&index),
        }
    }
}

fn bit(index: usize) -> Option<u64> {
    1_u64.checked_shl(index.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use super::SeenMembers;
    use crate::schema::Member;

    #[test]
    fn each_index_is_new_once() {
        let mut seen = SeenMembers::default();
        for index in [0, 1, 63, 64, 1 << 40] {
            assert!(seen.insert(index), "{index}");
            assert!(!seen.insert(index), "{index}");
        }
        assert!(seen.insert(2));
    }

    #[test]
    fn only_what_is_required_is_missing() {
        const MEMBERS: &[Member] = &[
            Member::optional("a"),
            Member::required("b"),
            Member::required("c"),
        ];
        let mut seen = SeenMembers::default();
        assert_eq!(seen.missing(MEMBERS).map(Member::name), Some("b"));
        seen.insert(1);
        assert_eq!(seen.missing(MEMBERS).map(Member::name), Some("c"));
        seen.insert(2);
        assert!(seen.missing(MEMBERS).is_none());
    }
}

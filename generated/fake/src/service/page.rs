//! Lists in pages.
//!
//! Everything that is listed has a number that grows with its creation. A token holds the number of the last item of the page
//! before, so that what is created or removed in between neither repeats nor hides another item; and a digest of the
//! request, because a token is good for the list it came from alone.

use std::hash::{DefaultHasher, Hash, Hasher};

use healthlake::ServiceError;
use serde::Serialize;

use crate::refusal::invalid;

/// The size of a page if the request does not say.
const DEFAULT_SIZE: usize = 100;

/// The page of a list that a request wants.
pub(crate) struct Page {
    size: usize,
    after: Option<u64>,
    list: u64,
}

impl Page {
    /// `list` is the request without its token and size.
    pub(crate) fn asked_for(
        list: &impl Serialize,
        token: Option<&str>,
        max_results: Option<i32>,
    ) -> Result<Self, ServiceError> {
        let list = digest(list);
        let after = match token.filter(|token| !token.is_empty()) {
            None => None,
            Some(token) => Some(
                parse(token)
                    .and_then(|(of, after)| (of == list).then_some(after))
                    .ok_or_else(|| invalid("NextToken is not one of this list"))?,
            ),
        };
        let size = max_results.and_then(|size| usize::try_from(size).ok());
        Ok(Self {
            size: size.unwrap_or(DEFAULT_SIZE),
            after,
            list,
        })
    }

    /// The page of these numbered items, and the token of the next page if there is one.
    pub(crate) fn of<T>(&self, items: impl Iterator<Item = (u64, T)>) -> (Vec<T>, Option<String>) {
        let mut rest = items
            .filter(|(number, _)| self.after.is_none_or(|after| *number > after))
            .peekable();
        let mut page = Vec::new();
        let mut last = 0;
        while page.len() < self.size
            && let Some((number, item)) = rest.next()
        {
            last = number;
            page.push(item);
        }
        let token = rest.peek().map(|_| format!("{:016x}-{last:x}", self.list));
        (page, token)
    }
}

fn parse(token: &str) -> Option<(u64, u64)> {
    let (list, after) = token.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    Some((number(list)?, number(after)?))
}

fn digest(list: &impl Serialize) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(list)
        .unwrap_or_default()
        .hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(size: i32, items: &[u64]) -> Vec<Vec<u64>> {
        let mut pages = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let page = Page::asked_for(&"list", token.as_deref(), Some(size)).unwrap();
            let (items, next) = page.of(items.iter().map(|number| (*number, *number)));
            pages.push(items);
            token = next;
            if token.is_none() {
                return pages;
            }
        }
    }

    #[test]
    fn pages_hold_every_item_once() {
        assert_eq!(walk(2, &[1, 3, 4, 7, 9]), [vec![1, 3], vec![4, 7], vec![9]]);
        assert_eq!(walk(2, &[1, 3]), [vec![1, 3]]);
        assert_eq!(walk(5, &[]), [vec![0; 0]]);
    }

    #[test]
    fn items_that_come_and_go_disturb_no_other() {
        let first = Page::asked_for(&"list", None, Some(2)).unwrap();
        let (_, token) = first.of([1, 2, 3].map(|number| (number, number)).into_iter());
        let second = Page::asked_for(&"list", token.as_deref(), Some(2)).unwrap();
        let (items, _) = second.of([1, 3, 4].map(|number| (number, number)).into_iter());
        assert_eq!(items, [3, 4]);
    }

    #[test]
    fn a_token_of_another_list_is_refused() {
        let page = Page::asked_for(&"one list", None, Some(1)).unwrap();
        let (_, token) = page.of([(1, ()), (2, ())].into_iter());
        assert!(Page::asked_for(&"another", token.as_deref(), None).is_err());
        assert!(Page::asked_for(&"one list", Some("no token"), None).is_err());
    }
}

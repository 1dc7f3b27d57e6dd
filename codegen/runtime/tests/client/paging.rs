//! Pages of a list, from a fake.

use crate::service::SERVICE;
use smithy_rt::Service;
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use serde_core::Serialize;
use smithy_rt::fake::Fake;
use smithy_rt::paginator::{Next, Page, Paginator, Tokens};
use smithy_rt::{Document, Operation, OperationSchema, UnmodeledError};

use crate::service::{Client, Error, PingError};

/// An operation that lists jobs.
struct ListJobs;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListJobsRequest {
    token: Option<String>,
    filter: String,
}

smithy_rt::structure!(
    list_jobs_request_builder::ListJobsRequestBuilder,
    [filter],
    ListJobsRequest {
        token: optional::<impl Into<String>>("token", maybe_token),
        filter: required::<impl Into<String>>("filter"),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub struct ListJobsResponse {
    jobs: Vec<i32>,
    token: Option<String>,
}

smithy_rt::structure!(
    list_jobs_response_builder::ListJobsResponseBuilder,
    [jobs],
    ListJobsResponse {
        jobs: required::<Vec<i32>>("jobs"),
        token: optional::<impl Into<String>>("token", maybe_token),
    }
);

impl Operation for ListJobs {
    type Request = ListJobsRequest;
    type Response = ListJobsResponse;
    type Error = PingError;

    const SERVICE: &'static Service = &SERVICE;
    const SCHEMA: OperationSchema = OperationSchema::new("JobShop", "ListJobs");
}

impl Page for ListJobsResponse {
    type Item = i32;

    fn into_items(self) -> Vec<i32> {
        self.jobs
    }
}

fn pages(fake: &Fake) -> Paginator<ListJobsResponse, Error<PingError>> {
    let client: Client = fake.client();
    let request = ListJobsRequest {
        token: None,
        filter: "mine".into(),
    };
    Paginator::of::<ListJobs>(&client.0, request, |request, response, tokens| {
        let token = response.token.as_ref().filter(|token| !token.is_empty());
        tokens.advance(&mut request.token, token.cloned())
    })
}

fn page(jobs: &[i32], token: Option<&str>) -> Result<ListJobsResponse, PingError> {
    Ok(ListJobsResponse {
        jobs: jobs.to_vec(),
        token: token.map(str::to_owned),
    })
}

fn fake(pages: impl IntoIterator<Item = Result<ListJobsResponse, PingError>>) -> Fake {
    let fake = Fake::new();
    fake.on_each::<ListJobs>(pages.into_iter().collect::<Vec<_>>());
    fake
}

#[tokio::test]
async fn each_page_is_asked_for_with_the_token_of_the_one_before() {
    let fake = fake([
        page(&[1, 2], Some("a")),
        page(&[], Some("b")),
        page(&[3], None),
    ]);
    let mut pages = pages(&fake);
    assert!(
        fake.calls().is_empty(),
        "nothing is sent before a page is asked for"
    );
    let mut jobs = Vec::new();
    while let Some(page) = pages.next().await {
        jobs.push(page.unwrap().jobs);
    }
    assert_eq!(jobs, [vec![1, 2], vec![], vec![3]]);
    let requests = fake.requests::<ListJobs>();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| request.token.as_deref())
        .collect();
    assert_eq!(tokens, [None, Some("a"), Some("b")]);
    assert!(requests.iter().all(|request| request.filter == "mine"));
    assert!(pages.next().await.is_none());
    assert_eq!(fake.calls().len(), 3);
}

#[tokio::test]
async fn an_empty_token_is_none() {
    let fake = fake([page(&[1], Some(""))]);
    let mut pages = pages(&fake);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_token_that_has_been_there_ends_the_pages_with_an_error() {
    for tokens in [["a", "a", "x"], ["a", "b", "a"]] {
        let fake = fake(tokens.map(|token| page(&[1], Some(token))));
        let mut pages = pages(&fake);
        let error = loop {
            match pages.next().await.unwrap() {
                Ok(_) => assert!(fake.calls().len() <= 3),
                Err(error) => break error,
            }
        };
        assert_eq!(
            error.to_string(),
            "the pages of ListJobs go round in circles: a page names one as the next that has been there before"
        );
        assert!(pages.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let error = PingError::Unmodeled(UnmodeledError::new(400, "Odd", "no"));
    let fake = fake([page(&[1], Some("a")), Err(error.clone()), page(&[2], None)]);
    let mut pages = pages(&fake);
    pages.next().await.unwrap().unwrap();
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().as_service_error(),
        Some(&error)
    );
    assert!(pages.next().await.is_none());
    assert_eq!(fake.calls().len(), 2);
}

#[tokio::test]
async fn items_are_those_of_all_pages() {
    let error = PingError::Unmodeled(UnmodeledError::new(400, "Odd", "no"));
    let fake = fake([
        page(&[1, 2], Some("a")),
        page(&[], Some("b")),
        page(&[3], Some("c")),
        Err(error),
    ]);
    let mut items = pages(&fake).items();
    let mut jobs = Vec::new();
    while let Some(Ok(job)) = items.next().await {
        jobs.push(job);
    }
    assert_eq!(jobs, [1, 2, 3]);
    assert_eq!(fake.calls().len(), 4);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    async fn count<S: Stream + Unpin>(mut stream: S) -> usize {
        let mut count = 0;
        while poll_fn(|context| Pin::new(&mut stream).poll_next(context))
            .await
            .is_some()
        {
            count += 1;
        }
        count
    }
    let script = || fake([page(&[1, 2], Some("a")), page(&[3], None)]);
    assert_eq!(count(pages(&script())).await, 2);
    assert_eq!(
        tokio::spawn(count(pages(&script()).items())).await.unwrap(),
        3
    );
}

#[test]
fn tokens_may_be_of_any_type() {
    let token = |number: i32| HashMap::from([("key".to_owned(), number), ("more".to_owned(), 0)]);
    let mut tokens = Tokens::default();
    let mut current = Some(token(0));
    assert_eq!(tokens.advance(&mut current, Some(token(1))), Next::Page);
    assert_eq!(current, Some(token(1)));
    assert_eq!(tokens.advance(&mut current, Some(token(0))), Next::Repeated);
    assert_eq!(tokens.advance(&mut current, Some(token(2))), Next::Page);
    assert_eq!(tokens.advance(&mut current, None), Next::End);
}

/// A token that is written in the order of its entries.
#[derive(Clone, Debug, PartialEq)]
struct Key(Vec<(&'static str, Vec<(&'static str, i32)>)>);

impl Serialize for Key {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, entries)| {
            let entries: Document = entries
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Document::from(*value)))
                .collect();
            (*name, entries)
        }))
    }
}

#[test]
fn a_token_is_the_same_in_whatever_order_its_entries_come() {
    let first = Key(vec![("a", vec![("x", 1), ("y", 2)]), ("b", vec![])]);
    let again = Key(vec![("b", vec![]), ("a", vec![("y", 2), ("x", 1)])]);
    let mut tokens = Tokens::default();
    let mut current = Some(first);
    assert_eq!(tokens.advance(&mut current, Some(again)), Next::Repeated);
}

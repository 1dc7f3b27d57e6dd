//! The states that waiters see in responses.

use std::time::Duration;

use smithy_rt::UnmodeledError;
use smithy_rt::fake::Fake;
use waiting::*;

type Wait = fn(&Client, DescribeRequest) -> Waiter<DescribeResponse, DescribeError>;

/// Returns the state that a waiter sees in a response: `Some(true)` is success, `Some(false)` failure, `None` no match.
async fn judge(wait: Wait, response: DescribeResponse) -> Option<bool> {
    let fake = Fake::new();
    fake.on::<Describe>(move |_| Ok(response.clone()));
    let request = DescribeRequest::builder().name("x").build();
    match wait(&fake.client(), request).max_wait(Duration::ZERO).await {
        Ok(_) => Some(true),
        Err(error) if error.is_timeout() => None,
        Err(_) => Some(false),
    }
}

fn nothing() -> DescribeResponse {
    DescribeResponse::builder()
        .lists(vec![])
        .must(inner())
        .build()
}

fn inner() -> Inner {
    Inner::builder().state(State::Ready).build()
}

fn with_things(things: Vec<Thing>) -> DescribeResponse {
    let mut response = nothing();
    response.things = Some(things);
    response
}

fn thing(more_parts: Option<Vec<Part>>) -> Thing {
    let thing = Thing::builder().name("x").desired(1).parts(vec![]);
    thing.maybe_more_parts(more_parts).build()
}

fn with_summary(summary: Summary) -> DescribeResponse {
    let mut response = nothing();
    response.summary = Some(summary);
    response
}

#[tokio::test]
async fn the_length_of_nothing_is_no_length() {
    let of_filter = |response| judge(Client::wait_until_boolean_length_of_filter, response);
    assert_eq!(of_filter(with_things(vec![])).await, Some(true));
    assert_eq!(of_filter(nothing()).await, None);

    let of_text = |response| judge(Client::wait_until_boolean_gone, response);
    let with_text = |text: Option<&str>| {
        with_summary(Summary::builder().must(inner()).maybe_text(text).build())
    };
    assert_eq!(of_text(with_text(Some(""))).await, Some(true));
    assert_eq!(of_text(with_text(Some("a"))).await, Some(false));
    assert_eq!(of_text(with_text(None)).await, None);
    assert_eq!(of_text(nothing()).await, None);
}

#[tokio::test]
async fn nothing_contains_nothing_and_lacks_nothing() {
    let contains = |response| judge(Client::wait_until_boolean_contains, response);
    assert_eq!(contains(with_things(vec![thing(None)])).await, Some(true));
    assert_eq!(contains(with_things(vec![])).await, Some(false));
    assert_eq!(contains(nothing()).await, None);
}

#[tokio::test]
async fn a_function_in_a_filter_fails_with_the_whole_expression() {
    let in_filter = |response| judge(Client::wait_until_boolean_in_filter, response);
    let part = || Part::builder().build();
    let empty = || thing(Some(vec![]));
    assert_eq!(in_filter(with_things(vec![empty()])).await, Some(true));
    let two = vec![empty(), thing(Some(vec![part()]))];
    assert_eq!(in_filter(with_things(two)).await, Some(true));
    assert_eq!(in_filter(with_things(vec![])).await, Some(false));
    assert_eq!(
        in_filter(with_things(vec![empty(), thing(None)])).await,
        None
    );
}

#[tokio::test]
async fn what_is_not_asked_does_not_fail() {
    let behind = |response| judge(Client::wait_until_boolean_behind, response);
    let ready = |is_ready: bool, names: Option<Vec<Option<String>>>| {
        let summary = Summary::builder().must(inner()).ready(is_ready).build();
        let mut response = with_summary(summary);
        response.names = names;
        response
    };
    assert_eq!(behind(ready(false, None)).await, Some(false));
    assert_eq!(behind(ready(true, None)).await, None);
    assert_eq!(behind(ready(true, Some(vec![]))).await, Some(false));
    assert_eq!(behind(ready(true, Some(vec![None]))).await, Some(true));
}

#[tokio::test]
async fn what_is_looked_for_may_be_anything() {
    let with = |things: Vec<Thing>, text: Option<&str>, total: Option<i32>| {
        let summary = Summary::builder().must(inner());
        let mut response = with_things(things);
        response.summary = Some(summary.maybe_text(text).maybe_total(total).build());
        response
    };
    let field = |response| judge(Client::wait_until_boolean_contains_field, response);
    assert_eq!(
        field(with(vec![thing(None)], Some("x"), None)).await,
        Some(true)
    );
    assert_eq!(
        field(with(vec![thing(None)], Some("y"), None)).await,
        Some(false)
    );
    assert_eq!(
        field(with(vec![thing(None)], None, None)).await,
        Some(false)
    );

    let number = |response| judge(Client::wait_until_boolean_contains_number, response);
    let mut running = thing(None);
    running.running = Some(7);
    assert_eq!(number(with(vec![running], None, Some(7))).await, Some(true));
    assert_eq!(
        number(with(vec![thing(None)], None, Some(1))).await,
        Some(true)
    );
    assert_eq!(
        number(with(vec![thing(None)], None, Some(2))).await,
        Some(false)
    );
    assert_eq!(
        number(with(vec![thing(None)], None, None)).await,
        Some(false)
    );

    let text = |response| judge(Client::wait_until_boolean_contains_text, response);
    assert_eq!(text(with(vec![], Some("EAD"), None)).await, Some(true));
    assert_eq!(text(with(vec![], Some("x"), None)).await, Some(false));
    assert_eq!(text(nothing()).await, Some(false));

    // The name is that of the thing, not of one of its parts.
    let outer = |response| judge(Client::wait_until_boolean_contains_outer, response);
    let mut with_part = thing(None);
    with_part.parts = vec![Part::builder().kind("x").build()];
    assert_eq!(outer(with(vec![with_part], None, None)).await, Some(true));
    assert_eq!(
        outer(with(vec![thing(None)], None, None)).await,
        Some(false)
    );
}

#[tokio::test]
async fn conditions_are_put_together_as_they_are_written() {
    let chained = |total: i32, text: &str, is_ready: bool| {
        let summary = Summary::builder().must(inner());
        let summary = summary.total(total).text(text).ready(is_ready).build();
        judge(Client::wait_until_boolean_chained, with_summary(summary))
    };
    assert_eq!(chained(1, "other", true).await, Some(true));
    assert_eq!(chained(1, "READY", true).await, Some(false));
    assert_eq!(chained(2, "READY", true).await, Some(true));
    assert_eq!(chained(2, "READY", false).await, Some(false));

    let mixed = |response| judge(Client::wait_until_boolean_mixed, response);
    assert_eq!(mixed(nothing()).await, Some(true));
}

#[tokio::test]
async fn an_error_goes_by_its_name_and_by_its_code_of_the_query_protocol() {
    type Gone = Waiter<DescribeResponse, DescribeError, Option<DescribeResponse>>;
    #[allow(deprecated)]
    let waits: [fn(&Client, DescribeRequest) -> Gone; 2] = [
        Client::wait_until_error_gone,
        Client::wait_until_error_by_query_code,
    ];
    for wait in waits {
        let missing = DescribeError::Missing(Missing::builder().build());
        let by_code = UnmodeledError::new(400, "Waiting.Missing", "gone");
        for error in [missing, DescribeError::Unmodeled(by_code)] {
            let fake = Fake::new();
            fake.on_each::<Describe>([Err(error)]);
            let request = DescribeRequest::builder().name("x").build();
            assert_eq!(wait(&fake.client(), request).await.unwrap(), None);
        }
    }
}

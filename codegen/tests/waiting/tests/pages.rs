//! The pages that are requested, and their end.

use smithy_rt::fake::Fake;
use waiting::*;

fn page(names: &[&str], next: &str) -> Result<TailResponse, TailError> {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let response = TailResponse::builder().names(names);
    Ok(response.next(next).build())
}

async fn items(fake: &Fake) -> Vec<String> {
    let client: Client = fake.client();
    let mut items = client.tail_pages(TailRequest::default()).items();
    let mut names = Vec::new();
    while let Some(name) = items.next().await {
        names.push(name.unwrap_or_else(|error| error.to_string()));
    }
    names
}

#[tokio::test]
async fn the_token_that_was_sent_ends_the_pages_where_the_model_says_so() {
    let fake = Fake::new();
    let pages = [page(&["a"], "t1"), page(&["b"], "t2"), page(&["c"], "t2")];
    fake.on_each::<Tail>(pages);
    assert_eq!(items(&fake).await, ["a", "b", "c"]);
    let asked = fake.requests::<Tail>();
    let asked: Vec<_> = asked
        .iter()
        .map(|request| request.from.as_deref())
        .collect();
    assert_eq!(asked, [None, Some("t1"), Some("t2")]);
}

#[tokio::test]
async fn an_older_token_is_an_error_all_the_same() {
    let fake = Fake::new();
    fake.on_each::<Tail>([page(&["a"], "t1"), page(&["b"], "t2"), page(&["c"], "t1")]);
    let items = items(&fake).await;
    assert_eq!(items[..3], ["a", "b", "c"]);
    assert!(items[3].contains("round in circles"), "{items:?}");
}

#[tokio::test]
async fn tokens_may_be_numbers() {
    let fake = Fake::new();
    let page = |name: &str, next: Option<i32>| {
        let response = CountResponse::builder().names(vec![name.to_owned()]);
        Ok(response
            .page(CountPage::builder().maybe_next(next).build())
            .build())
    };
    fake.on_each::<Count>([page("a", Some(10)), page("b", Some(20)), page("c", None)]);
    let client: Client = fake.client();
    let mut pages = client.count_pages(CountRequest::default());
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().names);
    }
    assert_eq!(names, ["a", "b", "c"]);
    let asked: Vec<_> = fake
        .requests::<Count>()
        .iter()
        .map(|request| request.from)
        .collect();
    assert_eq!(asked, [0, 10, 20]);
}

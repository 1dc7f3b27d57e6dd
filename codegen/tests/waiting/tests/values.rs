//! Waiters over unions, maps, int enums, and what `&&` and `||` give: what each makes of some responses.

use std::time::Duration;

use smithy_rt::fake::Fake;
use waiting::*;

type Wait = fn(&Client, InspectRequest) -> Waiter<InspectResponse, InspectError>;

/// Returns `true` if a waiter ends with a response.
async fn ends(wait: Wait, response: &InspectResponse) -> bool {
    // A task that never stops is stopped by tokio after a while, and the fake's time goes on then.
    tokio::task::yield_now().await;
    let fake = Fake::new();
    let response = response.clone();
    fake.on::<Inspect>(move |_| Ok(response.clone()));
    let request = InspectRequest::builder().build();
    let waiter = wait(&fake.client(), request);
    waiter.max_wait(Duration::ZERO).await.is_ok()
}

const RESPONSES: [&str; 10] = [
    r#"{"Must": {"State": "READY"}}"#,
    r#"{"Results": {"done": {"Kind": "ok"}}, "First": "ok", "Ready": true, "Total": 1, "Level": 1, "Part": {"Kind": "ok"}, "Counts": {"a": 3}, "Levels": [1, 2], "Names": ["ok"], "Parts": [{"Kind": "x"}, {}], "All": [{"done": {"Kind": "ok"}}, {"pending": {}}], "Must": {"State": "READY"}}"#,
    r#"{"Results": {"done": {}}, "First": "", "Second": "READY", "Ready": false, "Other": false, "Total": 2, "Size": 2, "Level": 2, "Part": {}, "OtherPart": {"Kind": "ok"}, "Counts": {}, "Levels": [], "Names": [], "More": ["ok"], "Parts": [], "All": [], "Must": {"State": "READY"}}"#,
    r#"{"Results": {"failed": "ok"}, "First": "ok", "Second": "READY", "Ready": true, "Other": true, "Size": 2, "Level": 3, "Part": {"Sizes": []}, "ByState": {"READY": "ok"}, "Levels": [2, 1], "Names": ["x"], "More": ["ok"], "All": [{"failed": "ok"}, {"done": {"Kind": "no"}}], "Must": {"State": "READY"}}"#,
    r#"{"Results": {"pending": {}}, "First": "", "Ready": true, "Other": false, "Total": 2, "Level": 2, "Sparse": {"a b": "x"}, "ThingsByName": {"ok": {"Name": "a", "Desired": 1, "Parts": [], "State": "READY"}}, "Names": ["ok", "x"], "Must": {"State": "READY"}}"#,
    r#"{"Results": {"level": 1}, "Second": "BROKEN", "Other": true, "Sparse": {"a b": null}, "ByState": {"BROKEN": "ok"}, "Must": {"State": "READY"}}"#,
    r#"{"Results": {"state": "READY"}, "Other": false, "Part": {"Kind": "x", "Sizes": [1]}, "Must": {"State": "READY"}}"#,
    r#"{"Results": {"nested": {"nested": {"failed": "ok"}}}, "ThingsByName": {"x": {"Name": "a", "Desired": 1, "Parts": []}}, "Must": {"State": "READY"}}"#,
    r#"{"Results": {"names": ["ok"]}, "Must": {"State": "READY"}}"#,
    r#"{"Results": {"names": []}, "Ready": false, "First": "x", "Part": {"Kind": "x"}, "Must": {"State": "READY"}}"#,
];

/// Waiters and the responses that end them, each marked with `x`: as JMESPath's reference implementation says.
const WAITERS: [(Wait, &str); 53] = [
    // Results.done.Kind
    (Client::wait_until_variant_member, ".x........"),
    // Results.failed == 'ok'
    (Client::wait_until_variant_text, "...x......"),
    // Results.pending != `null`
    (Client::wait_until_variant_unit, "....x....."),
    // !(Results.pending)
    (Client::wait_until_variant_unit_is_empty, "xxxxxxxxxx"),
    // Results.level == `1`
    (Client::wait_until_variant_int_enum, ".....x...."),
    // Results.state
    (Client::wait_until_variant_enum, "......x..."),
    // Results.nested.nested.failed
    (Client::wait_until_variant_boxed, ".......x.."),
    // Results.names[0]
    (Client::wait_until_variant_list, "........x."),
    // contains(Results.names, 'ok')
    (Client::wait_until_variant_contains, ".........x"),
    // length(All[?failed == 'ok']) > `0`
    (Client::wait_until_variant_in_filter, "...x......"),
    // All[].done.Kind
    (Client::wait_until_variant_in_projection, ".x........"),
    // keys(Results)
    (Client::wait_until_keys_of_union, ".xx......."),
    // All[].keys(@)[]
    (Client::wait_until_keys_of_unions, ".x........"),
    // keys(Part)
    (Client::wait_until_keys_of_structure, ".x....x..x"),
    // keys(Must)
    (Client::wait_until_keys_of_required, "xxxxxxxxxx"),
    // length(Results) == `1`
    (Client::wait_until_length_of_union, ".xxxxxxxxx"),
    // length(Part) == `1`
    (Client::wait_until_length_of_structure, ".x.x.....x"),
    // length(Part) == `1`
    (Client::wait_until_length_of_structure_false, "..x...x..."),
    // !Part
    (Client::wait_until_empty_structure, "x.x.xx.xx."),
    // Part && Ready
    (Client::wait_until_empty_structure_and, ".x.x......"),
    // Part && Ready
    (Client::wait_until_empty_structure_and_false, ".........x"),
    // Ready || First
    (Client::wait_until_boolean_or_text, ".x.xx....."),
    // Counts.a == `3`
    (Client::wait_until_map_key, ".x........"),
    // ByState.READY
    (Client::wait_until_map_enum_key, "...x......"),
    // Sparse."a b" == `null`
    (Client::wait_until_map_sparse, "xxxx.xxxxx"),
    // ThingsByName.ok.State
    (Client::wait_until_map_of_structures, "....x....."),
    // Level >= `2`
    (Client::wait_until_int_enum_order, "..xxx....."),
    // Level == Total
    (Client::wait_until_int_enum_other, "xxx.xxxxxx"),
    // Level < `1.5`
    (Client::wait_until_int_enum_double, ".x........"),
    // contains(Levels, `2`)
    (Client::wait_until_int_enum_contains, ".x.x......"),
    // Levels[-1] == `2`
    (Client::wait_until_int_enum_index, ".x........"),
    // length(Levels[?@ == `1`]) == `1`
    (Client::wait_until_int_enum_filter, ".x.x......"),
    // (First || Second) == 'ok'
    (Client::wait_until_or_is_text, ".x.x......"),
    // First || Second
    (Client::wait_until_or_is_text_value, "..x......."),
    // First || Second || 'none'
    (Client::wait_until_or_is_text_of_three, "x...x.xxx."),
    // First && Second
    (Client::wait_until_and_is_text, "...x......"),
    // (First && Second) == ''
    (Client::wait_until_and_is_text_not_null, "..x.x....."),
    // (Ready || Other) == `false`
    (Client::wait_until_or_is_boolean, "..x...x..."),
    // Ready || Other
    (Client::wait_until_or_is_boolean_false, "..x...x..."),
    // (Ready && Other) == `null`
    (Client::wait_until_and_is_boolean, "xx...xxxx."),
    // Ready && Other
    (Client::wait_until_and_is_boolean_false, "..x.x....x"),
    // (Total || Size) > `1`
    (Client::wait_until_or_is_number, "..xxx....."),
    // (Total && Size) == `2`
    (Client::wait_until_and_is_number, "..x......."),
    // (Names || More)[0]
    (Client::wait_until_or_is_list, ".xx.x....."),
    // length(Names && More) == `1`
    (Client::wait_until_and_is_list, "...x......"),
    // (Part || OtherPart).Kind
    (Client::wait_until_or_is_structure, ".xx......."),
    // (First || Second) == 'ok' || length(Names) == `1`
    (Client::wait_until_or_fails, ".x.x......"),
    // !(First || Second)
    (Client::wait_until_not_or, "x...x.xxx."),
    // length(Parts[?(Kind || 'none') == 'none']) == `1`
    (Client::wait_until_or_in_filter, ".x........"),
    // contains(`["ok", "READY"]`, First)
    (Client::wait_until_contains_literal, ".x.x......"),
    // [First, Second]
    (Client::wait_until_mixed_texts, "..xx......"),
    // Parts[*].Kind == `null`
    (Client::wait_until_null_projection, "x..xxxxxxx"),
    // `null` == Total
    (Client::wait_until_null_first, "x..x.xxxxx"),
];

#[tokio::test]
async fn waiters_end_where_their_paths_say() {
    let read = |text| serde_json::from_str::<InspectResponse>(text).unwrap();
    let responses = RESPONSES.map(read);
    for (index, (wait, expected)) in WAITERS.into_iter().enumerate() {
        let mut found = String::new();
        for response in &responses {
            found.push(if ends(wait, response).await { 'x' } else { '.' });
        }
        assert_eq!(found, expected, "waiter {index}");
    }
}

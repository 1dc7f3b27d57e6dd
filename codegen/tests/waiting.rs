//! Waiters, pages, and endpoint parameters out of requests: what they become, and what is refused.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

const FIXTURE: &str = include_str!("fixtures/waiting.json");

/// A generated file from the first of these lines on.
fn part_of(path: &str, first_line: &str) -> String {
    let options = Options {
        source: "waiting.json".to_owned(),
        ..Options::default()
    };
    let generated = generate(FIXTURE, &options).unwrap();
    let file = generated.file(path).unwrap();
    file[file.find(first_line).unwrap()..].to_owned()
}

#[test]
fn waiters_ask_what_the_paths_say() {
    insta::assert_snapshot!(part_of(
        "src/operation/describe.rs",
        "    pub fn wait_until_boolean_length_of_filter"
    ));
}

#[test]
fn a_waiter_is_a_function_of_the_client() {
    let functions = part_of("src/operation/describe.rs", "    /// Until it is **gone**");
    let end = functions.find("\n    }\n").unwrap();
    insta::assert_snapshot!(&functions[..end], @r#"
/// Until it is **gone**.
///
/// Polls [`Client::describe`](crate::Client::describe):
///
/// - It succeeds on the error `Missing`.
/// - It fails on any other error.
/// - It polls again on the error `Odd`, or after any response.
///
/// Between polls it waits 2 seconds at first, and up to 2 minutes later on.
#[deprecated]
pub fn wait_until_error_gone(
    &self,
    request: DescribeRequest,
) -> Waiter<DescribeResponse, DescribeError, Option<DescribeResponse>> {
    fn acceptors(
        _request: &DescribeRequest,
        result: Result<&DescribeResponse, &smithy_rt::Failure<DescribeError>>,
    ) -> smithy_rt::waiter::AcceptorState {
        use smithy_rt::waiter::AcceptorState;
        match result {
            Ok(_) => AcceptorState::NoMatch,
            Err(
                error,
            ) if error.is_named("Missing") || error.is_named("Waiting.Missing") => {
                AcceptorState::Success
            }
            Err(error) if error.is_named("Odd") => AcceptorState::Retry,
            Err(_) => AcceptorState::failure("the error", "an error", None),
        }
    }

    let definition = smithy_rt::waiter::Definition::new("ErrorGone", 2, 120);
    Waiter::maybe::<Describe>(&self.0, request, &definition, acceptors)
"#);
}

#[test]
fn pages_follow_the_tokens() {
    let files = ["list_nested", "scan", "walk", "count", "tail"];
    let parts = files.map(|file| {
        part_of(
            &format!("src/operation/{file}.rs"),
            "    /// Returns a paginator of",
        )
    });
    insta::assert_snapshot!(parts.join("\n// ---\n"));
}

#[test]
fn endpoint_parameters_come_out_of_the_request() {
    let encode = part_of("src/operation/batch.rs", "    fn encode");
    let end = encode.find("\n}\n").unwrap();
    insta::assert_snapshot!(&encode[..end]);
}

#[test]
fn calls_among_endpoint_tests_become_tests() {
    insta::assert_snapshot!(part_of("tests/operation_endpoints.rs", "#![allow"));
}

/// Returns the error for the fixture after a change.
fn problem(change: impl FnOnce(&mut Value)) -> String {
    let mut model: Value = serde_json::from_str(FIXTURE).unwrap();
    change(&mut model["shapes"]);
    let options = Options::default();
    generate(&model.to_string(), &options)
        .unwrap_err()
        .to_string()
}

#[test]
fn a_waiter_that_cannot_be_is_an_error_that_names_it() {
    let with = |definition: Value| {
        problem(|shapes| {
            let traits = &mut shapes["test.waiting#Describe"]["traits"];
            traits["smithy.waiters#waitable"] = json!({ "Bad": definition });
        })
    };
    let acceptor = |state: &str, matcher: Value| {
        with(json!({ "acceptors": [{ "state": state, "matcher": matcher }] }))
    };
    let path = |path: &str, comparator: &str| {
        let matcher = json!({ "path": path, "expected": "x", "comparator": comparator });
        acceptor("success", json!({ "output": matcher }))
    };
    let problems = [
        with(json!({})),
        with(json!({ "acceptors": [], "minDelay": "soon" })),
        acceptor("maybe", json!({ "success": true })),
        acceptor("success", json!({ "weather": "fine" })),
        path("Must.State", "soundsLike"),
        path("Must.State", "booleanEquals"),
        path("Things", "stringEquals"),
        path("Summary.Total", "allStringEquals"),
        path("Must.Colour", "stringEquals"),
        path("Must.State.Colour", "stringEquals"),
        path("Things[?Name == Running]", "allStringEquals"),
        path("Must.State > 'A'", "booleanEquals"),
        path("sort(Names)", "allStringEquals"),
        path("length(Must)", "stringEquals"),
        path("keys(Counts)[0]", "stringEquals"),
        path("Must.State ==", "booleanEquals"),
        path(
            &format!("Things{}", " | [@, @]".repeat(20)),
            "booleanEquals",
        ),
    ];
    insta::assert_snapshot!(problems.join("\n"), @r#"
test.waiting#Describe: the waiter `Bad`: has no acceptors
test.waiting#Describe: the waiter `Bad`: `minDelay` has to be a number of seconds, not "soon"
test.waiting#Describe: the waiter `Bad`: unknown state `maybe` of an acceptor: expected success, retry or failure
test.waiting#Describe: the waiter `Bad`: `weather` with "fine" is not a matcher: expected success, errorType, output or inputOutput
test.waiting#Describe: the waiter `Bad`: unknown comparator `soundsLike`: expected booleanEquals, stringEquals, allStringEquals or anyStringEquals
test.waiting#Describe: the waiter `Bad`: `booleanEquals` requires `Must.State` to be a boolean
test.waiting#Describe: the waiter `Bad`: `stringEquals` requires `Things` to be a string
test.waiting#Describe: the waiter `Bad`: `allStringEquals` requires `Summary.Total` to be a list of strings
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Must.Colour` selects the member `Colour`, which test.waiting#Inner does not have
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Must.State.Colour` selects the member `Colour` of a value that has no members
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Things[?Name == Running]` compares a string with a number, which are never equal
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Must.State > 'A'` orders values that are not numbers
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `sort(Names)` calls `sort`, which is not supported; supported are length, contains, keys and values
`skip_unsupported` (`--skip-unsupported`) leaves out what is not supported, and `operations` (`--operations`) chooses what the client has
test.waiting#Describe: the waiter `Bad`: `stringEquals` requires `length(Must)` to be a string
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `keys(Counts)[0]` indexes the keys or values of a map, which have no order
`skip_unsupported` (`--skip-unsupported`) leaves out what is not supported, and `operations` (`--operations`) chooses what the client has
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Must.State ==` ends where a value is expected
test.waiting#Describe: the waiter `Bad`: the JMESPath expression `Things | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @] | [@, @]` expands to more than 10000 parts
`skip_unsupported` (`--skip-unsupported`) leaves out what is not supported, and `operations` (`--operations`) chooses what the client has
"#);
}

/// Adds what is not supported: a stream of bytes, and a waiter with three flaws, of which one is not of that kind if `wrong`.
fn add_unsupported(shapes: &mut Value, wrong: bool) {
    let acceptor = |path: &str| {
        let matcher = json!({ "path": path, "expected": "true", "comparator": "booleanEquals" });
        json!({ "state": "success", "matcher": { "output": matcher } })
    };
    let third = if wrong { "Colour" } else { "Things[0:1]" };
    let acceptors = ["starts_with(Must.State, 'R')", "max(Names) > `0`", third].map(acceptor);
    shapes["test.waiting#Describe"]["traits"]["smithy.waiters#waitable"]["Far"] =
        json!({ "acceptors": acceptors });
    shapes["test.waiting#Describe"]["traits"]["smithy.api#documentation"] =
        json!("Then `ErrorGone`, or `Far`.");
    shapes["test.waiting#ScanResponse"]["members"]["Film"] =
        json!({ "target": "test.waiting#Film" });
    shapes["test.waiting#Film"] =
        json!({ "type": "blob", "traits": { "smithy.api#streaming": {} } });
}

/// Paths that are right, and that no waiter can be made of.
const UNSUPPORTED: [(&str, &str); 27] = [
    ("Things[0:1].Name", "has a slice"),
    ("Things[::-1]", "has a slice"),
    ("{a: Must.State, b: Names}", "has a multi-select hash"),
    ("Things[].{a: Name}", "has a multi-select hash"),
    (
        "sort_by(Things, &Name)[0].Name",
        "has an expression reference",
    ),
    (
        "max_by(Things, &Running).Name",
        "has an expression reference",
    ),
    ("map(&Name, Things)", "has an expression reference"),
    ("starts_with(Must.State, 'R')", "calls `starts_with`"),
    ("ends_with(Must.State, 'R')", "calls `ends_with`"),
    ("sort(Names)", "calls `sort`"),
    ("to_string(Must)", "calls `to_string`"),
    ("not_null(Summary.Text, Must.State)", "calls `not_null`"),
    ("type(Must) == 'object'", "calls `type`"),
    ("merge(Must, Must)", "calls `merge`"),
    ("Must == `{\"State\": \"READY\"}`", "has the literal"),
    ("Names == `[]`", "has the literal"),
    ("Must == Summary.Must", "compares lists or objects"),
    ("Names == Lists[0]", "compares lists or objects"),
    ("values(Must)", "takes the values of a structure"),
    ("Must.*", "takes the values of a structure"),
    (
        "keys(Counts)[0]",
        "indexes the keys or values of a map, which have no order",
    ),
    (
        "[Names, Must]",
        "has a multi-select list of values of different types",
    ),
    (
        "(Summary || Names) == 'x'",
        "whose sides have different types",
    ),
    (
        "(Names || Must).State",
        "whose sides have different types is not known",
    ),
    (
        "Free.colour == 'red'",
        "it is a document, a blob, a timestamp or a number of any size",
    ),
    ("Free", "`booleanEquals` requires `Free` to be a boolean"),
    (
        "Since > `0`",
        "it is a document, a blob, a timestamp or a number of any size",
    ),
];

/// Paths that no response can make a waiter end with.
const WRONG: [(&str, &str); 23] = [
    ("Colour", "selects the member `Colour`"),
    ("Must.Colour", "selects the member `Colour`"),
    (
        "Must.State.Colour",
        "selects the member `Colour` of a value that has no members",
    ),
    (
        "Names.x",
        "selects the member `x` of a value that has no members",
    ),
    ("{a: Colour}", "selects the member `Colour`"),
    ("sort(Colour)", "selects the member `Colour`"),
    ("Must.State == `1`", "compares a string with a number"),
    ("Summary.Total == 'x'", "compares a number with a string"),
    (
        "Summary.Ready == 'true'",
        "compares a boolean with a string",
    ),
    ("Must == 'x'", "compares an object with a string"),
    ("contains(Lists[0], `1`)", "compares a string with a number"),
    ("Must.State > 'A'", "orders values that are not numbers"),
    (
        "length(Summary.Total)",
        "calls `length` on a value that is not a string",
    ),
    ("keys(Names)", "calls `keys` on a value that is not a map"),
    ("Must.State[0]", "indexes a value that is not a list"),
    (
        "size(Names)",
        "calls `size`, which is not a function of JMESPath",
    ),
    ("length(Names, Names)", "with the wrong number of arguments"),
    ("sort()", "with the wrong number of arguments"),
    ("Must.State ==", "ends where a value is expected"),
    ("Names[", "has neither an index"),
    ("Names[0:x]", "lacks `]`"),
    ("{a}", "lacks `:`"),
    (
        "Must.State",
        "`booleanEquals` requires `Must.State` to be a boolean",
    ),
];

#[test]
fn a_path_is_wrong_or_not_supported() {
    let left_out = |path: &str| {
        let matcher = json!({ "path": path, "expected": "true", "comparator": "booleanEquals" });
        let acceptor = json!({ "state": "success", "matcher": { "output": matcher } });
        let mut model: Value = serde_json::from_str(FIXTURE).unwrap();
        let shapes = &mut model["shapes"];
        let members = &mut shapes["test.waiting#DescribeResponse"]["members"];
        members["Free"] = json!({ "target": "smithy.api#Document" });
        members["Since"] = json!({ "target": "smithy.api#Timestamp" });
        shapes["test.waiting#Describe"]["traits"]["smithy.waiters#waitable"] =
            json!({ "Far": { "acceptors": [acceptor] } });
        let options = Options {
            skip_unsupported: true,
            ..Options::default()
        };
        let generated = generate(&model.to_string(), &options);
        generated.map(|generated| generated.summary.left_out.join("\n"))
    };
    for (path, reason) in UNSUPPORTED {
        let left_out = left_out(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(left_out.contains(reason), "{path}: {left_out}");
        let quoted = left_out.contains(path) || reason.contains(path);
        assert!(
            left_out.contains("the waiter `Far`") && quoted,
            "{left_out}"
        );
    }
    for (path, reason) in WRONG {
        let error = left_out(path).expect_err(path).to_string();
        assert!(error.contains(reason), "{path}: {error}");
    }
}

#[test]
fn all_that_is_not_supported_is_listed_at_once() {
    let with_rules = problem(|shapes| {
        add_unsupported(shapes, true);
        let service = &mut shapes["test.waiting#Waiting"]["traits"];
        let condition = json!({ "fn": "hop", "argv": [] });
        service["smithy.rules#endpointRuleSet"]["rules"][1]["conditions"][0] = condition;
    });
    insta::assert_snapshot!(with_rules, @r#"
test.waiting#Film: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Scan` needs it
test.waiting#Waiting: endpointRuleSet.rules[1].conditions[0]: calls "hop", which is not supported; supported are isSet, not, booleanEquals, stringEquals, getAttr, substring, split, coalesce, ite, parseURL, uriEncode, isValidHostLabel, aws.partition, aws.parseArn, aws.isVirtualHostableS3Bucket
test.waiting#Describe: the waiter `Far`: the JMESPath expression `starts_with(Must.State, 'R')` calls `starts_with`, which is not supported; supported are length, contains, keys and values
test.waiting#Describe: the waiter `Far`: the JMESPath expression `` max(Names) > `0` `` calls `max`, which is not supported; supported are length, contains, keys and values
test.waiting#Describe: the waiter `Far`: the JMESPath expression `Colour` selects the member `Colour`, which test.waiting#DescribeResponse does not have
"#);
}

#[test]
fn a_waiter_that_is_not_supported_is_left_out_alone() {
    let generated = |wrong: bool| {
        let mut model: Value = serde_json::from_str(FIXTURE).unwrap();
        add_unsupported(&mut model["shapes"], wrong);
        let options = Options {
            skip_unsupported: true,
            ..Options::default()
        };
        generate(&model.to_string(), &options)
    };
    let crate_without = generated(false).unwrap();
    insta::assert_snapshot!(crate_without.summary.left_out.join("\n"), @r"
test.waiting#Scan: `Film` is a stream of bytes in a protocol without HTTP bindings
test.waiting#Describe: the waiter `Far`: the JMESPath expression `starts_with(Must.State, 'R')` calls `starts_with`, which is not supported; supported are length, contains, keys and values; the JMESPath expression `` max(Names) > `0` `` calls `max`, which is not supported; supported are length, contains, keys and values; the JMESPath expression `Things[0:1]` has a slice with `:`, which is not supported
");
    let root = crate_without.file("src/lib.rs").unwrap();
    let docs = &root[root.find("//! # Not supported").unwrap()..root.find("\n\n#![").unwrap()];
    insta::assert_snapshot!(docs);
    let describe = crate_without.file("src/operation/describe.rs").unwrap();
    assert!(describe.contains("wait_until_error_gone") && !describe.contains("wait_until_far"));
    // Nothing links to it, either.
    let link = "[`Client::wait_until_error_gone`](crate::Client::wait_until_error_gone)";
    assert!(describe.contains(link) && describe.contains("or `Far`."));

    // A waiter that is wrong is wrong all the same.
    insta::assert_snapshot!(generated(true).unwrap_err(), @r"
test.waiting#Describe: the waiter `Far`: the JMESPath expression `starts_with(Must.State, 'R')` calls `starts_with`, which is not supported; supported are length, contains, keys and values
test.waiting#Describe: the waiter `Far`: the JMESPath expression `` max(Names) > `0` `` calls `max`, which is not supported; supported are length, contains, keys and values
test.waiting#Describe: the waiter `Far`: the JMESPath expression `Colour` selects the member `Colour`, which test.waiting#DescribeResponse does not have
");
}

#[test]
fn pages_that_cannot_be_are_an_error_that_names_the_operation() {
    let with = |paginated: Value| {
        problem(|shapes| shapes["test.waiting#Scan"]["traits"]["smithy.api#paginated"] = paginated)
    };
    let problems = [
        with(json!({})),
        with(json!({ "inputToken": "Start", "outputToken": "Items" })),
        with(json!({ "inputToken": "Start", "outputToken": "Last.Name" })),
        with(json!({ "inputToken": "Start", "outputToken": "Last", "items": "Nothing" })),
        problem(|shapes| {
            shapes["test.waiting#Walk"]["traits"]["smithy.api#paginated"]["items"] = json!("Token")
        }),
        problem(|shapes| {
            let token = json!({ "target": "smithy.api#Timestamp" });
            shapes["test.waiting#TailRequest"]["members"]["From"] = token.clone();
            shapes["test.waiting#TailResponse"]["members"]["Next"] = token;
        }),
    ];
    insta::assert_snapshot!(problems.join("\n"), @r#"
test.waiting#Scan: smithy.api#paginated: test.waiting#ScanRequest has no member `Token`
test.waiting#Scan: smithy.api#paginated: `Start` and `Items` have to be of the same type
test.waiting#Scan: smithy.api#paginated: `Last.Name` is not a path of members in test.waiting#ScanResponse
test.waiting#Scan: smithy.api#paginated: test.waiting#ScanResponse has no member `Nothing`
test.waiting#Walk: smithy.api#paginated: the items, `Token`, have to be a list or a map
test.waiting#Tail: smithy.api#paginated: `From` contains a timestamp or a blob, which is not supported in a token
"#);
}

#[test]
fn calls_that_cannot_be_made_are_an_error_that_names_them() {
    let with = |params: Value| {
        problem(|shapes| {
            let tests = &mut shapes["test.waiting#Waiting"]["traits"]["smithy.rules#endpointTests"];
            tests["testCases"][0]["operationInputs"][0]["operationParams"] = params;
        })
    };
    insta::assert_snapshot!([with(json!({ "Colour": "red" })), with(json!({ "Token": 1 }))].join("\n"), @r"
test.waiting#Walk: an endpoint test calls it with what it does not take: test.waiting#WalkRequest has no member `Colour`
test.waiting#Walk: an endpoint test calls it with what it does not take: Token: 1 is not a string
");
}

#[test]
fn endpoint_parameters_that_cannot_be_are_an_error_that_names_them() {
    let with = |path: &str| {
        let traits = json!({ "smithy.rules#operationContextParams": { "Keys": { "path": path } } });
        problem(|shapes| shapes["test.waiting#Batch"]["traits"] = traits)
    };
    insta::assert_snapshot!([with("Items"), with("Nothing"), with("&Items")].join("\n"), @r#"
test.waiting#Batch: the endpoint parameter Keys: `Items` has to be a string, a boolean or a list of strings
test.waiting#Batch: the endpoint parameter Keys: the JMESPath expression `Nothing` selects the member `Nothing`, which test.waiting#BatchRequest does not have
test.waiting#Batch: the endpoint parameter Keys: the JMESPath expression `&Items` has an expression reference with `&`, which is not supported
"#);
}

use std::collections::HashMap;

use proptest::prelude::*;

use super::{Dialect, Query, write};
use crate::schema::Value;
use crate::{Blob, DateTime, Document};

/// A structure with members of every form.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    name: Option<String>,
    done: Option<bool>,
    count: Option<i32>,
    weight: Option<f32>,
    data: Option<Blob>,
    at: Option<DateTime>,
    until: Option<DateTime>,
    tags: Option<Vec<String>>,
    items: Option<Vec<String>>,
    flat: Option<Vec<DateTime>>,
    grid: Option<Vec<Vec<i64>>>,
    words: Option<HashMap<String, String>>,
    flat_words: Option<HashMap<String, Vec<String>>>,
    source: Option<Source>,
    inner: Option<Box<Job>>,
}

crate::structure!(
    job_builder::JobBuilder,
    [],
    Job {
        name: optional::<impl Into<String>>("name", maybe_name),
        done: optional::<bool>("Done", maybe_done).xml(attribute),
        count: optional::<i32>("Count", maybe_count).xml("number"),
        weight: optional::<f32>("Weight", maybe_weight).xml("weight", query_name("kg")),
        data: optional::<impl Into<Blob>>("Data", maybe_data),
        at: optional::<DateTime>("At", maybe_at).timestamps(DateTime),
        until: optional::<DateTime>("Until", maybe_until).timestamps(EpochSeconds),
        tags: optional::<impl Into<Vec<String>>>("Tags", maybe_tags),
        items: optional::<impl Into<Vec<String>>>("Items", maybe_items).xml(element("item")),
        flat: optional::<impl Into<Vec<DateTime>>>("Flat", maybe_flat)
            .timestamps(DateTime)
            .xml("One", flattened, element("ignored")),
        grid: optional::<impl Into<Vec<Vec<i64>>>>("Grid", maybe_grid)
            .xml(element("Row", element("Cell"))),
        words: optional::<impl Into<HashMap<String, String>>>("Words", maybe_words)
            .xml(key("K"), value("V")),
        flat_words: optional::<impl Into<HashMap<String, Vec<String>>>>(
            "FlatWords",
            maybe_flat_words
        )
        .xml("Word", flattened),
        source: optional::<Source>("Source", maybe_source),
        inner: optional::<Box<Job>>("Inner", maybe_inner),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Uri(String),
    Unknown { tag: String, value: Document },
}

crate::union!(Source {
    Uri: value::<String>("Uri", as_uri).xml("uri"),
});

fn written(dialect: Dialect, job: &Job) -> String {
    let mut query = "Action=Do".to_owned();
    write(dialect, job, &mut query).unwrap();
    query
        .strip_prefix("Action=Do")
        .unwrap()
        .replacen('&', "", 1)
}

fn read_back(dialect: Dialect, query: &str) -> Job {
    let mut job = Job::zero();
    Query::parse(query.as_bytes())
        .read(dialect, &mut job)
        .unwrap();
    job
}

#[test]
fn every_form_has_its_name_in_each_dialect() {
    let seconds = DateTime::from_secs;
    let strings = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let word = |key: &str| (key.to_owned(), strings(&["v"]));
    for (job, aws, ec2) in [
        (
            Job::builder().name("a b/é~+"),
            "name=a%20b%2F%C3%A9~%2B",
            Some("Name=a%20b%2F%C3%A9~%2B"),
        ),
        (Job::builder().done(true), "Done=true", Some("Done=true")),
        (Job::builder().count(3), "number=3", Some("Number=3")),
        (Job::builder().weight(10.8), "weight=10.8", Some("kg=10.8")),
        (
            Job::builder().weight(f32::NAN),
            "weight=NaN",
            Some("kg=NaN"),
        ),
        (
            Job::builder().data(b"value".to_vec()),
            "Data=dmFsdWU%3D",
            Some("Data=dmFsdWU%3D"),
        ),
        (
            Job::builder().at(seconds(0)),
            "At=1970-01-01T00%3A00%3A00Z",
            Some("At=1970-01-01T00%3A00%3A00Z"),
        ),
        (Job::builder().until(seconds(1)), "Until=1", Some("Until=1")),
        (
            Job::builder().tags(strings(&["a", "b"])),
            "Tags.member.1=a&Tags.member.2=b",
            Some("Tags.1=a&Tags.2=b"),
        ),
        (Job::builder().tags(strings(&[])), "Tags=", Some("")),
        (
            Job::builder().items(strings(&["a"])),
            "Items.item.1=a",
            Some("Items.1=a"),
        ),
        (
            Job::builder().flat([seconds(0)]),
            "One.1=1970-01-01T00%3A00%3A00Z",
            Some("One.1=1970-01-01T00%3A00%3A00Z"),
        ),
        (
            Job::builder().grid([vec![1], vec![2, 3]]),
            "Grid.Row.1.Cell.1=1&Grid.Row.2.Cell.1=2&Grid.Row.2.Cell.2=3",
            Some("Grid.1.1=1&Grid.2.1=2&Grid.2.2=3"),
        ),
        (
            Job::builder().words(HashMap::from([
                ("b".to_owned(), "2".to_owned()),
                ("a".to_owned(), "1".to_owned()),
            ])),
            "Words.entry.1.K=a&Words.entry.1.V=1&Words.entry.2.K=b&Words.entry.2.V=2",
            None,
        ),
        (Job::builder().words(HashMap::new()), "", None),
        (
            Job::builder().flat_words(HashMap::from([word("a")])),
            "Word.1.key=a&Word.1.value.member.1=v",
            None,
        ),
        (
            Job::builder().source(Source::Uri("a".to_owned())),
            "Source.uri=a",
            Some("Source.Uri=a"),
        ),
        (
            Job::builder().inner(Box::new(
                Job::builder()
                    .name("a")
                    .inner(Box::new(Job::builder().count(1).build()))
                    .build(),
            )),
            "Inner.name=a&Inner.Inner.number=1",
            Some("Inner.Name=a&Inner.Inner.Number=1"),
        ),
    ] {
        let job = job.build();
        assert_eq!(written(Dialect::Aws, &job), aws);
        match ec2 {
            Some(ec2) => assert_eq!(written(Dialect::Ec2, &job), ec2),
            None => assert!(write(Dialect::Ec2, &job, &mut String::new()).is_err()),
        }
    }
}

#[test]
fn what_a_query_has_no_form_for_is_not_written() {
    let job = Job::builder().at(DateTime::from_secs(i64::MAX)).build();
    let error = write(Dialect::Aws, &job, &mut String::new()).unwrap_err();
    assert!(error.to_string().starts_with("At: "), "{error}");
}

#[test]
fn an_unknown_member_of_a_union_is_sent() {
    let value = serde_json::json!({"a": [1, true], "b": {"c": "d"}});
    let job = Job::builder()
        .source(Source::Unknown {
            tag: "new".to_owned(),
            value,
        })
        .build();
    let query = "Source.new.a.member.1=1&Source.new.a.member.2=true&Source.new.b.c=d";
    assert_eq!(written(Dialect::Aws, &job), query);
}

#[test]
fn a_query_is_read_as_a_service_does() {
    let query =
        "Action=Do&Version=1&name=a+b&Tags.member.10=c&Tags.member.2=b&Tags.member.x=&Grid=&new.1=";
    let job = read_back(Dialect::Aws, query);
    assert_eq!(job.name.as_deref(), Some("a b"));
    assert_eq!(job.tags.unwrap(), ["b", "c"]);
    assert_eq!(job.grid, Some(vec![]));
    let mut job = Job::zero();
    let read = Query::parse(b"Inner.number=secret").read(Dialect::Aws, &mut job);
    assert_eq!(
        read.unwrap_err().to_string(),
        "Inner: Count: expected an integer of 32 bits"
    );
}

prop_compose! {
    fn leaf_job()(
        name in any::<Option<String>>(),
        count in any::<Option<i32>>(),
        data in prop::option::of(any::<Vec<u8>>()),
        tags in prop::option::of(any::<Vec<String>>()),
        grid in prop::option::of(prop::collection::vec(any::<Vec<i64>>(), 0..3)),
        words in prop::option::of(prop::collection::hash_map(any::<String>(), any::<String>(), 1..3)),
        uri in any::<Option<String>>(),
    ) -> Job {
        Job { name, count, data: data.map(Blob::new), tags, grid, words, source: uri.map(Source::Uri), ..Job::zero() }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(outer in leaf_job(), inner in prop::option::of(leaf_job())) {
        let inner = inner.filter(|inner| *inner != Job::zero());
        let job = Job { inner: inner.map(Box::new), ..outer };
        prop_assert_eq!(read_back(Dialect::Aws, &written(Dialect::Aws, &job)), job);
    }

    #[test]
    fn no_query_makes_it_panic(query: Vec<u8>) {
        let _ = Query::parse(&query).read(Dialect::Ec2, &mut Job::zero());
    }
}

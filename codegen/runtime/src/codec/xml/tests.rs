use std::collections::HashMap;

use proptest::prelude::*;

use super::{Xml, read, read_any, read_unwrapped};
use crate::codec::{Codec, DecodeError, Mode};
use crate::schema::{Member, Slot, Structure, Value};
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A structure with members of every form.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    name: Option<String>,
    id: Option<String>,
    done: Option<bool>,
    count: Option<i32>,
    weight: Option<f64>,
    size: Option<BigInteger>,
    price: Option<BigDecimal>,
    data: Option<Blob>,
    at: Option<DateTime>,
    until: Option<DateTime>,
    tags: Option<Vec<String>>,
    flat: Option<Vec<String>>,
    grid: Option<Vec<Vec<i64>>>,
    parts: Option<Vec<Part>>,
    words: Option<HashMap<String, String>>,
    flat_words: Option<HashMap<String, Vec<String>>>,
    source: Option<Source>,
    inner: Option<Box<Job>>,
}

crate::structure!(
    job_builder::JobBuilder,
    [],
    Job {
        name: optional::<impl Into<String>>("Name", maybe_name),
        id: optional::<impl Into<String>>("Id", maybe_id).xml("x:id", attribute),
        done: optional::<bool>("Done", maybe_done),
        count: optional::<i32>("Count", maybe_count).xml("Number"),
        weight: optional::<f64>("Weight", maybe_weight),
        size: optional::<BigInteger>("Size", maybe_size),
        price: optional::<BigDecimal>("Price", maybe_price),
        data: optional::<impl Into<Blob>>("Data", maybe_data),
        at: optional::<DateTime>("At", maybe_at).timestamps(DateTime),
        until: optional::<DateTime>("Until", maybe_until).timestamps(HttpDate),
        tags: optional::<impl Into<Vec<String>>>("Tags", maybe_tags).xml(element("item")),
        flat: optional::<impl Into<Vec<String>>>("Flat", maybe_flat).xml(
            "One",
            flattened,
            element("ignored")
        ),
        grid: optional::<impl Into<Vec<Vec<i64>>>>("Grid", maybe_grid)
            .xml(element("Row", element("Cell"))),
        parts: optional::<impl Into<Vec<Part>>>("Parts", maybe_parts).xml("Part", flattened),
        words: optional::<impl Into<HashMap<String, String>>>("Words", maybe_words).xml(
            namespace("https://example.com/w"),
            key("K", prefix("k", "https://example.com/k")),
            value("V")
        ),
        flat_words: optional::<impl Into<HashMap<String, Vec<String>>>>(
            "FlatWords",
            maybe_flat_words
        )
        .xml("Word", flattened, value(element("v"))),
        source: optional::<Source>("Source", maybe_source),
        inner: optional::<Box<Job>>("Inner", maybe_inner),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    kind: String,
    note: Option<String>,
}

crate::structure!(
    part_builder::PartBuilder,
    [kind],
    Part {
        kind: required::<impl Into<String>>("Kind").xml(attribute),
        note: optional::<impl Into<String>>("Note", maybe_note),
    }
);

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Uri(String),
    Lines(Vec<String>),
    Inner(Box<Source>),
    Nothing,
    Unknown { tag: String, value: Document },
}

crate::union!(Source {
    Uri: value::<String>("Uri", as_uri).xml("uri"),
    Lines: value::<Vec<String>>("Lines", as_lines).xml("Line", flattened),
    Inner: value::<Source>("Inner", as_inner),
    Nothing: unit("Nothing", as_nothing),
});

/// A structure in which something is required.
#[derive(Clone, Debug, PartialEq)]
pub struct Strict {
    id: String,
    flat: Vec<String>,
}

crate::structure!(
    strict_builder::StrictBuilder,
    [id, flat],
    Strict {
        id: required::<impl Into<String>>("Id"),
        flat: required::<impl Into<Vec<String>>>("Flat").xml(flattened),
    }
);

const ROOT: Member = Member::ROOT.xml(crate::xml!("Job", namespace("https://example.com/")));

fn job() -> Job {
    Value::zero()
}

fn write(job: &Job) -> String {
    let mut xml = Vec::new();
    Xml::ROOT.write(job.view(), &ROOT, &mut xml).unwrap();
    String::from_utf8(xml).unwrap()
}

fn try_read<T: Value + Structure>(xml: &[u8], mode: Mode) -> Result<T, DecodeError> {
    let mut value = T::zero();
    read(xml, &[], Slot::Structure(&mut value), &ROOT, mode).map(|()| value)
}

fn read_job(xml: &str) -> Result<Job, String> {
    let read = try_read(xml.as_bytes(), Mode::Correcting);
    read.map_err(|error| error.to_string())
}

/// A job from the elements in it.
fn job_of(elements: &str) -> Job {
    read_job(&format!("<Job>{elements}</Job>")).unwrap()
}

fn error_of(elements: &str) -> String {
    read_job(&format!("<Job>{elements}</Job>")).unwrap_err()
}

fn map<V: Clone>(entries: &[(&str, V)]) -> HashMap<String, V> {
    let entries = entries.iter();
    entries
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect()
}

/// A job with a value of every form.
fn full() -> Job {
    let part = |kind: &str| {
        Part::builder()
            .kind(kind)
            .maybe_note(Some("\r\n<&>"))
            .build()
    };
    Job::builder()
        .name(" a \t ")
        .id("\"<&>\"\n")
        .done(false)
        .count(-1)
        .weight(f64::NEG_INFINITY)
        .size(
            "123456789012345678901234567890"
                .parse::<BigInteger>()
                .unwrap(),
        )
        .price("0.10".parse::<BigDecimal>().unwrap())
        .data(b"value".to_vec())
        .at(DateTime::from_secs_and_nanos(0, 135_000_000))
        .until(DateTime::from_secs(0))
        .tags(["a".to_owned(), String::new()])
        .flat(["b".to_owned(), "c".to_owned()])
        .grid([vec![1, 2], vec![], vec![3]])
        .parts([part("x"), part("y")])
        .words(map(&[("b", "2".to_owned()), ("a", "1".to_owned())]))
        .flat_words(map(&[("k", vec!["v".to_owned()]), ("e", vec![])]))
        .source(Source::Inner(Box::new(Source::Nothing)))
        .inner(Box::new(Job::builder().name("inner").build()))
        .build()
}

#[test]
fn every_form_is_written_as_smithy_says() {
    let expected = "<Job xmlns=\"https://example.com/\" x:id=\"&quot;&lt;&amp;&gt;&quot;&#xA;\">\
        <Name> a \t </Name><Done>false</Done><Number>-1</Number><Weight>-Infinity</Weight>\
        <Size>123456789012345678901234567890</Size><Price>0.10</Price><Data>dmFsdWU=</Data>\
        <At>1970-01-01T00:00:00.135Z</At><Until>Thu, 01 Jan 1970 00:00:00 GMT</Until>\
        <Tags><item>a</item><item></item></Tags><One>b</One><One>c</One>\
        <Grid><Row><Cell>1</Cell><Cell>2</Cell></Row><Row></Row><Row><Cell>3</Cell></Row></Grid>\
        <Part Kind=\"x\"><Note>&#xD;&#xA;&lt;&amp;&gt;</Note></Part>\
        <Part Kind=\"y\"><Note>&#xD;&#xA;&lt;&amp;&gt;</Note></Part>\
        <Words xmlns=\"https://example.com/w\">\
        <entry><K xmlns:k=\"https://example.com/k\">a</K><V>1</V></entry>\
        <entry><K xmlns:k=\"https://example.com/k\">b</K><V>2</V></entry></Words>\
        <Word><key>e</key><value></value></Word><Word><key>k</key><value><v>v</v></value></Word>\
        <Source><Inner><Nothing></Nothing></Inner></Source><Inner><Name>inner</Name></Inner></Job>";
    assert_eq!(write(&full()), expected);
    assert_eq!(read_job(expected).as_ref(), Ok(&full()));
}

#[test]
fn what_xml_has_no_form_for_is_not_written() {
    for text in ["\0", "a\u{1}", "\u{ffff}"] {
        let mut xml = Vec::new();
        let job = Job::builder().name(text).build();
        let error = Xml::ROOT.write(job.view(), &ROOT, &mut xml).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("Name: XML has no form for control"),
            "{error}"
        );
    }
    let value = Document::Null;
    for tag in ["", "a b", "1", "a><b", "é\u{0}"] {
        let tag = tag.to_owned();
        let value = value.clone();
        let job = Job::builder()
            .source(Source::Unknown { tag, value })
            .build();
        assert!(Xml::ROOT.write(job.view(), &ROOT, &mut Vec::new()).is_err());
    }
    let nulls = vec![None::<String>];
    assert!(
        Xml::ROOT
            .write(nulls.view(), &ROOT, &mut Vec::new())
            .is_err()
    );
    assert!(
        Xml::ROOT
            .write(job().view(), &Member::ROOT, &mut Vec::new())
            .is_err()
    );
}

#[test]
fn text_is_what_is_between_the_tags() {
    for (xml, name) in [
        ("<Name>a</Name>", "a"),
        ("<Name/>", ""),
        ("<Name></Name>", ""),
        ("<Name> \n </Name>", " \n "),
        ("<Name>a&amp;b&lt;&gt;&quot;&apos;</Name>", "a&b<>\"'"),
        ("<Name>&#65;&#x42;&#x1F600;</Name>", "AB\u{1f600}"),
        ("<Name>&amp;lt;</Name>", "&lt;"),
        ("<Name>a<!-- & <b> -->b<?pi c?>d</Name>", "abd"),
        (
            "<Name><![CDATA[<a>&amp;]]>b<![CDATA[]]></Name>",
            "<a>&amp;b",
        ),
        ("<Name>a\r\nb\rc&#xD;</Name>", "a\nb\nc\r"),
        ("<Name >a</Name\n>", "a"),
        ("<x:Name>é</x:Name>", "é"),
    ] {
        assert_eq!(job_of(xml).name.as_deref(), Some(name), "{xml}");
    }
}

#[test]
fn blanks_around_what_is_no_string_do_not_count() {
    let read = job_of(
        "\n <Done> true </Done><Number>\n3</Number> <Weight> 1e3 </Weight> x <Data> dmF\n sdWU= </Data><At>\t1970-01-01T00:00:00.135Z </At>",
    );
    assert_eq!(
        (read.done, read.count, read.weight),
        (Some(true), Some(3), Some(1e3))
    );
    assert_eq!(read.data, Some(Blob::new("value")));
    assert_eq!(read.at, full().at);
}

#[test]
fn documents_may_have_all_that_xml_has() {
    for xml in [
        "<Job><Name>a</Name></Job>",
        "\u{feff}<Job><Name>a</Name></Job>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes'?>\n<!-- a --><?b c?>\n<Job><Name>a</Name></Job>\n<!-- d -->\n",
        "<Job xmlns='https://example.com/' xmlns:y=\"a>b\"><New a='1'><Name>b</Name><Name/></New><Name y:z='1'>a</Name></Job>",
        "<s:Job xmlns:s=\"a\">text<s:Name>a</s:Name><![CDATA[<Name>]]>&amp;</s:Job>",
    ] {
        assert_eq!(read_job(xml).unwrap().name.as_deref(), Some("a"), "{xml}");
    }
}

#[test]
fn flattened_lists_may_be_anywhere() {
    let read = job_of(
        "<One>a</One><Part Kind='x'/><One>b</One><Word><key>k</key><value><v>1</v><other/></value></Word><One/><Part Kind='y'/>",
    );
    assert_eq!(read.flat.unwrap(), ["a", "b", ""]);
    let kinds: Vec<_> = read
        .parts
        .into_iter()
        .flatten()
        .map(|part| part.kind)
        .collect();
    assert_eq!(kinds, ["x", "y"]);
    assert_eq!(
        read.flat_words.unwrap(),
        map(&[("k", vec!["1".to_owned()])])
    );
}

#[test]
fn lists_and_maps_are_empty_or_not_there() {
    let read = job_of("<Tags/><Words> </Words><Grid><Row/></Grid>");
    assert_eq!(read.tags, Some(vec![]));
    assert_eq!(read.words, Some(HashMap::new()));
    assert_eq!(read.grid, Some(vec![vec![]]));
    assert_eq!((read.flat, read.flat_words), (None, None));
}

#[test]
fn unions_have_one_member() {
    for (xml, source) in [
        ("<uri>a</uri>", Source::Uri("a".to_owned())),
        (
            "<Line>a</Line> <Line>b</Line>",
            Source::Lines(vec!["a".to_owned(), "b".to_owned()]),
        ),
        (
            "<Inner><Nothing/></Inner>",
            Source::Inner(Box::new(Source::Nothing)),
        ),
        ("<Nothing><a/></Nothing>", Source::Nothing),
        (
            "<New><a>1</a><b><c/></b><a>2</a></New>",
            Source::Unknown {
                tag: "New".to_owned(),
                value: serde_json::json!({"a": ["1", "2"], "b": {"c": ""}}),
            },
        ),
    ] {
        let job = job_of(&format!("<Source>{xml}</Source><Name>n</Name>"));
        assert_eq!(job.source.as_ref(), Some(&source), "{xml}");
        assert_eq!(job.name.as_deref(), Some("n"));
        assert_eq!(read_job(&write(&job)).unwrap(), job);
    }
    for (xml, message) in [
        ("", "Source: the union Source has no member set"),
        (
            "<uri/><uri/>",
            "Source: the union Source has more than one member set",
        ),
        (
            "<Line/><uri/>",
            "Source: the union Source has more than one member set",
        ),
    ] {
        assert_eq!(error_of(&format!("<Source>{xml}</Source>")), message);
    }
}

#[test]
fn errors_say_where_and_show_nothing() {
    for (xml, message) in [
        (
            "<Number>secret</Number>",
            "Count: found text, expected an integer of 32 bits",
        ),
        (
            "<Number/>",
            "Count: found text, expected an integer of 32 bits",
        ),
        ("<Done>TRUE</Done>", "Done: found text, expected a boolean"),
        (
            "<Name><secret/></Name>",
            "Name: found an element, expected text",
        ),
        (
            "<Name>a</Name><Name>secret</Name>",
            "duplicate field `Name`",
        ),
        (
            "<Inner><Name/><Number/></Inner>",
            "Inner.Count: found text, expected an integer of 32 bits",
        ),
        (
            "<Grid><Row/><Row><Cell>1</Cell><Cell>secret</Cell></Row></Grid>",
            "Grid[1][1]: found text, expected an integer of 64 bits",
        ),
        (
            "<One/><One/><Part/><Part><Note/><Note/></Part>",
            "Parts[1]: duplicate field `Note`",
        ),
        (
            "<Words><entry><K>secret</K></entry></Words>",
            "Words[…]: missing element `V`",
        ),
        (
            "<Words><entry><V>secret</V></entry></Words>",
            "Words[…]: missing element `K`",
        ),
        (
            "<Words><entry><K/><K/></entry></Words>",
            "Words[…]: duplicate field `K`",
        ),
        (
            "<Words><entry><K/><V/><V/></entry></Words>",
            "Words[…]: duplicate field `V`",
        ),
        (
            "<Word><key>k</key><value><v><secret/></v></value></Word>",
            "FlatWords[…][0]: found an element, expected text",
        ),
        (
            "<Data>secret!</Data>",
            "Data: invalid base64: byte 6 is not of the alphabet",
        ),
        (
            "<Source><Inner><uri><secret/></uri></Inner></Source>",
            "Source.Inner.Uri: found an element, expected text",
        ),
    ] {
        assert_eq!(error_of(xml), message, "{xml}");
    }
}

#[test]
fn the_root_has_to_be_the_right_one() {
    for xml in [
        "<Jobs><Name>a</Name></Jobs>",
        "<job/>",
        "<Error><Job/></Error>",
    ] {
        assert_eq!(
            read_job(xml).unwrap_err(),
            "the root is another element, expected `Job`"
        );
    }
    let mut value = job();
    let path = ["Response", "Result"];
    let within = |xml: &str, value: &mut Job| {
        let slot = Slot::Structure(value);
        read(xml.as_bytes(), &path, slot, &Member::ROOT, Mode::Correcting)
            .map_err(|error| error.to_string())
    };
    let xml = "<Response><Id/><Result><Name>a</Name></Result><Result2/></Response>";
    within(xml, &mut value).unwrap();
    assert_eq!(value.name.as_deref(), Some("a"));
    within("<Response><Other/></Response>", &mut value).unwrap();
    for (xml, message) in [
        (
            "<Result><Name>a</Name></Result>",
            "the root is another element, expected `Response`",
        ),
        (
            "<Response><Result/><Result/></Response>",
            "duplicate field `Result`",
        ),
    ] {
        assert_eq!(within(xml, &mut value).unwrap_err(), message);
    }
    let mut strict = Strict::zero();
    let slot = Slot::Structure(&mut strict);
    let error = read(b"<Response/>", &path, slot, &Member::ROOT, Mode::Correcting).unwrap_err();
    assert_eq!(error.to_string(), "missing element `Result`");
}

#[test]
fn a_member_may_be_the_root() {
    let unwrapped = |xml: &str| {
        let mut value = job();
        read_unwrapped(xml.as_bytes(), &mut value).map_err(|error| error.to_string())?;
        Ok::<_, String>(value)
    };
    let read = unwrapped("<Number xmlns='https://example.com/'>3</Number>").unwrap();
    assert_eq!(read.count, Some(3));
    for (xml, message) in [
        (
            "<Job><Number>3</Number></Job>",
            "the root is another element, expected `Name`",
        ),
        (
            "<Number>a</Number>",
            "Count: found text, expected an integer of 32 bits",
        ),
        ("<Number>3", "Count: the XML is cut short"),
        (
            "<Number>3</Number><Number/>",
            "the body is not XML: there is more behind the root",
        ),
    ] {
        assert_eq!(unwrapped(xml).unwrap_err(), message);
    }
}

#[test]
fn what_is_required_has_to_be_there_only_where_nothing_is_corrected() {
    let strict = try_read::<Strict>(b"<Job/>", Mode::Strict).unwrap_err();
    assert_eq!(strict.to_string(), "missing field `Id`");
    assert!(
        try_read::<Strict>(b"<Job><Id/></Job>", Mode::Strict)
            .unwrap()
            .flat
            .is_empty()
    );
    assert_eq!(
        try_read::<Strict>(b"<Job/>", Mode::Correcting).unwrap(),
        Strict::zero()
    );
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for xml in [
        "<Job><Name>a</Nam></Job>",
        "<Job></Job></Job>",
        "<Job/><Job/>",
        "<Job/>x",
        "x<Job/>",
        "<Job>&nbsp;</Job>",
        "<Job><New>&nbsp;</New></Job>",
        "<Job><Name>&nbsp;</Name></Job>",
        "<Job><Name>&#0;</Name></Job>",
        "<Job><Name>&#xD800;</Name></Job>",
        "<Job><Name>& b</Name></Job>",
        "<Job a=b/>",
        "<Job a='1' a='2'/>",
        "<Job a/>",
        "<Job x:id='&nbsp;'/>",
        "<Job>< Name/></Job>",
        "<Job><></></Job>",
        "<Job><!x></Job>",
        "<![CDATA[a]]><Job/>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Job/>",
    ] {
        let error = try_read::<Job>(xml.as_bytes(), Mode::Correcting).unwrap_err();
        assert!(error.is_syntax(), "{xml}: {error}");
    }
    let error = try_read::<Job>(b"<Job><Name>\xff</Name></Job>", Mode::Correcting).unwrap_err();
    assert!(error.is_syntax(), "{error}");
}

#[test]
fn a_cut_document_is_told_from_others_at_every_byte() {
    let full = write(&full());
    let documents = [
        full.as_str(),
        "<?xml version='1.0'?><!-- a --><Job><New><![CDATA[<a>]]>&lt;<!--b--></New><Name>&#65;</Name><Tags/></Job>",
    ];
    for xml in documents {
        for end in (1..xml.len()).filter(|end| xml.is_char_boundary(*end)) {
            let start = &xml.as_bytes()[..end];
            let error = try_read::<Job>(start, Mode::Correcting).unwrap_err();
            assert!(error.is_incomplete(), "{error}: {}", &xml[..end]);
        }
    }
    let error = try_read::<Job>(b"<Job><Part/><Part><Note>a", Mode::Correcting).unwrap_err();
    assert_eq!(error.to_string(), "Parts[1].Note: the XML is cut short");
}

#[test]
fn nothing_that_is_read_grows() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><Job><Name>&b;</Name></Job>";
    let error = read_job(laughs).unwrap_err();
    assert!(error.contains("it has a document type"), "{error}");
    let external = "<!DOCTYPE Job SYSTEM \"file:///etc/passwd\"><Job/>";
    assert!(
        read_job(external)
            .unwrap_err()
            .contains("it has a document type")
    );
}

#[test]
fn depth_is_limited_wherever_it_is() {
    for (open, close) in [
        ("<Inner>", "</Inner>"),
        ("<New>", "</New>"),
        ("<Source><New>", "</New></Source>"),
    ] {
        for depth in [300, 100_000] {
            let xml = format!("<Job>{}{}</Job>", open.repeat(depth), close.repeat(depth));
            let error = read_job(&xml).unwrap_err();
            assert_eq!(error, "elements are nested deeper than 256 levels");
        }
    }
    let deepest = format!(
        "<Job>{}{}</Job>",
        "<Inner>".repeat(128),
        "</Inner>".repeat(128)
    );
    read_job(&deepest).unwrap();
    let deep = format!("<a>{}{}</a>", "<b>".repeat(100_000), "</b>".repeat(100_000));
    assert!(read_any(deep.as_bytes()).is_err());
}

#[test]
fn pages_are_told_from_documents() {
    for page in ["<!DOCTYPE html><html/>", " <HTML><body>", "no", "{}"] {
        assert!(!Xml::ROOT.recognizes(page.as_bytes()), "{page}");
        let mut job = job();
        let slot = Slot::Structure(&mut job);
        let error = Xml::ROOT
            .read(page.as_bytes(), slot, &ROOT, Mode::Correcting)
            .unwrap_err();
        assert!(error.is_syntax());
    }
    for document in ["<a/>", "\u{feff} <?xml", "<!-- a -->"] {
        assert!(Xml::ROOT.recognizes(document.as_bytes()), "{document}");
    }
}

fn text() -> impl Strategy<Value = String> {
    // What XML has a form for.
    r#"[a-z<>&"' \t\r\n\u{85}\u{2028}é\u{1f600}\]]{0,8}"#
}

fn source() -> impl Strategy<Value = Source> {
    let leaf = prop_oneof![
        text().prop_map(Source::Uri),
        prop::collection::vec(text(), 1..3).prop_map(Source::Lines),
        Just(Source::Nothing),
        ("[A-Z][a-z]*9", text()).prop_map(|(tag, value)| Source::Unknown {
            tag,
            value: value.into()
        }),
    ];
    leaf.prop_recursive(4, 8, 1, |inner| {
        inner.prop_map(|inner| Source::Inner(Box::new(inner)))
    })
}

prop_compose! {
    fn leaf_job()(
        name in prop::option::of(text()),
        id in prop::option::of(text()),
        count in any::<Option<i32>>(),
        weight in prop::option::of(prop::num::f64::ANY.prop_filter("equal to itself", |it| !it.is_nan())),
        data in prop::option::of(any::<Vec<u8>>()),
        at in prop::option::of((0_i64..1 << 33, 0_u32..1_000_000_000)),
        tags in prop::option::of(prop::collection::vec(text(), 0..3)),
        flat in prop::option::of(prop::collection::vec(text(), 1..3)),
        grid in prop::option::of(prop::collection::vec(any::<Vec<i64>>(), 0..3)),
        words in prop::option::of(prop::collection::hash_map(text(), text(), 0..3)),
        flat_words in prop::option::of(prop::collection::hash_map(text(), prop::collection::vec(text(), 0..3), 1..3)),
        source in prop::option::of(source()),
    ) -> Job {
        let at = at.map(|(seconds, nanos)| DateTime::from_secs_and_nanos(seconds, nanos));
        let data = data.map(Blob::new);
        Job { name, id, count, weight, data, at, tags, flat, grid, words, flat_words, source, ..job() }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(outer in leaf_job(), inner in prop::option::of(leaf_job())) {
        let job = Job { inner: inner.map(Box::new), ..outer };
        let xml = write(&job);
        prop_assert_eq!(&read_job(&xml).unwrap(), &job);
        // No tag is a plain one then.
        prop_assert_eq!(read_job(&xml.replace('>', " >")).unwrap(), job);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let _ = try_read::<Job>(&bytes, Mode::Strict);
        let _ = read_any(&bytes);
    }

    #[test]
    fn no_text_like_xml_makes_it_panic(
        xml in r#"(<(/?|!|!--|\?|!\[CDATA\[)(Job|Name|Part|One|Word|key|value|Source|Lines?|Inner|a:b)?( [a-z:]+(=["']?[a-z&;]*["']?)?)?(/|-->|\?|\]\]>)?>?|&(lt|#x?[0-9a-f]*|b)?;?|[a-z ]){0,24}"#,
    ) {
        for xml in [xml.clone(), format!("<Job>{xml}</Job>")] {
            let _ = try_read::<Job>(xml.as_bytes(), Mode::Strict);
            let _ = read_any(xml.as_bytes());
        }
    }

    #[test]
    fn no_change_of_a_document_makes_it_panic(at in 0_usize..1_000, byte: u8, from in 0_usize..1_000, until in 0_usize..1_000) {
        let mut xml = write(&full()).into_bytes();
        if let Some(place) = xml.get_mut(at) {
            *place = byte;
        }
        let _ = try_read::<Job>(&xml, Mode::Correcting);
        let _ = read_any(&xml);
        if let Some(piece) = xml.get(from..until) {
            let _ = try_read::<Job>(piece, Mode::Correcting);
        }
    }
}

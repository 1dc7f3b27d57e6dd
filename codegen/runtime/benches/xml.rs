//! The rate at which large responses in XML are read, beside that of AWS's own reader: `cargo bench -p smithy-rt`.
//!
//! The shapes are those of lists that services of AWS return. AWS's reader is called as the code in AWS's crates does.

#[path = "xml/aws.rs"]
mod aws;
#[path = "xml/documents.rs"]
mod documents;
#[path = "xml/shapes.rs"]
mod shapes;

use divan::Bencher;
use divan::counter::BytesCount;
use smithy_rt::{EncodedResponse, Operation};

use self::shapes::{DescribeInstances, ListObjects};

fn main() {
    assert_eq!(
        aws::objects(&documents::objects(2)).len(),
        read::<ListObjects>(&documents::objects(2)).contents.len()
    );
    divan::main();
}

fn read<O: Operation>(document: &str) -> O::Response {
    EncodedResponse::new(document)
        .read::<O>()
        .expect("a response")
}

/// A page of objects, in a flattened list.
#[divan::bench]
fn objects(bencher: Bencher<'_, '_>) {
    let document = documents::objects(1_000);
    bencher
        .counter(BytesCount::of_str(&document))
        .bench(|| read::<ListObjects>(&document));
}

/// The same, with AWS's reader.
#[divan::bench]
fn objects_aws(bencher: Bencher<'_, '_>) {
    let document = documents::objects(1_000);
    bencher
        .counter(BytesCount::of_str(&document))
        .bench(|| aws::objects(&document));
}

/// A page of instances: structures and lists one in the other.
#[divan::bench]
fn instances(bencher: Bencher<'_, '_>) {
    let document = documents::instances(1_000);
    bencher
        .counter(BytesCount::of_str(&document))
        .bench(|| read::<DescribeInstances>(&document));
}

/// The same, with AWS's reader.
#[divan::bench]
fn instances_aws(bencher: Bencher<'_, '_>) {
    let document = documents::instances(1_000);
    bencher
        .counter(BytesCount::of_str(&document))
        .bench(|| aws::instances(&document));
}

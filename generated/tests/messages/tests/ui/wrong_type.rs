//! A number where a string is required.

use healthlake::Tag;

fn main() {
    let _tag = Tag::builder().key(1).value("a").build();
}

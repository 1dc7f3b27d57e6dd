//! None of the required members is given.

use healthlake::Tag;

fn main() {
    let _tag = Tag::builder().build();
}

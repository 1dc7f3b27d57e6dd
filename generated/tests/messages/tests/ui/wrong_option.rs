//! An `Option` where there has to be a value.

use healthlake::DescribeFhirDatastoreRequest;

fn main() {
    let id = Some("1".to_owned());
    let _request = DescribeFhirDatastoreRequest::builder().datastore_id(id).build();
}

//! A value that the model does not know, made without a conversion.

use healthlake::JobStatus;
use healthlake::smithy_rt::UnknownValue;

fn main() {
    let _status = JobStatus::Unknown("COMPLETED".to_owned());
    let _value = UnknownValue("COMPLETED".to_owned());
}

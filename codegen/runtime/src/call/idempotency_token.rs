//! Idempotency tokens.

/// Returns a new random token: a UUID of version 4.
pub(crate) fn new() -> String {
    uuid(fastrand::u128(..))
}

fn uuid(random: u128) -> String {
    let version_4 = (random & !(0xf << 76)) | (0x4 << 76);
    let variant_1 = (version_4 & !(0x3 << 62)) | (0x2 << 62);
    let digits = format!("{variant_1:032x}");
    let mut uuid = String::with_capacity(36);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            uuid.push('-');
        }
        uuid.push(digit);
    }
    uuid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_a_uuid_of_version_4() {
        assert_eq!(uuid(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(
            uuid(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff),
            "00112233-4455-4677-8899-aabbccddeeff"
        );
    }

    #[test]
    fn tokens_differ() {
        assert_ne!(new(), new());
    }
}

//! Idempotency tokens.

/// Returns a new random token: a UUID of version 4.
pub(crate) fn new() -> String {
    let mut random = [0; 16];
    fastrand::fill(&mut random);
    uuid(u128::from_ne_bytes(random))
}

fn uuid(random: u128) -> String {
    let version_4 = (random & !(0xf << 76)) | (0x4 << 76);
    let variant_1 = (version_4 & !(0x3 << 62)) | (0x2 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        variant_1 >> 96,
        (variant_1 >> 80) & 0xffff,
        (variant_1 >> 64) & 0xffff,
        (variant_1 >> 48) & 0xffff,
        variant_1 & 0xffff_ffff_ffff,
    )
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

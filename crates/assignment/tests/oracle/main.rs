//! The engine against an oracle that tries every assignment of a small problem.

#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

mod certificate;
mod oracle;
mod properties;
mod rules;
mod settled;
mod small;

use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What `fuzz/fuzz_targets/certificate.rs` looks for with more patience.
    #[test]
    fn no_wrong_certificate_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
        certificate::a_certificate_tells_the_truth(&bytes);
    }
}

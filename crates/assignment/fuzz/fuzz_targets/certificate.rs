//! No bytes make the checker accept what is not optimal, nor panic.
//!
//!     cargo +nightly fuzz run certificate

#![no_main]

#[path = "../../tests/oracle/certificate.rs"]
mod certificate;
#[path = "../../tests/oracle/oracle.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| certificate::a_certificate_tells_the_truth(bytes));

//! libFuzzer's way to `targets::markdown`.

#![no_main]
#![expect(dead_code, reason = "each target calls one of the functions")]

#[path = "../../tests/fuzz/targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    targets::markdown(bytes);
});

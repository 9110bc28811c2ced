//! Reads arbitrary bytes as a YAML dataset. It must load exactly if `check` finds no errors; then every report can be
//! written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolebook::check::read;
use rolebook_fuzz::{checked, input, put_to_use};

fuzz_target!(|bytes: &[u8]| {
    let Some(yaml) = input("a.yaml", bytes) else { return };
    checked(&yaml);
    if let Ok(dataset) = read(&yaml) {
        put_to_use(&dataset, bytes.len());
    }
});

//! Reads arbitrary bytes as a JSON dataset. It must load exactly if `check` finds no errors; then every report can be
//! written, and the same text read as YAML gives the same dataset.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolebook::check::read;
use rolebook_fuzz::{checked, input, put_to_use, text};

fuzz_target!(|bytes: &[u8]| {
    let Some(json) = input("a.json", bytes) else { return };
    checked(&json);
    let Ok(dataset) = read(&json) else { return };
    let yaml = text("a.yaml", json.text());
    if let Ok(other) = read(&yaml) {
        assert_eq!(dataset, other);
    }
    put_to_use(&dataset, bytes.len());
});

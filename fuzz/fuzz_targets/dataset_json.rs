//! Any bytes as a dataset in JSON: it is read where `check` finds no error, and then every result can be written; as
//! YAML, the same text is the same dataset.

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

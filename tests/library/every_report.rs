//! Renders every report on every test dataset, in each format and at many widths.

use std::fs;

use rolebook::check::read;
use rolebook::format::{Input, Origin};

use crate::support::all_reports::render_all;
use crate::support::fixtures;

#[test]
fn every_dataset_renders_in_every_format_at_many_widths() {
    let mut seen = 0;
    for entry in fs::read_dir(fixtures()).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let input = Input::new(Origin::named(&path), text);
        // Broken datasets are covered by the tests of `check`.
        let Ok(dataset) = read(&input) else { continue };
        seen += 1;
        // 7 shares no factor with the 6 formats, so each format meets several widths.
        for choice in (seen..100).step_by(7) {
            render_all(&dataset, choice);
        }
    }
    assert!(seen >= 10, "only {seen} datasets could be read");
}

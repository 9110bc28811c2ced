//! JSON Lines: one flat object per record, with keys in the order of the columns, and `null` for missing values.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::INITIAL_CAPACITY;
use crate::doc::{Records, Value};

/// Renders records, one per line.
pub(super) fn render(records: &Records<'_>) -> String {
    let mut out = String::with_capacity(INITIAL_CAPACITY);
    for row in records.rows() {
        let record = Record { columns: records.columns(), row };
        // A record consists of text, numbers and null, so serialising it cannot fail.
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}

struct Record<'r, 'a> {
    columns: &'r [Cow<'a, str>],
    row: &'r [Value<'a>],
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(self.row))
    }
}

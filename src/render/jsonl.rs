//! JSON Lines: one flat object per record, with keys in the order of the columns, and `null` for missing values.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Out;
use crate::doc::{Records, Value};

/// Writes records, one per line. They consist of text, numbers and null, so only writing them can fail.
pub(super) fn write(records: Records<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let (columns, rows) = records.into_parts();
    for row in rows {
        serde_json::to_writer(&mut *out, &Record { columns: &columns, row: &row })?;
        out.write_all(b"\n")?;
    }
    Ok(())
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

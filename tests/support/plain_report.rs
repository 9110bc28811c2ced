//! A report made from any document. Shared with the fuzz targets.

use rolebook::doc::{Doc, Records, Report};
use serde::{Serialize, Serializer};

/// A report that is just a document.
pub(crate) struct PlainReport<'a>(pub(crate) Doc<'a>);

impl Serialize for PlainReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl Report for PlainReport<'_> {
    fn doc(&self) -> Doc<'_> {
        self.0.clone()
    }

    fn records(&self) -> Records<'_> {
        Records::new(&[], [])
    }
}

//! The dataset that is built in: its text, and the constants that are made of it when the program is built.

use crate::model;

/// As it was written.
pub(super) const TEXT: &str = include_str!("../../data/product-roles.json");

static DATASET: model::Dataset<'static> = include!(concat!(env!("OUT_DIR"), "/dataset.rs"));

/// The dataset that is built in. It need not be read.
pub fn builtin() -> &'static model::Dataset<'static> {
    &DATASET
}

#[cfg(test)]
mod tests {
    use crate::dataset::{Input, Source, read};

    #[test]
    fn the_constants_are_what_the_text_says() {
        let input = Source::Builtin.load().unwrap();
        assert_eq!(read(&input).unwrap(), *super::builtin());
        let changed = Input::new(Source::Builtin, super::TEXT.replace("Product owner", "Product maker"));
        assert_ne!(read(&changed).unwrap(), *super::builtin());
    }
}

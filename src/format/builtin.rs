//! The built-in dataset.

/// Its text.
pub(super) const TEXT: &str = include_str!("../../data/product-roles.json");

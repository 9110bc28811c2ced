//! Tests the library directly: properties that hold for any data, and pairs of functions that must agree.

mod agreement;
mod any_text;
mod dataset;
mod every_report;
mod interview;
mod limits;
mod mdx;
mod random_datasets;
mod scoring;

//! The library from inside: properties that hold for any data, and two ways that must mean the same.

mod agreement;
mod any_text;
mod dataset;
mod every_report;
mod interview;
mod limits;
mod mdx;
mod scoring;

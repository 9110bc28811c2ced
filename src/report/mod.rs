//! Results, one per file: the serde type, which is the JSON contract, and the document for people.
//!
//! Shared code is in `parts` for the contracts, in `tables` for the documents, and in `flat` for the flat records.

pub(crate) mod flat;
pub(crate) mod parts;
pub(crate) mod tables;

pub(crate) mod assess;
pub mod check;
pub mod compare;
pub(crate) mod diff;
pub(crate) mod docs;
pub mod export;
pub(crate) mod form;
pub mod ladder;
pub mod matrix;
pub mod questions;
pub mod quiz;
pub mod role;
pub mod roles;
pub mod skill;
pub mod skills;
pub(crate) mod team;
pub mod transition;

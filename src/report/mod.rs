//! One file a result: its serde type, which is the JSON contract, and the same result as a document for people.
//!
//! What several contracts share stands in `parts`, what several documents share in `blocks`, and what the flat
//! records of several results share in `flat`.

pub(crate) mod blocks;
pub(crate) mod flat;
pub(crate) mod parts;

pub mod assess;
pub mod check;
pub mod compare;
pub mod diff;
pub mod docs;
pub mod export;
pub mod form;
pub mod ladder;
pub mod matrix;
pub mod questions;
pub mod quiz;
pub mod role;
pub mod roles;
pub mod skill;
pub mod skill_move;
pub mod skills;
pub mod team;

//! The program from outside: one binary for all integration tests, a module for each subject.

mod commands;
mod scoring;
mod support;

//! What each command prints in each format, standard error and exit code included.

use insta::assert_snapshot;

use crate::support::rolebook;

/// A snapshot of one run, named by the test.
macro_rules! shows {
    ($($name:ident: $arguments:expr;)*) => {
        $(#[test] fn $name() { assert_snapshot!(rolebook($arguments).run()); })*
    };
}

shows! {
    compare_table: "compare";
    compare_json: "compare --json";
    compare_markdown: "compare -f markdown";
    roles_table: "roles";
    skills_table: "skills";
}

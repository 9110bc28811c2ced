//! Tests that the package matches its manifest.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Every crate that is built on this machine, this one first, must do with the Rust that the manifest names.
#[test]
fn no_dependency_needs_a_newer_rust_than_the_manifest_promises() {
    let ours = version(env!("CARGO_PKG_RUST_VERSION")).expect("the manifest names a Rust");
    let newer: Vec<String> = packages()
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package["rust_version"].as_str()?)))
        .filter(|(_, theirs)| version(theirs).is_none_or(|theirs| theirs > ours))
        .map(|(name, theirs)| format!("{name} needs {theirs}"))
        .collect();
    assert_eq!(newer, [""; 0], "hold these back, or raise `rust-version`");
}

/// What cargo has locked and stored, for this machine: nothing is fetched.
fn packages() -> Vec<Value> {
    let host = run(Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into())).arg("-vV"));
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--offline", "--locked", "--format-version=1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&run(&mut cargo)).expect("the metadata is JSON");
    let packages = metadata["packages"].as_array().expect("the metadata lists packages").clone();
    assert!(packages.len() > 1, "the dependencies are missing");
    packages
}

fn run(command: &mut Command) -> String {
    let output =
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).output().expect("cargo's tools start");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("its output is text")
}

/// A version such as `1.88` or `1.88.0`, to be compared.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut numbers = text.split('.').map(str::parse);
    let mut next = || numbers.next().unwrap_or(Ok(0)).ok();
    Some([next()?, next()?, next()?])
}

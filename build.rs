//! How the program is linked.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    link_unwinder();
}

/// On Linux the standard library asks for `libgcc_s.so` alone for the backtrace of a panic. To find and load it takes
/// a seventh of a millisecond at every start, so what is needed of it goes into the program, where the C compiler has
/// it as an archive.
fn link_unwinder() {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") != "linux" || target("ENV") != "gnu" {
        return;
    }
    let compiler = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let found = Command::new(compiler).arg("-print-file-name=libgcc_eh.a").output();
    // The name comes back without a folder where there is no such archive.
    let path =
        found.map(|found| String::from_utf8_lossy(&found.stdout).trim_end().to_owned()).unwrap_or_default();
    if Path::new(&path).is_absolute() {
        println!("cargo::rustc-link-lib=gcc_eh");
    }
}

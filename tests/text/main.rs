//! Texts that break careless programs: each file in `hostile/` is drawn, and its picture stays well-formed and whole.
//!
//! Lines that begin with `#!` in a file are its findings; `SKYPLAN_ACCEPT=1 cargo test --test text` writes them anew.

#![cfg(all(feature = "png", feature = "pdf"))]

mod hostile;

//! TOML text -> `Document`: as written, every name with its place.

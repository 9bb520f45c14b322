//! Ids of the picture's parts: they come from the file's own names, are valid XML names, and are unique.

use std::collections::BTreeSet;

/// Hands out ids.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// `wish`, with every character that a name cannot hold replaced, and a number added where the id is taken.
    ///
    /// Names from a file are letters, digits, `_`, `-` and `.`, so they come out as they are. Ids that are no file's own start with `_`.
    pub(super) fn unique(&mut self, wish: &str) -> String {
        let mut base = String::with_capacity(wish.len());
        for c in wish.chars() {
            match c {
                _ if c.is_ascii_alphabetic() || c == '_' => base.push(c),
                _ if (c.is_ascii_digit() || c == '-' || c == '.') && !base.is_empty() => base.push(c),
                _ => base.push_str(&format!("_x{:X}_", u32::from(c))),
            }
        }
        if base.is_empty() {
            base.push('_');
        }
        if self.0.insert(base.clone()) {
            return base;
        }
        let mut n = 2_u32;
        loop {
            let id = format!("{base}..{n}");
            if self.0.insert(id.clone()) {
                return id;
            }
            n += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_own_names_stay_as_they_are() {
        assert_eq!(Ids::default().unique("nat-gateway.a"), "nat-gateway.a");
    }

    #[test]
    fn hostile_names_become_valid_and_stay_apart() {
        let mut ids = Ids::default();
        assert_eq!(ids.unique("\"><x"), "_x22__x3E__x3C_x");
        assert_eq!(ids.unique("a"), "a");
        assert_eq!(ids.unique("a"), "a..2");
        assert_eq!(ids.unique("1"), "_x31_");
    }
}

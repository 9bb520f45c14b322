//! Classes that share a member are one: what is level with the same thing, and of its size, is so with each other.

use super::Member;
use std::collections::BTreeMap;

/// The classes, joined where they share a member; each member once, in the order in which they come. O(n log n) for n members.
pub(super) fn joined(classes: &[Vec<Member>]) -> Vec<Vec<Member>> {
    let mut leader: Vec<usize> = (0..classes.len()).collect();
    fn find(leader: &mut [usize], mut c: usize) -> usize {
        while leader[c] != c {
            leader[c] = leader[leader[c]];
            c = leader[c];
        }
        c
    }
    let mut class_of: BTreeMap<Member, usize> = BTreeMap::new();
    for (c, class) in classes.iter().enumerate() {
        for m in class {
            let other = *class_of.entry(*m).or_insert(c);
            let (a, b) = (find(&mut leader, c), find(&mut leader, other));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut out: Vec<Vec<Member>> = vec![Vec::new(); classes.len()];
    for m in classes.iter().flatten() {
        if let Some(c) = class_of.remove(m) {
            out[find(&mut leader, c)].push(*m);
        }
    }
    out.retain(|class| !class.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::super::BoxId;
    use super::*;

    #[test]
    fn classes_with_a_common_member_become_one() {
        let class = |ids: &[u32]| ids.iter().map(|&b| Member::Box(BoxId(b))).collect::<Vec<_>>();
        let classes = [class(&[1, 2]), class(&[5, 6]), class(&[2, 3]), class(&[]), class(&[3, 4, 3])];
        assert_eq!(joined(&classes), [class(&[1, 2, 3, 4]), class(&[5, 6])]);
    }
}

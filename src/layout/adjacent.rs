//! Lists by number, all in one array.

/// For each of some numbers a list: what an array of arrays would hold, in two arrays. Each list keeps the order in which its entries came.
#[derive(Debug)]
pub(super) struct Adjacent<T = u32> {
    start: Vec<u32>,
    list: Vec<T>,
}

impl<T: Copy + Default> Adjacent<T> {
    /// From pairs of a number below `n` and an entry of its list: O(n + pairs).
    pub(super) fn new(n: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        // Each list starts one place further on until it is filled: what moves on with its entries ends where the next one starts.
        let mut start = vec![0u32; n + 2];
        for (v, _) in pairs.clone() {
            start[v as usize + 2] += 1;
        }
        for v in 2..n + 2 {
            start[v] += start[v - 1];
        }
        let mut list = vec![T::default(); start[n + 1] as usize];
        for (v, entry) in pairs {
            let at = &mut start[v as usize + 1];
            list[*at as usize] = entry;
            *at += 1;
        }
        start.pop();
        Self { start, list }
    }

    /// Does something with each list.
    pub(super) fn each_mut(&mut self, mut with: impl FnMut(&mut [T])) {
        for ends in self.start.windows(2) {
            with(&mut self.list[ends[0] as usize..ends[1] as usize]);
        }
    }

    /// The list of a number.
    pub(super) fn of(&self, v: u32) -> &[T] {
        &self.list[self.start[v as usize] as usize..self.start[v as usize + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Adjacent;

    #[test]
    fn each_list_can_be_sorted_by_itself() {
        let mut lists = Adjacent::new(3, [(2, 5), (0, 9), (2, 4), (0, 7)].into_iter());
        lists.each_mut(|list| list.sort_unstable());
        assert_eq!([lists.of(0), lists.of(1), lists.of(2)], [&[7, 9][..], &[], &[4, 5]]);
    }
}

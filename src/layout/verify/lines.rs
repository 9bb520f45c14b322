//! Links that lie on each other.

use super::Check;

/// A run of a link: where its line lies, from where to where it goes along it, and its link.
type Run = (f64, f64, f64, usize);

impl Check<'_> {
    pub(super) fn shared_lines(&self, out: &mut Vec<String>) {
        let (mut upright, mut level): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        for (l, route) in self.layout.links.iter().enumerate() {
            for s in route.points.windows(2) {
                if s[0].x == s[1].x {
                    upright.push((s[0].x, s[0].y.min(s[1].y), s[0].y.max(s[1].y), l));
                } else {
                    level.push((s[0].y, s[0].x.min(s[1].x), s[0].x.max(s[1].x), l));
                }
            }
        }
        for mut runs in [upright, level] {
            runs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            for lines in runs.chunk_by_mut(|a, b| b.0 - a.0 < 1.0) {
                self.sweep(lines, out);
            }
        }
    }

    /// Runs on lines close to each other, swept along them.
    fn sweep(&self, runs: &mut [Run], out: &mut Vec<String>) {
        runs.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.3.cmp(&b.3)));
        let mut open: Vec<Run> = Vec::new();
        for &run in &*runs {
            open.retain(|o| o.2 - run.1 > 1.0);
            for o in &open {
                let on = (o.0 - run.0).abs() < 1.0 && o.2.min(run.2) - run.1 > 1.0;
                if on && o.3 != run.3 && !self.share_end(o.3, run.3) {
                    out.push(format!("links {} and {} lie on each other", o.3.min(run.3), o.3.max(run.3)));
                }
            }
            open.push(run);
        }
    }

    fn share_end(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.graph.links[a], &self.graph.links[b]);
        [a.from, a.to].iter().any(|m| *m == b.from || *m == b.to)
    }
}

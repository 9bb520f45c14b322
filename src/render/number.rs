//! The one place where numbers become text.

use std::fmt::Write;

/// At most two decimals, no trailing zeros, never `-0`; what is not finite becomes 0.
pub(super) fn number(value: f64) -> String {
    let mut out = String::new();
    push(&mut out, value);
    out
}

/// Appends a number, in the form of [`number`].
pub(super) fn push(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round();
    if !hundredths.is_finite() || hundredths == 0.0 {
        out.push('0');
        return;
    }
    let start = out.len();
    // Writing to a string cannot fail.
    let _ = write!(out, "{:.2}", hundredths / 100.0);
    let kept = out.get(start..).map_or(0, |text| text.trim_end_matches('0').trim_end_matches('.').len());
    out.truncate(start + kept);
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(0.126), "0.13");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(-2.5), "-2.5");
        assert_eq!(number(f64::NAN), "0");
    }
}

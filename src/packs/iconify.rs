//! Sets of icons in Iconify's JSON.

use super::PackError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A set as written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Set {
    /// Its name.
    pub(super) prefix: String,
    icons: BTreeMap<String, Icon>,
    #[serde(default)]
    aliases: BTreeMap<String, Alias>,
    #[serde(flatten)]
    frame: Frame,
    /// Seconds since 1970.
    last_modified: Option<i64>,
    info: Option<Info>,
}

/// Who made it, and on what terms.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Info {
    license: Option<License>,
    version: Option<String>,
}

#[derive(Debug, Deserialize)]
struct License {
    title: Option<String>,
    spdx: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Icon {
    body: String,
    #[serde(flatten)]
    frame: Frame,
}

/// Another name of an icon, perhaps turned.
#[derive(Debug, Deserialize)]
struct Alias {
    parent: String,
    #[serde(flatten)]
    frame: Frame,
}

/// The view box, in the drawing's units, and how the drawing is turned. What is not said is what the set, or the icon behind an alias, says.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    left: Option<f64>,
    top: Option<f64>,
    width: Option<f64>,
    height: Option<f64>,
    /// Quarter turns clockwise.
    #[serde(default)]
    rotate: i64,
    #[serde(default)]
    h_flip: bool,
    #[serde(default)]
    v_flip: bool,
}

impl Frame {
    /// This frame around one that lies within.
    fn over(self, inner: Self) -> Self {
        Self {
            left: self.left.or(inner.left),
            top: self.top.or(inner.top),
            width: self.width.or(inner.width),
            height: self.height.or(inner.height),
            rotate: self.rotate.wrapping_add(inner.rotate),
            h_flip: self.h_flip != inner.h_flip,
            v_flip: self.v_flip != inner.v_flip,
        }
    }
}

/// Longest chain of aliases.
const MOST_ALIASES: usize = 8;

impl Set {
    /// Reads a set.
    pub(super) fn parse(json: &[u8]) -> Result<Self, PackError> {
        serde_json::from_slice(json).map_err(|e| PackError::BadSet(e.to_string()))
    }

    /// Its licence, by its own words or those of the file beside it.
    pub(super) fn license(&self, beside: Option<&Info>) -> String {
        let named = |info: &Info| info.license.as_ref().and_then(|l| l.spdx.clone().or_else(|| l.title.clone()));
        self.info.as_ref().and_then(named).or_else(|| beside.and_then(named)).unwrap_or_default()
    }

    /// Its version, or the day on which it was last changed.
    pub(super) fn version(&self) -> String {
        let said = self.info.as_ref().and_then(|i| i.version.clone());
        said.or_else(|| self.last_modified.map(day)).unwrap_or_default()
    }

    /// All icons and aliases as SVG documents; in place of one, why it cannot be drawn.
    pub(super) fn drawings(&self) -> Vec<(String, Result<String, String>)> {
        let icons = self.icons.iter().map(|(name, icon)| (name.clone(), self.document(&icon.body, icon.frame)));
        let aliases = self.aliases.iter().map(|(name, alias)| (name.clone(), self.alias(alias)));
        icons.chain(aliases).collect()
    }

    fn alias(&self, alias: &Alias) -> Result<String, String> {
        let (mut parent, mut frame) = (&alias.parent, alias.frame);
        for _ in 0..MOST_ALIASES {
            if let Some(icon) = self.icons.get(parent) {
                return self.document(&icon.body, frame.over(icon.frame));
            }
            let Some(next) = self.aliases.get(parent) else { return Err(format!("there is no icon `{parent}`")) };
            frame = frame.over(next.frame);
            parent = &next.parent;
        }
        Err("its aliases lead in a circle".to_owned())
    }

    /// The drawing in its view box, turned as Iconify turns it: mirrored first, then rotated.
    fn document(&self, body: &str, frame: Frame) -> Result<String, String> {
        let frame = frame.over(Frame { rotate: 0, h_flip: false, v_flip: false, ..self.frame });
        let (mut left, mut top) = (frame.left.unwrap_or(0.0), frame.top.unwrap_or(0.0));
        let (mut width, mut height) = (frame.width.unwrap_or(16.0), frame.height.unwrap_or(16.0));
        let sound = [left, top, width, height].iter().all(|v| v.is_finite() && v.abs() < 1e6);
        if !sound || width <= 0.0 || height <= 0.0 {
            return Err("its size is not a size".to_owned());
        }
        let (mut turns, mut moves) = (frame.rotate.rem_euclid(4), Vec::new());
        match (frame.h_flip, frame.v_flip) {
            (true, true) => turns = (turns + 2) % 4,
            (true, false) => moves.push(format!("translate({} {}) scale(-1 1)", width + left, 0.0 - top)),
            (false, true) => moves.push(format!("translate({} {}) scale(1 -1)", 0.0 - left, height + top)),
            (false, false) => {}
        }
        if frame.h_flip != frame.v_flip {
            (left, top) = (0.0, 0.0);
        }
        let turn = match turns {
            1 => Some((90, height / 2.0 + top, height / 2.0 + top)),
            2 => Some((180, width / 2.0 + left, height / 2.0 + top)),
            3 => Some((-90, width / 2.0 + left, width / 2.0 + left)),
            _ => None,
        };
        if let Some((angle, x, y)) = turn {
            moves.insert(0, format!("rotate({angle} {x} {y})"));
        }
        if turns % 2 == 1 {
            (left, top, width, height) = (top, left, height, width);
        }
        let body =
            if moves.is_empty() { body.to_owned() } else { format!("<g transform=\"{}\">{body}</g>", moves.join(" ")) };
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"{left} {top} {width} {height}\" width=\"{width}\" height=\"{height}\">{body}</svg>"
        ))
    }
}

/// The licence in the `info.json` beside a set in its npm package.
pub(super) fn info(json: &[u8]) -> Option<Info> {
    serde_json::from_slice(json).ok()
}

/// The version in the `package.json` beside a set.
pub(super) fn package_version(json: &[u8]) -> Option<String> {
    let package: serde_json::Value = serde_json::from_slice(json).ok()?;
    package.get("version")?.as_str().map(str::to_owned)
}

/// The day of a time, as `2025-07-31`, by the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn day(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400).clamp(-100_000_000, 100_000_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_753_920_000), "2025-07-31");
    }

    #[test]
    fn aliases_are_turned_and_mirrored() {
        let json = br#"{"prefix":"x","height":8,"icons":{"a":{"body":"<path/>","width":4}},"aliases":{"b":{"parent":"a","rotate":1},"c":{"parent":"b","hFlip":true},"d":{"parent":"e"},"e":{"parent":"d"}}}"#;
        let drawings: BTreeMap<_, _> = Set::parse(json).map(|s| s.drawings()).unwrap_or_default().into_iter().collect();
        let of = |name: &str| drawings.get(name).and_then(|d| d.clone().ok()).unwrap_or_default();
        assert!(of("a").contains(r#"viewBox="0 0 4 8""#));
        assert!(of("b").contains(r#"viewBox="0 0 8 4""#) && of("b").contains("rotate(90 4 4)"));
        assert!(of("c").contains(r#"transform="rotate(90 4 4) translate(4 0) scale(-1 1)""#), "{}", of("c"));
        assert!(drawings["d"].is_err());
    }
}

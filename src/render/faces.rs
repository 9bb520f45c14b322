//! The fonts that an SVG of ours holds, for a renderer that does not read `@font-face` by itself.

use crate::text::woff;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::fontdb::{Database, Language, Source, Weight};
use std::sync::Arc;

/// How a rule of ours begins.
const RULE: &str = "@font-face{font-family:";

/// The fonts given and those that the SVG holds; `None` if it holds none.
pub(super) fn own_fonts(svg: &str, fonts: &Database) -> Option<Arc<Database>> {
    let (_, mut rest) = svg.split_once(RULE)?;
    let mut all = fonts.clone();
    loop {
        let (rule, next) = rest.split_once(RULE).map_or((rest, None), |(rule, next)| (rule, Some(next)));
        if let Some((name, weight, file)) = read(rule) {
            load(&mut all, name, weight, file);
        }
        let Some(next) = next else { break };
        rest = next;
    }
    Some(Arc::new(all))
}

/// Name, weight and file of a rule.
fn read(rule: &str) -> Option<(&str, u16, Vec<u8>)> {
    let name = rule.get(rule.find("Skyplan-")?..)?;
    let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
    let (_, weight) = rule.split_once("font-weight:")?;
    let weight = weight.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let (_, data) = rule.split_once("base64,")?;
    let data = data.split(')').next()?;
    Some((name, weight, woff::unpack(&STANDARD.decode(data).ok()?)?))
}

fn load(fonts: &mut Database, name: &str, weight: u16, file: Vec<u8>) {
    for id in fonts.load_font_source(Source::Binary(Arc::new(file))) {
        let Some(mut face) = fonts.face(id).cloned() else { continue };
        fonts.remove_face(id);
        face.families = vec![(name.to_owned(), Language::English_UnitedStates)];
        face.weight = Weight(weight);
        fonts.push_face_info(face);
    }
}

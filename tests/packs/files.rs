//! `icon = "./logo.svg"`.

use crate::folder::Folder;

/// An orange disc with things in it that no picture may hold.
const WILD: &str = r#"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY red "tomato">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"
 onload="alert(1)"><script>alert(2)</script><foreignObject><iframe src="https://evil.example/"/></foreignObject><image href="/etc/passwd" width="9" height="9"/>
 <rect width="10" height="5" fill="&red;"/></svg>"#;

fn diagram(icon: &str) -> String {
    format!("[service.shop]\nkind = \"server\"\nicon = \"{icon}\"\n")
}

/// A PNG of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="teal"/></svg>"#
    );
    let options = skyplan::render::PngOptions { zoom: skyplan::render::Zoom::Scale(1.0), ..Default::default() };
    skyplan::render::to_png(&svg, &options).unwrap()
}

#[test]
fn an_svg_is_cleaned_told_of_and_embedded() {
    let f = Folder::new();
    f.write("art/logo.svg", WILD);
    f.write("shop.toml", diagram("art/logo.svg"));
    let said = f.good(&["render", "shop.toml", "--format", "svg,png,pdf"]);
    assert!(said.contains("<foreignObject>, <iframe>, <image href>, <script>, onload"), "{said}");
    let svg = f.read("shop.svg");
    assert_eq!(svg.matches("href=\"data:image/svg+xml;base64,").count(), 1);
    for word in ["alert", "evil", "passwd", "ENTITY"] {
        assert!(!svg.contains(word), "the picture holds {word}");
    }
    f.bad(&["check", "shop.toml", "--deny-warnings"]);
}

#[test]
fn a_png_is_embedded_to_the_byte() {
    use base64::Engine as _;
    let f = Folder::new();
    let bytes = png(40, 20);
    f.write("logo.png", &bytes);
    f.write("shop.toml", diagram("./logo.png"));
    f.good(&["render", "shop.toml"]);
    assert!(f.read("shop.svg").contains(&base64::engine::general_purpose::STANDARD.encode(bytes)));
}

#[test]
fn an_icon_of_one_open_colour_takes_its_kinds() {
    let f = Folder::new();
    f.write("dot.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9" fill="currentColor"/></svg>"#);
    f.write("shop.toml", "[service.shop]\nkind = \"rds\"\nicon = \"dot.svg\"\n");
    f.good(&["render", "shop.toml"]);
    let svg = f.read("shop.svg");
    assert!(
        svg.contains("fill=\"currentColor\"") && svg.contains("color=\"#c925d1\"") && !svg.contains("data:image"),
        "{svg}"
    );
}

#[test]
fn what_is_no_icon_is_an_error_at_its_place() {
    let f = Folder::new();
    f.write("inside/shop.toml", "");
    f.write("outside.svg", WILD);
    f.write("inside/large.svg", format!("<svg>{}</svg>", " ".repeat(1 << 20)));
    f.write("inside/wide.png", png(2049, 1));
    f.write("inside/short.png", &png(40, 20)[..60]);
    f.write("inside/text.svg", "hello");
    f.write("inside/empty.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#);
    let cases = [
        ("none.svg", "there is no such file"),
        ("../outside.svg", "icons must lie below the diagram's folder"),
        ("/etc/passwd", "icons must lie below the diagram's folder"),
        ("inside", "there is no such file"),
        (".", "it is not a file"),
        ("large.svg", "1048576 are allowed"),
        ("wide.png", "2049 x 1 pixels"),
        ("short.png", "cannot be read"),
        ("text.svg", "neither SVG nor PNG"),
        ("empty.svg", "shows nothing"),
        ("nopack:thing", "no icon pack is called `nopack`"),
        ("skyplan:servr", "no kind is called `servr`"),
    ];
    for (icon, why) in cases {
        f.write("inside/shop.toml", diagram(icon));
        let said = f.bad(&["render", "inside/shop.toml"]);
        assert!(said.contains(why) && said.contains("inside/shop.toml:3:8"), "{icon}: {said}");
        assert!(!f.path("inside/shop.svg").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_lead_out_of_the_folder() {
    let f = Folder::new();
    f.write("outside.svg", WILD);
    f.write("inside/shop.toml", diagram("logo.svg"));
    std::os::unix::fs::symlink(f.path("outside.svg"), f.path("inside/logo.svg")).unwrap();
    assert!(f.bad(&["render", "inside/shop.toml"]).contains("icons must lie below the diagram's folder"));
}

#[test]
fn our_own_drawings_can_be_named() {
    let f = Folder::new();
    f.write("shop.toml", diagram("skyplan:lambda"));
    f.good(&["render", "shop.toml"]);
    assert!(f.read("shop.svg").contains("<symbol"));
}

#[test]
fn letters_of_an_icon_are_drawn_in_whatever_font_it_names() {
    let f = Folder::new();
    f.write("shop.toml", diagram("name.svg"));
    for font in ["Arial", "Georgia, serif", "monospace"] {
        f.write("name.svg", format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="15" font-family="{font}">한A</text></svg>"#));
        f.good(&["render", "shop.toml"]);
    }
}

//! Where things come to stand, in systems that a user could have written.

use skyplan::diagnostic::{Diagnostics, Source};
use skyplan::{Picture, PictureOptions, picture};

fn draw(text: &str) -> Picture {
    let mut findings = Diagnostics::default();
    let drawn = picture(&Source::new("x.toml", text), &PictureOptions::default(), &mut findings);
    drawn.unwrap_or_else(|| panic!("{:?}", findings.0))
}

const WIDE: &str = "[service.users]\n[cloud.aws]\n[service.alb]\nin = \"aws\"\n[group.more]\nin = \"aws\"\n\
    [service.sqs]\nin = \"more\"\n[service.sns]\nin = \"more\"\n[service.efs]\nin = \"more\"\n[links]\n";

#[test]
fn steps_stand_in_a_corner_that_the_drawing_leaves_free() {
    let bare = draw(&format!("{WIDE}\"users -> alb\" = \"\"\n"));
    let told = draw(&format!("{WIDE}\"users -> alb\" = {{ step = 1 }}\n[steps]\n1 = \"Users ask.\"\n"));
    assert!((told.scene.size.w - bare.scene.size.w).abs() < 40.0, "{:?} {:?}", told.scene.size, bare.scene.size);
}

#[test]
fn an_outline_is_as_wide_as_its_title_where_its_members_stand_over_each_other() {
    let drawn = draw(
        "flow = \"right\"\n[vpc.v]\n[az.a]\nin = \"v\"\n[az.b]\nin = \"v\"\n[service.ec2]\nlabel = \"x\"\nin = [\"a\", \"b\"]\n\
         [group.fleet]\nkind = \"auto-scaling\"\naround = [\"ec2\"]\n",
    );
    let span = &drawn.layout.spans[0];
    assert!(span.parts[0].holds(span.title, 0.01), "{span:?}");
}

#[test]
fn what_no_link_ranks_stands_beside_what_it_is_linked_to() {
    let drawn = draw(
        "[service.users]\n[service.alb]\n[service.ec2]\n[service.iam]\n[links]\n\"users -> alb -> ec2\" = \"\"\n\
         \"iam -- ec2\" = { rank = false }\n",
    );
    let y = |i: usize| drawn.layout.boxes[i].y;
    assert!((y(2) - y(3)).abs() < 0.01 && y(1) < y(3), "{:?}", drawn.layout.boxes);
}

#[test]
fn what_a_group_holds_stands_in_the_middle_under_a_longer_title() {
    let drawn = draw(
        "flow = \"right\"\n[group.g]\nlabel = \"A name that is longer than the thing\"\n[service.ec2]\nlabel = \"x\"\nin = \"g\"\n",
    );
    let (inner, outer) = (drawn.layout.boxes[0].center(), drawn.layout.groups[0].center());
    assert!((inner.x - outer.x).abs() < 1.0, "{:?}", drawn.layout);
}

//! The shape of whole drawings: what stands level, and what is set on shelves.

use super::hostile::{boxes, link};
use super::lay;
use skyplan::layout::{BoxId, GroupId, GroupNode, Layout, Member, Side};

/// A source above groups of three boxes each, which run from the first to the last.
fn branches(groups: usize) -> skyplan::layout::Graph {
    let mut graph = boxes(1 + 3 * groups, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); groups];
    for g in 0..groups {
        let first = 1 + 3 * g;
        (first..first + 3).for_each(|b| graph.boxes[b].parent = Some(GroupId(g as u32)));
        graph.links.extend([link(0, first), link(first, first + 1), link(first + 1, first + 2)]);
    }
    graph
}

fn tops(drawn: &Layout) -> Vec<f64> {
    drawn.groups.iter().map(|g| g.y).collect()
}

#[test]
fn groups_that_hang_on_one_source_stay_level_with_a_link_between_them() {
    let mut graph = branches(2);
    graph.links.push(link(2, 5));
    let tops = tops(&lay("peering", &graph));
    assert_eq!(tops[0], tops[1]);
}

#[test]
fn a_flow_from_one_of_them_into_the_other_still_runs_down() {
    let mut graph = branches(2);
    graph.links.push(link(3, 4));
    let drawn = lay("flow", &graph);
    assert!(drawn.boxes[4].y > drawn.boxes[3].bottom());
}

#[test]
fn a_row_of_groups_far_too_long_for_the_page_is_set_on_shelves() {
    let drawn = lay("shelves", &branches(40));
    let aspect = drawn.size.w / drawn.size.h;
    assert!((0.8..3.5).contains(&aspect), "aspect {aspect}");
    assert!(tops(&drawn).windows(2).all(|t| t[0] <= t[1]), "the first groups stand on the first shelf");
}

/// The middle of a rectangle across a downward flow.
fn middle(r: &skyplan::geometry::Rect) -> f64 {
    r.x + r.w / 2.0
}

#[test]
fn groups_that_links_join_stand_in_line() {
    let mut graph = boxes(4, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 4];
    (0..4).for_each(|b| graph.boxes[b].parent = Some(GroupId(b as u32)));
    let group = |g| Member::Group(GroupId(g));
    graph.links = (0..3).map(|g| skyplan::layout::Link { from: group(g), to: group(g + 1), ..link(0, 1) }).collect();
    let drawn = lay("chain", &graph);
    let first = middle(&drawn.groups[0]);
    assert!(drawn.groups.iter().all(|g| (middle(g) - first).abs() < 1.0), "{:?}", drawn.groups);
    assert!(drawn.links.iter().all(|l| l.points.len() == 2 && (l.points[0].x - first).abs() < 1.0));
}

#[test]
fn boxes_without_links_stand_in_rows_and_columns() {
    let mut graph = boxes(5, 60.0, 60.0);
    graph.groups = vec![GroupNode::default()];
    for (b, width) in [90.0, 40.0, 60.0, 30.0, 80.0].into_iter().enumerate() {
        graph.boxes[b].parent = Some(GroupId(0));
        graph.boxes[b].size.w = width;
        graph.boxes[b].core.w = width;
    }
    let drawn = lay("grid", &graph);
    assert_eq!([0, 1].map(|b| middle(&drawn.boxes[b])), [3, 4].map(|b| middle(&drawn.boxes[b])));
}

#[test]
fn rows_of_boxes_without_links_are_about_as_long_as_each_other() {
    for (count, rows) in [(4, [2, 2].as_slice()), (6, &[3, 3]), (7, &[4, 3]), (11, &[4, 4, 3])] {
        let mut graph = boxes(count, 60.0, 60.0);
        graph.groups = vec![GroupNode::default()];
        graph.boxes.iter_mut().for_each(|b| b.parent = Some(GroupId(0)));
        let drawn = lay("even", &graph);
        let mut tops: Vec<f64> = drawn.boxes.iter().map(|b| b.y).collect();
        tops.sort_by(f64::total_cmp);
        let found: Vec<usize> = tops.chunk_by(|a, b| a == b).map(<[f64]>::len).collect();
        assert_eq!(found, rows, "{count} boxes");
    }
}

#[test]
fn what_is_beyond_a_lower_wall_stands_below_it() {
    let mut graph = boxes(3, 60.0, 60.0);
    graph.groups = vec![GroupNode::default()];
    graph.boxes[2].parent = Some(GroupId(0));
    graph.boxes[1].border = Some((GroupId(0), Some(Side::Bottom)));
    graph.links = vec![link(0, 1), link(1, 2)];
    let drawn = lay("beyond", &graph);
    assert!(drawn.boxes[0].y > drawn.groups[0].bottom());
    assert!(drawn.links.iter().all(|l| l.points.len() == 2));
}

/// A box outside a group with a gateway in one of its walls, and a balancer before two targets inside.
fn behind_a_gateway(side: Side) -> skyplan::layout::Graph {
    let mut graph = boxes(5, 60.0, 60.0);
    graph.groups = vec![GroupNode::default()];
    (2..5).for_each(|b| graph.boxes[b].parent = Some(GroupId(0)));
    graph.boxes[1].border = Some((GroupId(0), Some(side)));
    graph.links = vec![link(0, 1), link(1, 2), link(2, 3), link(2, 4)];
    graph
}

/// Tops of the boxes of [`behind_a_gateway`].
fn heights(graph: &skyplan::layout::Graph) -> Vec<f64> {
    lay("gateway", graph).boxes.iter().map(|b| b.y).collect()
}

#[test]
fn behind_a_gateway_in_a_lower_wall_all_flows_upwards() {
    let y = heights(&behind_a_gateway(Side::Bottom));
    assert!(y[0] > y[1] && y[1] > y[2] && y[2] > y[3] && y[3] == y[4], "{y:?}");
}

#[test]
fn what_leaves_by_a_gateway_in_an_upper_wall_flows_upwards() {
    let mut graph = behind_a_gateway(Side::Top);
    graph.links.iter_mut().for_each(|l| std::mem::swap(&mut l.from, &mut l.to));
    let y = heights(&graph);
    assert!(y[0] < y[1] && y[1] < y[2] && y[2] < y[3] && y[3] == y[4], "{y:?}");
}

#[test]
fn what_is_also_entered_from_above_flows_downwards() {
    let mut graph = behind_a_gateway(Side::Bottom);
    graph.boxes.push(graph.boxes[0].clone());
    graph.links.push(link(5, 2));
    let y = heights(&graph);
    assert!(y[5] < y[2] && y[2] < y[3] && y[3] < y[1], "{y:?}");
}

#[test]
fn what_leads_back_to_its_gateway_flows_downwards() {
    let mut graph = behind_a_gateway(Side::Bottom);
    graph.links.push(link(3, 1));
    let y = heights(&graph);
    assert!(y[2] < y[3] && y[3] < y[1], "{y:?}");
}

#[test]
fn a_cycle_starts_where_it_is_entered() {
    let mut graph = boxes(5, 60.0, 60.0);
    graph.links = vec![link(1, 2), link(2, 3), link(3, 4), link(4, 1), link(0, 3)];
    let drawn = lay("cycle", &graph);
    assert!([1, 2, 4].iter().all(|&b| drawn.boxes[b].y > drawn.boxes[3].y));
}

#[test]
fn classes_that_share_a_member_have_groups_of_one_size() {
    let mut graph = boxes(6, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 3];
    [0, 0, 0, 1, 1, 2].into_iter().enumerate().for_each(|(b, g)| graph.boxes[b].parent = Some(GroupId(g)));
    let class = |a, b| vec![Member::Group(GroupId(a)), Member::Group(GroupId(b))];
    graph.classes = vec![class(2, 1), class(1, 0)];
    let drawn = lay("classes", &graph);
    assert!(drawn.groups.iter().all(|g| (g.w, g.h) == (drawn.groups[0].w, drawn.groups[0].h)));
}

#[test]
fn a_cycle_inside_a_group_starts_where_a_link_from_outside_enters_it() {
    // The longest way round would start at the second box, with as many links against the flow.
    let mut graph = boxes(5, 60.0, 60.0);
    graph.groups = vec![GroupNode::default()];
    (0..4).for_each(|b| graph.boxes[b].parent = Some(GroupId(0)));
    graph.links = vec![link(0, 1), link(1, 2), link(2, 3), link(1, 3), link(3, 0), link(4, 0)];
    let drawn = lay("entered", &graph);
    let tops: Vec<f64> = [4, 0, 1, 2, 3].into_iter().map(|b| drawn.boxes[b].y).collect();
    assert!(tops.windows(2).all(|t| t[0] < t[1]), "{tops:?}");
}

#[test]
fn rows_of_groups_one_below_the_other_are_set_on_shelves_of_about_one_width() {
    // Two linked groups, in each thirty groups of one box.
    let mut graph = boxes(60, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 2];
    for b in 0..60 {
        graph.groups.push(GroupNode { parent: Some(GroupId(b as u32 / 30)), ..GroupNode::default() });
        graph.boxes[b].parent = Some(GroupId(2 + b as u32));
    }
    let group = |g| Member::Group(GroupId(g));
    graph.links = vec![skyplan::layout::Link { from: group(0), to: group(1), ..link(0, 1) }];
    let drawn = lay("two rows", &graph);
    let (aspect, widths) = (drawn.size.w / drawn.size.h, [0, 1].map(|g| drawn.groups[g].w));
    assert!((0.8..4.0).contains(&aspect), "aspect {aspect}");
    assert!(widths[0] < 1.2 * widths[1] && widths[1] < 1.2 * widths[0], "{widths:?}");
}

#[test]
fn tiers_of_a_zone_are_of_one_width_where_there_is_room() {
    // Two zones of two tiers: three boxes above two.
    let mut graph = boxes(10, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 2];
    for zone in 0..2 {
        for (tier, members) in [(0, 0..3), (1, 3..5)] {
            let tier = GroupId(2 + 2 * zone + tier);
            graph.groups.push(GroupNode { parent: Some(GroupId(zone)), ..GroupNode::default() });
            members.for_each(|b| graph.boxes[5 * zone as usize + b].parent = Some(tier));
        }
        let first = 5 * zone as usize;
        graph.links.extend([link(first, first + 3), link(first + 2, first + 4)]);
    }
    let group = |g| Member::Group(GroupId(g));
    graph.classes = vec![vec![group(0), group(1)], vec![group(2), group(4)], vec![group(3), group(5)]];
    let drawn = lay("tiers", &graph);
    assert!(drawn.groups[2..].windows(2).all(|pair| pair[0].w == pair[1].w), "{:?}", drawn.groups);
    assert!(drawn.links.iter().all(|l| l.points.len() == 2), "links between the tiers are straight");
}

#[test]
fn a_box_without_links_stands_under_the_title_that_a_link_passes() {
    let mut graph = boxes(3, 60.0, 60.0);
    graph.groups = vec![GroupNode { title: skyplan::geometry::Size::new(180.0, 20.0), ..GroupNode::default() }];
    [1, 2].into_iter().for_each(|b| graph.boxes[b].parent = Some(GroupId(0)));
    graph.links = vec![link(0, 1)];
    let drawn = lay("tucked", &graph);
    assert!(drawn.boxes[2].right() < drawn.boxes[1].x, "{:?}", drawn.boxes);
    assert!(drawn.boxes[2].x < drawn.titles[0].right(), "{:?} under {:?}", drawn.boxes[2], drawn.titles[0]);
}

#[test]
fn a_box_without_links_stands_where_its_row_has_room() {
    // Two boxes over a wide and a narrow one of an inner group; behind the right one, where the file puts it, a free box would make the outer group wider.
    let mut graph = boxes(5, 60.0, 60.0);
    for (b, width) in [(2, 70.0), (3, 300.0)] {
        graph.boxes[b].size.w = width;
        graph.boxes[b].core.w = width;
    }
    graph.groups = vec![GroupNode::default(), GroupNode { parent: Some(GroupId(0)), ..GroupNode::default() }];
    for (b, group) in [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1)] {
        graph.boxes[b].parent = Some(GroupId(group));
    }
    graph.links = vec![link(0, 3), link(1, 4)];
    let drawn = lay("room", &graph);
    assert!(drawn.boxes[2].right() < drawn.boxes[1].x, "{:?}", drawn.boxes);
    assert!(drawn.links.iter().all(|l| l.points.len() == 2), "links are straight");
    assert!(drawn.groups[0].w < drawn.groups[1].w + 60.0, "{:?}", drawn.groups);
}

#[test]
fn a_box_without_links_stands_in_line_with_a_member_of_its_group() {
    // Beside an inner group of three rows stand two boxes in the first row, one in the second, and in the third a free one.
    let mut graph = boxes(8, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(), GroupNode { parent: Some(GroupId(0)), ..GroupNode::default() }];
    for (b, group) in [(0, 1), (1, 1), (2, 1), (3, 0), (4, 0), (5, 0), (6, 0)] {
        graph.boxes[b].parent = Some(GroupId(group));
    }
    graph.links = vec![link(0, 1), link(1, 2), link(3, 4), link(7, 0), link(7, 3), link(7, 5)];
    let drawn = lay("in line", &graph);
    let own = middle(&drawn.boxes[6]);
    assert!(drawn.boxes[6].y > drawn.boxes[4].y, "the free box has a row of its own");
    assert!([3, 4, 5].into_iter().any(|b| middle(&drawn.boxes[b]) == own), "{:?}", drawn.boxes);
}

#[test]
fn walls_of_neighbours_that_would_stand_a_hair_apart_stand_in_line() {
    // Two groups in one row, one of them with a group around what it holds.
    let mut graph = boxes(3, 60.0, 60.0);
    graph.groups = vec![
        GroupNode::default(),
        GroupNode::default(),
        GroupNode { parent: Some(GroupId(1)), ..GroupNode::default() },
    ];
    for (b, group) in [(0, 0), (1, 2)] {
        graph.boxes[b].parent = Some(GroupId(group));
    }
    graph.links = vec![link(2, 0), link(2, 1)];
    let drawn = lay("in line", &graph);
    let walls = [0, 1].map(|g| (drawn.groups[g].y, drawn.groups[g].bottom()));
    assert_eq!(walls[0], walls[1], "{:?}", drawn.groups);
}

#[test]
fn a_label_stands_straight_with_the_hub_that_its_link_leads_to() {
    // Two copies of a group, each with a box over another; from the upper ones links lead to one box between the groups, one of them with a label.
    let mut graph = boxes(5, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 2];
    for (b, group) in [(0, 0), (1, 1), (2, 0), (3, 1)] {
        graph.boxes[b].parent = Some(GroupId(group));
    }
    graph.links = vec![link(0, 2), link(1, 3), link(0, 4), link(1, 4)];
    graph.links[2].label = Some(skyplan::geometry::Size::new(40.0, 16.0));
    let (member, group) = (|b| Member::Box(BoxId(b)), |g| Member::Group(GroupId(g)));
    graph.classes = vec![vec![group(0), group(1)], vec![member(0), member(1)], vec![member(2), member(3)]];
    let drawn = lay("hub", &graph);
    let end = drawn.links[2].points[drawn.links[2].points.len() - 1];
    assert_eq!(drawn.links[2].label.map(|l| middle(&l)), Some(end.x), "{:?}", drawn.links[2]);
}

/// Two zones of one class: a web server over a database and a cache in each, and a wide box below; both web servers use the first database, and a box
/// without links stands beside each of them.
fn zones() -> skyplan::layout::Graph {
    let mut graph = boxes(11, 60.0, 60.0);
    graph.groups = vec![GroupNode::default(); 2];
    let [web, database, cache, free, wide] = [[1, 5], [2, 7], [3, 6], [4, 8], [9, 10]];
    let tiers = [web, database, cache, free, wide];
    for pair in tiers {
        (0..2).for_each(|zone| graph.boxes[pair[zone]].parent = Some(GroupId(zone as u32)));
    }
    for b in wide {
        graph.boxes[b].size.w = 400.0;
        graph.boxes[b].core.w = 400.0;
    }
    for zone in 0..2 {
        let to = [(0, web[zone]), (web[zone], database[0]), (web[zone], cache[zone]), (database[zone], wide[zone])];
        graph.links.extend(to.map(|(a, b)| link(a, b)));
    }
    graph.links.push(skyplan::layout::Link { rank: false, ..link(database[0], database[1]) });
    graph.classes = tiers.iter().map(|pair| pair.map(|b| Member::Box(BoxId(b as u32))).to_vec()).collect();
    graph.classes.push([0, 1].map(|g| Member::Group(GroupId(g))).to_vec());
    graph
}

#[test]
fn copies_stand_at_one_place_of_their_groups() {
    let drawn = lay("zones", &zones());
    let place = |b: usize, g: usize| drawn.boxes[b].x - drawn.groups[g].x;
    assert_eq!(place(1, 0), place(5, 1), "the web servers: {:?}", drawn.boxes);
    assert_eq!(place(4, 0), place(8, 1), "the boxes without links: {:?}", drawn.boxes);
    let fan = (middle(&drawn.boxes[1]) + middle(&drawn.boxes[5])) / 2.0;
    assert_eq!(middle(&drawn.boxes[0]), fan, "the source is over the middle of both");
}

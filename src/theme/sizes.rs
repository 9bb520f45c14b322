//! Lengths of the look, in CSS pixels unless said otherwise.

/// Defines [`Sizes`] from one table: name, default, meaning.
macro_rules! sizes {
    ($($(#[$doc:meta])+ $name:ident = $default:expr;)+) => {
        /// Lengths in CSS pixels; ratios have no unit.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Sizes {
            $($(#[$doc])+ pub $name: f64,)+
        }

        impl Default for Sizes {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Sizes {
            /// Names of all lengths, as a theme file writes them, in the order of this page.
            pub const NAMES: &[&str] = &[$(stringify!($name),)+];

            /// The length of that name.
            pub fn named_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

sizes! {
    /// Edge of a service's icon; default 48.
    icon = 48.0;
    /// Edge of the white pictogram on a service's tile, as a part of the tile's; default 0.78.
    pictogram = 0.78;
    /// Width at which captions are broken; default 112.
    caption_width = 112.0;
    /// Width up to which a single word may widen a caption before it is broken; default 160.
    word_width = 160.0;
    /// From an icon to its caption; default 6.
    caption_gap = 6.0;
    /// Edge of a group's badge, and least height of its title's strip; default 26.
    badge = 26.0;
    /// From a badge to the group's name; default 7.
    badge_gap = 7.0;
    /// Width at which group names are broken; default 300.
    group_title_width = 300.0;
    /// Above and below a group's name that has no badge; default 6.
    title_margin = 6.0;
    /// Width at which link labels are broken; default 110.
    label_width = 110.0;
    /// Around a link's label, so that it never touches a line; default 2.
    label_margin = 2.0;
    /// Radius of a step's disc; default 9.
    step_radius = 9.0;
    /// From a step's disc to the label beside it; default 4.
    step_gap = 4.0;
    /// Width of a column of prose (steps, notes, legend); default 264.
    prose_width = 264.0;
    /// Between two entries of prose; default 10.
    prose_gap = 10.0;
    /// Between steps, legend and notes; default 24.
    section_gap = 24.0;
    /// From the drawing to the prose beside or under it; default 32.
    panel_gap = 32.0;
    /// Height that a drawing usually has: what a column of prose beside it takes of the page's proportions follows from it; default 720.
    usual_height = 720.0;
    /// From the page's edge to everything; default 20.
    margin = 20.0;
    /// From the title to the subtitle; default 3.
    subtitle_gap = 3.0;
    /// From the heading to the drawing; default 18.
    heading_gap = 18.0;
    /// Width at which the heading is broken; default 760.
    heading_width = 760.0;

    /// Text size of the picture's title; default 22.
    title_text = 22.0;
    /// Text size of the subtitle; default 14.
    subtitle_text = 14.0;
    /// Text size of groups' names; default 12.
    group_text = 12.0;
    /// Text size of services' names; default 12.
    caption_text = 12.0;
    /// Text size of services' second lines; default 11.5.
    note_text = 11.5;
    /// Text size of labels on links; default 11.5.
    label_text = 11.5;
    /// Text size of the numbers in steps' discs; default 11.5.
    step_text = 11.5;
    /// Text size of prose; default 12.
    prose_text = 12.0;
    /// Height of a line, in parts of its text size; default 1.25.
    leading = 1.25;
    /// Height of a line of prose, in parts of its text size; default 1.45.
    prose_leading = 1.45;

    /// Width of links; default 1.25.
    link = 1.25;
    /// Radius of links' corners; default 5.
    link_radius = 5.0;
    /// Length of an arrowhead along its link; default 6.5.
    head_length = 6.5;
    /// Width of an arrowhead across its link; default 8.
    head_width = 8.0;
    /// From the end of a link to the icon it points at; default 3.
    link_gap = 3.0;
    /// Radius of the arc where a link jumps over an unrelated one; 0 for plain crossings; default 4.
    hop = 4.0;
    /// Width of groups' borders; default 1.25.
    border = 1.25;
    /// Width of the ground left free around texts that stand on lines; default 3.
    halo = 3.0;

    /// Between neighbours of one layer; default 32.
    gap_within = 32.0;
    /// Between layers; default 48.
    gap_between = 48.0;
    /// From a group's border to what it holds; default 12.
    group_padding = 12.0;
    /// Between two parallel links, and from a link to a box; default 10.
    track = 10.0;
}

impl Sizes {
    /// Room left of a step's text: the disc and a gap.
    pub fn step_indent(&self) -> f64 {
        2.0 * self.step_radius + self.prose_gap
    }

    /// Room left of a note's text.
    pub fn note_indent(&self) -> f64 {
        self.prose_gap
    }

    /// Room left of a legend row's text: the sample and a gap.
    pub fn legend_indent(&self) -> f64 {
        36.0 + self.prose_gap
    }
}

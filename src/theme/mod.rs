//! Every colour, gap and size of the picture, with unit and default.

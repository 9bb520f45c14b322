//! Layout -> Scene: shapes at fixed positions, back to front.

//! Pages as a reader meets them, in a headless Chromium. Without one on PATH these tests say so and pass.

mod chrome;
mod page;
mod preview;

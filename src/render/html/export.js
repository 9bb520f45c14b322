// A page with one picture.
(() => {
  'use strict';
  const stage = document.querySelector('.stage'), bar = document.querySelector('.bar'), scale = bar.querySelector('.scale');
  let view = null;
  // The bar first: what is left is the picture's room.
  bar.hidden = false;
  const flow = createFlow(stage, bar.querySelector('.steps'), parts => view?.reveal(parts));
  flow.take(JSON.parse(document.querySelector('.data').textContent));
  view = createView(stage, k => { scale.textContent = Math.round(k * 100) + ' %'; });
  for (const name of ['zoomIn', 'zoomOut', 'fit']) bar.querySelector('.' + name).addEventListener('click', view[name]);
})();

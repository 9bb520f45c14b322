// A page with one picture.
(() => {
  'use strict';
  const stage = document.querySelector('.stage'), bar = document.querySelector('.bar');
  // The bar first: what is left is the picture's room.
  bar.hidden = false;
  createFlow(stage, bar.querySelector('.steps')).take(JSON.parse(document.querySelector('.data').textContent));
  const view = createView(stage);
  for (const name of ['zoomIn', 'zoomOut', 'fit']) bar.querySelector('.' + name).addEventListener('click', view[name]);
})();

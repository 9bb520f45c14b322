// A page with one picture.
(() => {
  'use strict';
  const stage = document.querySelector('.stage'), bar = document.querySelector('.bar');
  const view = createView(stage);
  createFlow(stage, bar.querySelector('.steps')).take(JSON.parse(document.querySelector('.data').textContent));
  for (const name of ['zoomIn', 'zoomOut', 'fit']) bar.querySelector('.' + name).addEventListener('click', view[name]);
  bar.hidden = false;
})();

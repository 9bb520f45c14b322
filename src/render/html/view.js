// A picture that can be moved and zoomed. `stage` is the element around it; its first <svg> is the picture. `told` hears of every zoom.
function createView(stage, told) {
  'use strict';
  const MOST = 16, LEAST = 0.02, STEP = 1.25, MARGIN = 24;
  let svg = null, size = { w: 1, h: 1 }, at = { x: 0, y: 0, k: 1 }, fitted = true;
  const pointers = new Map();

  function show() {
    if (svg) svg.style.transform = `translate(${at.x}px,${at.y}px) scale(${at.k})`;
    told(at.k);
  }
  // The whole picture, in the middle.
  function fit() {
    const box = stage.getBoundingClientRect(), margin = 16;
    const k = Math.min((box.width - 2 * margin) / size.w, (box.height - 2 * margin) / size.h, 2);
    at.k = Math.max(k, LEAST);
    at.x = (box.width - size.w * at.k) / 2;
    at.y = (box.height - size.h * at.k) / 2;
    fitted = true;
    show();
  }
  // Zooms so that the point under (x, y) stays where it is.
  function zoom(factor, x, y) {
    const box = stage.getBoundingClientRect();
    const px = x === undefined ? box.width / 2 : x - box.left, py = y === undefined ? box.height / 2 : y - box.top;
    const k = Math.min(Math.max(at.k * factor, LEAST), MOST);
    at.x = px - (px - at.x) * (k / at.k);
    at.y = py - (py - at.y) * (k / at.k);
    at.k = k;
    fitted = false;
    show();
  }
  function move(dx, dy) {
    at.x += dx;
    at.y += dy;
    fitted = false;
    show();
  }
  // Moves as little as brings these parts into sight, and zooms out where they are larger than the window.
  function reveal(parts) {
    const window = stage.getBoundingClientRect(), all = () => {
      const boxes = [...parts].map(part => part.getBoundingClientRect()).filter(b => b.width || b.height);
      const [x, y] = [Math.min(...boxes.map(b => b.left)), Math.min(...boxes.map(b => b.top))];
      return { x, y, w: Math.max(...boxes.map(b => b.right)) - x, h: Math.max(...boxes.map(b => b.bottom)) - y, some: boxes.length > 0 };
    };
    let box = all();
    const inside = box.x >= window.left && box.x + box.w <= window.right && box.y >= window.top && box.y + box.h <= window.bottom;
    if (!box.some || inside) return;
    const k = Math.min((window.width - 2 * MARGIN) / box.w, (window.height - 2 * MARGIN) / box.h);
    if (k < 1) {
      zoom(k);
      box = all();
    }
    const shift = (from, size, low, high) => Math.max(low + MARGIN - from, 0) || Math.min(high - MARGIN - from - size, 0);
    move(shift(box.x, box.w, window.left, window.right), shift(box.y, box.h, window.top, window.bottom));
  }
  // Takes the stage's picture, a new one at the place of the old one.
  function take() {
    const first = svg === null;
    svg = stage.querySelector('svg');
    if (!svg) return;
    const old = size;
    size = { w: svg.width.baseVal.value || 1, h: svg.height.baseVal.value || 1 };
    if (first || (fitted && (old.w !== size.w || old.h !== size.h))) fit();
    else show();
  }

  stage.classList.add('live');
  // A browser scrolls to what gets the focus; here the picture moves instead.
  stage.addEventListener('scroll', () => stage.scrollTo(0, 0));
  stage.addEventListener('focusin', e => {
    stage.scrollTo(0, 0);
    if (e.target.matches(':focus-visible')) reveal([e.target]);
  });
  stage.addEventListener('wheel', e => {
    e.preventDefault();
    const lines = e.deltaMode === 1 ? 16 : e.deltaMode === 2 ? 400 : 1;
    zoom(Math.exp(-e.deltaY * lines * (e.ctrlKey ? 0.01 : 0.0015)), e.clientX, e.clientY);
  }, { passive: false });
  stage.addEventListener('pointerdown', e => {
    if (e.button === 0) pointers.set(e.pointerId, { x: e.clientX, y: e.clientY, far: 0 });
  });
  stage.addEventListener('pointermove', e => {
    const one = pointers.get(e.pointerId);
    if (!one) return;
    const other = [...pointers].find(([id]) => id !== e.pointerId);
    const dx = e.clientX - one.x, dy = e.clientY - one.y;
    if (other) {
      const o = other[1], before = Math.hypot(one.x - o.x, one.y - o.y), now = Math.hypot(e.clientX - o.x, e.clientY - o.y);
      if (before > 0) zoom(now / before, (e.clientX + o.x) / 2, (e.clientY + o.y) / 2);
      move(dx / 2, dy / 2);
    } else {
      // A click may tremble; only a pull takes the pointer.
      one.far += Math.abs(dx) + Math.abs(dy);
      if (one.far > 3 && !stage.hasPointerCapture(e.pointerId)) stage.setPointerCapture(e.pointerId);
      if (one.far > 3) move(dx, dy);
    }
    one.x = e.clientX;
    one.y = e.clientY;
  });
  for (const end of ['pointerup', 'pointercancel']) stage.addEventListener(end, e => pointers.delete(e.pointerId));
  stage.addEventListener('dblclick', e => zoom(STEP * STEP, e.clientX, e.clientY));
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (e.key === '+' || e.key === '=') zoom(STEP);
    else if (e.key === '-') zoom(1 / STEP);
    else if (e.key === '0') fit();
    else if (moves[e.key]) {
      // Lists that scroll keep their keys.
      if (e.target.closest?.('nav, .findings')) return;
      move(...moves[e.key]);
    } else return;
    e.preventDefault();
  });
  new ResizeObserver(() => { if (fitted) fit(); }).observe(stage);
  take();
  return { fit, take, reveal, forget: () => { svg = null; }, zoomIn: () => zoom(STEP), zoomOut: () => zoom(1 / STEP) };
}

// Lights up what belongs together: the links of a service under the pointer, and the flow of a system step by step.
// `data` is {ties: [{link, from, to, step}], steps: [{number, text}]}; all ids are those of parts of the picture. `reveal` brings parts into sight.
function createFlow(stage, bar, reveal) {
  'use strict';
  let data = { ties: [], steps: [] }, byId = new Map(), touching = new Map(), numbers = [], step = null, pinned = null, svg = null;
  const text = bar.querySelector('.step-text'), buttons = [bar.querySelector('.previous'), bar.querySelector('.next')];

  function light(ids) {
    for (const lit of stage.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (svg) svg.classList.toggle('dim', ids !== null);
    for (const id of ids || []) byId.get(id)?.classList.add('lit');
  }
  function around(id) {
    const ids = new Set([id]);
    for (const tie of touching.get(id) || []) ids.add(tie.link).add(tie.from).add(tie.to);
    return ids;
  }
  function ofStep(number) {
    const ids = new Set(['_step-' + number]);
    for (const tie of data.ties) if (tie.step === number) ids.add(tie.link).add(tie.from).add(tie.to);
    return ids;
  }
  // What is lit when nothing is under the pointer.
  function rest() {
    light(pinned !== null ? around(pinned) : step !== null ? ofStep(numbers[step]) : null);
  }
  function tell() {
    const told = step === null ? '' : (data.steps.find(s => s.number === numbers[step]) || { text: '' }).text;
    const idle = (bar.dataset.idle || '').replace('{n}', numbers.length);
    text.textContent = step === null ? idle : numbers[step] + (told ? '. ' + told : '');
    bar.classList.toggle('walking', step !== null);
  }
  function go(to) {
    step = to === null || to < 0 || to >= numbers.length ? null : to;
    pin(null);
    tell();
    // The text beside the picture says the same as the bar: only the links and their ends have to be seen.
    if (step !== null) reveal(data.ties.filter(t => t.step === numbers[step]).flatMap(t => [t.from, t.to]).map(id => byId.get(id)).filter(Boolean));
  }
  function pin(id) {
    byId.get(pinned)?.removeAttribute('aria-pressed');
    pinned = id;
    byId.get(pinned)?.setAttribute('aria-pressed', 'true');
    rest();
  }
  const next = () => go(step === null ? 0 : step + 1);
  const previous = () => go(step === null ? numbers.length - 1 : step - 1);
  const serviceAt = e => e.target.closest?.('svg g.service');

  // A service that has links can be reached with the keys, and is told by its name; one that leads elsewhere is a link already.
  function offer(service) {
    if (service.querySelector('a')) return;
    const name = [...service.querySelectorAll('text')].map(t => t.textContent.trim()).join(' ');
    for (const [key, value] of [['tabindex', '0'], ['role', 'button'], ['aria-label', name]]) service.setAttribute(key, value);
  }
  // Takes the stage's picture and what is known of it; the step and the service stay lit, if they are still there.
  function take(given) {
    const number = step === null ? null : numbers[step];
    svg = stage.querySelector('svg');
    data = given;
    byId = new Map();
    for (const part of svg ? svg.querySelectorAll('g[id]') : []) byId.set(part.id, part);
    touching = new Map();
    for (const tie of data.ties)
      for (const end of [tie.from, tie.to]) touching.set(end, [...(touching.get(end) || []), tie]);
    // As one image its parts could not be reached.
    svg?.setAttribute('role', 'group');
    for (const id of touching.keys()) if (byId.get(id)?.classList.contains('service')) offer(byId.get(id));
    const all = data.steps.map(s => s.number).concat(data.ties.map(t => t.step).filter(n => n !== null));
    numbers = [...new Set(all)].sort((a, b) => a - b);
    bar.hidden = numbers.length === 0;
    step = numbers.includes(number) ? numbers.indexOf(number) : null;
    tell();
    pin(byId.has(pinned) ? pinned : null);
  }

  stage.addEventListener('pointerover', e => { const s = serviceAt(e); if (s && e.buttons === 0) light(around(s.id)); });
  stage.addEventListener('pointerout', e => { if (serviceAt(e)) rest(); });
  stage.addEventListener('focusin', e => { const s = serviceAt(e); if (s) light(around(s.id)); });
  stage.addEventListener('focusout', rest);
  const press = e => {
    const s = serviceAt(e);
    pin(s && pinned !== s.id ? s.id : null);
  };
  stage.addEventListener('click', press);
  buttons[0].addEventListener('click', previous);
  buttons[1].addEventListener('click', next);
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    if (e.key === 'n') next();
    else if (e.key === 'p') previous();
    else if (e.key === 'Escape') go(null);
    else if ((e.key === 'Enter' || e.key === ' ') && e.target.matches?.('g.service')) press(e);
    else return;
    e.preventDefault();
  });
  return { take };
}

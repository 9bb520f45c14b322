// Lights up what belongs together: the links of a service under the pointer, and the flow of a system step by step.
// `data` is {ties: [{link, from, to, step}], steps: [{number, text}]}; all ids are those of parts of the picture.
function createFlow(stage, bar) {
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
  function go(to) {
    step = to === null || to < 0 || to >= numbers.length ? null : to;
    pinned = null;
    rest();
    const told = step === null ? '' : (data.steps.find(s => s.number === numbers[step]) || { text: '' }).text;
    text.textContent = step === null ? '' : numbers[step] + (told ? '. ' + told : '');
    bar.classList.toggle('walking', step !== null);
  }
  const next = () => go(step === null ? 0 : step + 1);
  const previous = () => go(step === null ? numbers.length - 1 : step - 1);
  const serviceAt = e => e.target.closest?.('svg g.service');

  // Takes the stage's picture and what is known of it; the step stays where it was, if it is still there.
  function take(given) {
    const number = step === null ? null : numbers[step];
    svg = stage.querySelector('svg');
    data = given;
    byId = new Map();
    for (const part of svg ? svg.querySelectorAll('g[id]') : []) byId.set(part.id, part);
    touching = new Map();
    for (const tie of data.ties)
      for (const end of [tie.from, tie.to]) touching.set(end, [...(touching.get(end) || []), tie]);
    for (const id of touching.keys()) if (byId.get(id)?.classList.contains('service')) byId.get(id).setAttribute('tabindex', '0');
    const all = data.steps.map(s => s.number).concat(data.ties.map(t => t.step).filter(n => n !== null));
    numbers = [...new Set(all)].sort((a, b) => a - b);
    bar.hidden = numbers.length === 0;
    if (!byId.has(pinned)) pinned = null;
    go(number === null || !numbers.includes(number) ? null : numbers.indexOf(number));
  }

  stage.addEventListener('pointerover', e => { const s = serviceAt(e); if (s && e.buttons === 0) light(around(s.id)); });
  stage.addEventListener('pointerout', e => { if (serviceAt(e)) rest(); });
  stage.addEventListener('focusin', e => { const s = serviceAt(e); if (s) light(around(s.id)); });
  stage.addEventListener('focusout', rest);
  stage.addEventListener('click', e => {
    const s = serviceAt(e);
    pinned = s && pinned !== s.id ? s.id : null;
    rest();
  });
  buttons[0].addEventListener('click', previous);
  buttons[1].addEventListener('click', next);
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    if (e.key === 'n') next();
    else if (e.key === 'p') previous();
    else if (e.key === 'Escape') { pinned = null; go(null); }
  });
  return { take };
}

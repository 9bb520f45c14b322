// The preview: asks for the list and for a picture whenever the server tells of a change.
(() => {
  'use strict';
  const find = selector => document.querySelector(selector);
  const stage = find('.stage'), panel = find('.findings'), status = find('.status');
  const view = createView(stage), flow = createFlow(stage, find('footer .steps'));
  const selects = { diagram: find('select.diagram'), lang: find('select.lang'), theme: find('select.theme'), view: find('select.view') };
  // What was chosen, and what can be had of it now: a diagram that is gone for a moment is chosen still.
  const chosen = Object.fromEntries(new URLSearchParams(location.hash.slice(1))), wish = { ...chosen };
  let list = { diagrams: [], themes: [] }, asked = 0, shown = '';

  for (const name of ['zoomIn', 'zoomOut', 'fit']) find('footer .' + name).addEventListener('click', view[name]);
  for (const [name, select] of Object.entries(selects))
    select.addEventListener('change', () => {
      chosen[name] = select.value;
      if (name === 'diagram') chosen.view = '';
      fill();
      draw();
    });

  function options(name, values, own) {
    const select = selects[name], all = own === null ? values : ['', ...values];
    wish[name] = all.includes(chosen[name]) ? chosen[name] : all[0] ?? '';
    select.replaceChildren(...all.map(value => new Option(value === '' ? own : value, value, false, value === wish[name])));
    select.parentElement.hidden = all.length < 2;
  }
  function fill() {
    options('diagram', list.diagrams.map(d => d.name), null);
    const one = list.diagrams.find(d => d.name === wish.diagram) || { languages: [], views: [], sound: true };
    options('theme', list.themes, 'its own');
    // Half a file names half of its languages.
    if (one.sound) {
      options('lang', one.languages, 'its own');
      options('view', one.views, 'whole system');
    }
    location.replace('#' + new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)));
    document.title = wish.diagram ? wish.diagram + ' – Skyplan' : 'Skyplan';
  }

  // What is wrong, with the line it is about; all of it as text.
  function element(tag, kind, ...content) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }
  function finding(f) {
    const article = element('article', '', element('span', f.severity, `${f.severity}[${f.code}]`), ': ' + f.message);
    if (f.file !== null) article.append(element('div', 'where', `${f.file}:${f.line}:${f.column}`));
    if (f.excerpt) {
      const { text, from, to } = f.excerpt, letters = [...text];
      const part = (a, b) => letters.slice(a, b).join('');
      article.append(element('pre', '', `${f.line} | `, part(0, from), element('mark', '', part(from, to)), part(to)));
    }
    if (f.help) article.append(element('div', 'help', 'help: ' + f.help));
    return article;
  }
  function report(findings) {
    panel.replaceChildren(...findings.map(finding));
    panel.hidden = findings.length === 0;
    panel.classList.toggle('mild', !findings.some(f => f.severity === 'error'));
  }

  async function draw() {
    const turn = ++asked;
    if (!wish.diagram) {
      stage.replaceChildren();
      report([]);
      status.textContent = 'no diagrams yet: save a .toml file here';
      return;
    }
    const answer = await fetch('/picture?' + new URLSearchParams(wish), { cache: 'no-store' });
    if (turn !== asked) return;
    if (!answer.ok) return;
    const drawn = await answer.json();
    if (turn !== asked) return;
    if (drawn.svg !== null) {
      const svg = new DOMParser().parseFromString(drawn.svg, 'image/svg+xml').documentElement;
      stage.replaceChildren(document.importNode(svg, true));
      // Another picture begins in the middle; the same one stays where it was.
      const now = wish.diagram + '\n' + (wish.view || '');
      if (shown !== now) view.forget();
      shown = now;
      view.take();
      flow.take(drawn.flow);
      status.textContent = `drawn in ${drawn.ms.toFixed(0)} ms`;
    } else {
      status.textContent = 'not drawn';
    }
    stage.classList.toggle('broken', drawn.svg === null);
    report(drawn.findings);
    document.body.dataset.drawn = String(Number(document.body.dataset.drawn || 0) + 1);
  }
  async function refresh() {
    try {
      // The list and the picture are asked for at once: a save is seen sooner.
      const [answer] = await Promise.all([fetch('/list', { cache: 'no-store' }), wish.diagram ? draw() : null]);
      const before = JSON.stringify(wish);
      list = await answer.json();
      fill();
      if (JSON.stringify(wish) !== before || !wish.diagram) await draw();
    } catch {
      status.textContent = 'the server does not answer';
    }
  }
  const events = new EventSource('/events');
  events.onmessage = refresh;
  events.onerror = () => { status.textContent = 'the server does not answer'; };
})();

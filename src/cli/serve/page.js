// The preview: asks for the list and for a picture whenever the server tells of a change.
(() => {
  'use strict';
  const ENGLISH = {
    view: 'View', lang: 'Language', theme: 'Theme', usual: 'default', whole: 'whole system', diagrams: 'Diagrams', search: 'Find a diagram',
    findings: 'Findings', zoomOut: 'Zoom out (-)', zoomIn: 'Zoom in (+)', fit: 'Fit (0)', previous: 'Previous step (p)', next: 'Next step (n)',
    steps: '{n} steps', empty: 'no diagrams yet: save a .toml file here', drawn: 'drawn in {n} ms', broken: 'not drawn', wrong: 'has errors',
    away: 'the server does not answer',
  };
  const KOREAN = {
    view: '뷰', lang: '언어', theme: '테마', usual: '기본값', whole: '전체 시스템', diagrams: '다이어그램', search: '다이어그램 찾기',
    findings: '진단', zoomOut: '축소 (-)', zoomIn: '확대 (+)', fit: '맞춤 (0)', previous: '이전 단계 (p)', next: '다음 단계 (n)',
    steps: '{n}단계', empty: '아직 다이어그램이 없습니다: 여기에 .toml 파일을 저장하세요', drawn: '{n} ms에 그림', broken: '그리지 못함', wrong: '오류 있음',
    away: '서버가 응답하지 않습니다',
  };
  const korean = navigator.language.startsWith('ko'), words = korean ? KOREAN : ENGLISH;
  const find = selector => document.querySelector(selector);
  const stage = find('.stage'), panel = find('.findings'), status = find('.status'), menu = find('.menu'), nav = find('nav'), search = find('.search');
  document.documentElement.lang = korean ? 'ko' : 'en';
  for (const part of document.querySelectorAll('[data-word]')) part.textContent = words[part.dataset.word];
  for (const part of document.querySelectorAll('[data-hint]')) {
    const hint = words[part.dataset.hint];
    part.setAttribute('aria-label', hint);
    if (part.tagName === 'BUTTON') part.title = hint;
    if (part === search) part.placeholder = hint;
  }
  find('.steps').dataset.idle = words.steps;

  const view = createView(stage, k => { find('.scale').textContent = Math.round(k * 100) + ' %'; });
  const flow = createFlow(stage, find('.steps'), view.reveal);
  const selects = { lang: find('select.lang'), theme: find('select.theme'), view: find('select.view') };
  // What was chosen, and what can be had of it now: a diagram that is gone for a moment is chosen still.
  let chosen = {}, list = { diagrams: [], themes: [], findings: [] }, shown = '', listed = '', own = [], opened = null;
  const wish = {};

  // The address holds the choice, so a bookmark and the way back keep it.
  const fromAddress = () => { chosen = Object.fromEntries(new URLSearchParams(location.hash.slice(1))); };
  const address = choice => '#' + new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
  fromAddress();
  Object.assign(wish, chosen);
  window.addEventListener('hashchange', () => { fromAddress(); fill(); draw(); });

  for (const name of ['zoomIn', 'zoomOut', 'fit']) find('footer .' + name).addEventListener('click', view[name]);
  for (const [name, select] of Object.entries(selects))
    select.addEventListener('change', () => {
      chosen[name] = select.value;
      fill();
      draw();
    });

  // The list of diagrams: open where there is room, until somebody says otherwise.
  const wide = matchMedia('(min-width: 761px)');
  function open() {
    const some = list.diagrams.length > 1, now = some && (opened ?? wide.matches);
    menu.hidden = !some;
    nav.hidden = !now;
    menu.setAttribute('aria-expanded', String(now));
  }
  menu.addEventListener('click', () => { opened = nav.hidden; open(); });
  wide.addEventListener('change', () => { opened = null; open(); });
  nav.addEventListener('keydown', e => { if (e.key === 'Escape' && !wide.matches) { opened = false; open(); menu.focus(); } });
  nav.addEventListener('click', e => { if (!wide.matches && e.target.closest('a')) { opened = false; open(); } });
  search.addEventListener('input', filter);
  function filter() {
    const sought = search.value.toLowerCase();
    for (const item of nav.querySelectorAll('li')) item.hidden = !item.textContent.toLowerCase().includes(sought);
  }
  function titleOf(one) {
    return one.title[wish.lang] ?? (korean ? one.title.ko : undefined) ?? one.title[''] ?? '';
  }
  function items() {
    const told = JSON.stringify(list.diagrams) + wish.diagram + wish.lang;
    if (told === listed) return;
    listed = told;
    const focus = nav.contains(document.activeElement) && document.activeElement.tagName === 'A' ? document.activeElement.hash : null;
    nav.querySelector('ul').replaceChildren(...list.diagrams.map(one => {
      const title = titleOf(one), link = element('a', one.sound ? '' : 'wrong', element('b', '', title || one.name));
      if (title) link.append(element('span', 'file', one.name));
      if (!one.sound) link.title = words.wrong;
      link.href = address({ ...chosen, diagram: one.name, view: '' });
      if (one.name === wish.diagram) link.setAttribute('aria-current', 'page');
      return element('li', '', link);
    }));
    search.hidden = list.diagrams.length < 8;
    filter();
    if (focus) [...nav.querySelectorAll('a')].find(a => a.hash === focus)?.focus();
  }

  function options(name, values, told) {
    const select = selects[name], all = ['', ...values];
    wish[name] = all.includes(chosen[name]) ? chosen[name] : '';
    select.replaceChildren(...all.map(value => new Option(told(value), value, false, value === wish[name])));
    select.parentElement.hidden = all.length < 2;
  }
  // A language by its own name.
  function language(tag) {
    if (tag === '') return words.usual;
    try {
      return `${new Intl.DisplayNames([tag], { type: 'language' }).of(tag)} (${tag})`;
    } catch {
      return tag;
    }
  }
  function fill() {
    const names = list.diagrams.map(d => d.name);
    wish.diagram = names.includes(chosen.diagram) ? chosen.diagram : names[0] ?? '';
    const one = list.diagrams.find(d => d.name === wish.diagram) || { title: {}, languages: [], views: [], sound: true };
    options('theme', list.themes, value => value || words.usual);
    // Half a file names half of its languages.
    if (one.sound) {
      options('lang', one.languages, language);
      options('view', one.views, value => value || words.whole);
    }
    if (address(chosen) !== location.hash) history.replaceState(null, '', address(chosen));
    find('.name').textContent = titleOf(one) || wish.diagram;
    document.title = wish.diagram ? wish.diagram + ' – Skyplan' : 'Skyplan';
    open();
    items();
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
  // Those of the project, then those of the diagram.
  function report() {
    const findings = [...list.findings, ...own];
    panel.replaceChildren(...findings.map(finding));
    panel.hidden = findings.length === 0;
    panel.classList.toggle('mild', !findings.some(f => f.severity === 'error'));
  }

  // A picture's fonts and colours stand in the head: they are read again only for other letters, which takes longer than all the rest.
  let dress = null;
  function dressed(svg) {
    const styles = [...svg.querySelectorAll(':scope > style')], css = styles.map(s => s.textContent).join('\n');
    for (const style of styles) style.remove();
    if (dress?.textContent === css) return dress;
    const fresh = document.createElement('style');
    fresh.textContent = css;
    // The old picture keeps its colours as long as it is seen.
    document.head.insertBefore(fresh, dress);
    return fresh;
  }
  // The new picture takes the old one's place when its fonts are there: without a flash, and with the focus where it was.
  async function show(drawn) {
    const svg = document.importNode(new DOMParser().parseFromString(drawn.svg, 'image/svg+xml').documentElement, true);
    const fresh = dressed(svg);
    if (fresh !== dress && stage.querySelector('svg')) {
      svg.classList.add('coming');
      stage.append(svg);
      svg.getBoundingClientRect();
      if (document.fonts.status === 'loading') await Promise.race([document.fonts.ready, new Promise(done => setTimeout(done, 50))]);
      svg.classList.remove('coming');
    }
    if (fresh !== dress) dress?.remove();
    dress = fresh;
    const focus = stage.contains(document.activeElement) ? document.activeElement.id : '';
    // To put it in anew would lay it out twice.
    if (svg.parentNode !== stage) stage.append(svg);
    for (const old of [...stage.childNodes]) if (old !== svg) old.remove();
    // Another picture begins in the middle; the same one stays where it was.
    const now = wish.diagram + '\n' + (wish.view || '');
    if (shown !== now) view.forget();
    shown = now;
    view.take();
    flow.take(drawn.flow);
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  }
  // What is wished for is drawn, once more if something else is wished for meanwhile: never two at once, however fast files are saved.
  let wanted = 0, drawing = null;
  function draw() {
    wanted++;
    drawing ??= (async () => {
      try {
        for (let turn = 0; turn !== wanted;) {
          turn = wanted;
          await once();
        }
      } finally {
        drawing = null;
      }
    })();
    return drawing;
  }
  async function once() {
    if (!wish.diagram) {
      stage.replaceChildren();
      own = [];
      report();
      status.textContent = list.findings.length ? words.broken : words.empty;
      return;
    }
    const asked = String(new URLSearchParams(wish)), answer = await fetch('/picture?' + asked, { cache: 'no-store' });
    // A diagram that is gone is soon gone from the list too.
    if (!answer.ok) return;
    const drawn = await answer.json();
    if (asked !== String(new URLSearchParams(wish))) return;
    if (drawn.svg !== null) await show(drawn);
    status.textContent = drawn.svg !== null ? words.drawn.replace('{n}', drawn.ms.toFixed(0)) : words.broken;
    stage.classList.toggle('broken', drawn.svg === null);
    own = drawn.findings;
    report();
    document.body.dataset.drawn = String(Number(document.body.dataset.drawn || 0) + 1);
  }
  async function refresh() {
    try {
      // The picture first: that is what somebody waits for.
      if (wish.diagram) await draw();
      const before = JSON.stringify(wish);
      list = await (await fetch('/list', { cache: 'no-store' })).json();
      fill();
      report();
      if (JSON.stringify(wish) !== before || !wish.diagram) await draw();
    } catch {
      status.textContent = words.away;
    }
  }
  const events = new EventSource('/events');
  events.onmessage = refresh;
  events.onerror = () => { status.textContent = words.away; };
})();

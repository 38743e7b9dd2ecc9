// Shows the claims that have every word of the box, as it is typed in. No network, no index but
// the page itself.
(() => {
  const box = document.getElementById('q');
  const plain = text => text.toLowerCase().replace(/[_/-]/g, ' ');
  const rows = [...document.querySelectorAll('[data-words]')]
    .map(row => [row, plain(row.textContent + ' ' + row.dataset.words)]);
  const found = document.getElementById('found');
  const show = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      count += !row.hidden;
    }
    for (const part of document.querySelectorAll('[data-family]')) {
      part.hidden = !part.querySelector('[data-words]:not([hidden])');
    }
    for (const part of document.querySelectorAll('[data-whole]')) part.hidden = words.length > 0;
    found.textContent = words.length ? `${count} of ${rows.length} claims` : '';
  };
  box.value = new URLSearchParams(location.search).get('q') || '';
  box.addEventListener('input', show);
  box.form.addEventListener('submit', event => { event.preventDefault(); show(); });
  show();
})();

/**
 * The review's page before its script fills it. A constant: no data comes here.
 * @param scripts names of the modules, which are fetched all at once rather than as each names the next
 */
export const pageHtml = (scripts: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>credence review</title>
    <link rel="icon" href="icon.svg" />
    <link rel="stylesheet" href="style.css" />
${scripts.map((name) => `    <link rel="modulepreload" href="${name}.js" />`).join('\n')}
    <script type="module" src="main.js"></script>
  </head>
  <body>
    <a class="skip" href="#row">Skip to the row</a>
    <header class="top">
      <h1>credence <span>review</span></h1>
      <p id="report"></p>
      <div id="progress"></div>
      <button type="button" id="show-keys" aria-haspopup="dialog"><kbd>?</kbd> Keys</button>
    </header>
    <div id="notices"></div>
    <noscript><p class="notice">This page needs its script, which it has from this machine alone.</p></noscript>
    <div class="columns">
      <nav id="findings" aria-labelledby="findings-title">
        <h2 id="findings-title">Findings</h2>
        <ol id="finding-list"></ol>
      </nav>
      <main id="main">
        <section id="finding" aria-labelledby="finding-title"></section>
        <div class="split">
          <section id="rows" aria-labelledby="rows-title">
            <h3 id="rows-title">Rows</h3>
            <form id="filter-form" role="search">
              <label for="filter">Filter <kbd>/</kbd></label>
              <input id="filter" type="search" autocomplete="off" spellcheck="false" maxlength="500" aria-describedby="filter-hint" />
              <p id="filter-hint">words in the row, or undecided, poison, clean, unsure, conflict, noted</p>
            </form>
            <p id="rows-count" role="status"></p>
            <ol id="row-list"></ol>
            <div class="pages">
              <button type="button" id="page-back">Earlier</button>
              <span id="page-place"></span>
              <button type="button" id="page-on">Later</button>
            </div>
          </section>
          <section id="row" tabindex="-1" aria-labelledby="row-title"></section>
        </div>
      </main>
    </div>
    <p id="said" role="status" aria-live="polite"></p>
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        <div><dt><kbd>j</kbd> <kbd>k</kbd> or <kbd>↓</kbd> <kbd>↑</kbd></dt><dd>next and previous row</dd></div>
        <div><dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next and previous finding</dd></div>
        <div><dt><kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd></dt><dd>the row is poison, clean, unsure; then the next row</dd></div>
        <div><dt><kbd>Shift</kbd> + <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd></dt><dd>the same of the whole finding</dd></div>
        <div><dt><kbd>u</kbd></dt><dd>undo the last decision</dd></div>
        <div><dt><kbd>m</kbd></dt><dd>write a note on the row; <kbd>Enter</kbd> saves it</dd></div>
        <div><dt><kbd>t</kbd></dt><dd>find all rows with the trigger</dd></div>
        <div><dt><kbd>/</kbd></dt><dd>filter the rows; <kbd>Esc</kbd> leaves the field</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>these keys</dd></div>
      </dl>
      <p><label><input type="checkbox" id="keys-on" checked /> Use these keys</label></p>
      <form method="dialog"><button>Close</button></form>
    </dialog>
  </body>
</html>
`

/** The page without its content, which comes by the stream. A string and no file, since the compiler copies none. */
export const pageHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Connect Okta to Salesforce</title>
    <link rel="stylesheet" href="style.css">
    <link rel="icon" href="data:,">
    <script src="script.js" type="module"></script>
  </head>
  <body>
    <header>
      <h1>Connect Okta to Salesforce</h1>
      <p id="left"></p>
    </header>
    <main>
      <p id="summary" role="status" aria-live="polite"></p>
      <section id="ended" hidden tabindex="-1"><h2 id="ended-title"></h2><p id="ended-message"></p><p><code id="ended-command"></code></p></section>
      <ol id="tasks"></ol>
      <noscript>This page needs JavaScript. Without it, follow the instructions on the terminal.</noscript>
    </main>
    <footer>
      <p>Served by the command on your terminal, on this machine alone. The terminal shows the same.</p>
    </footer>
    <div id="announce" class="quiet" role="status" aria-live="polite"></div>
  </body>
</html>
`;

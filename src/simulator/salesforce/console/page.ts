import type { Context } from 'hono';
import { html } from 'hono/html';
import type { SimulatorEnv } from '../../server.ts';

export type Html = ReturnType<typeof html>;

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f3f6f9; color: #16325c; }
  .simulated { background: #b00020; color: #fff; font-weight: 700; text-align: center; padding: 0.5rem; }
  main { max-width: 30rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff; border-radius: 0.5rem; }
  label { display: block; margin-top: 1rem; }
  input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: 0.4rem; }
  button { font: inherit; margin-top: 1rem; padding: 0.4rem 1.2rem; }
  [role='alert'] { color: #b00020; }
  code { overflow-wrap: anywhere; }
`;

/**
 * A page of the simulated org. The banner is there so that nobody takes it for the vendor's. No form-action in the
 * policy: browsers apply it to the redirect that follows a form, which here leads to the app that asked.
 */
export const page = (
  c: Context<SimulatorEnv>,
  title: string,
  content: Html,
  status: 200 | 400 | 403 | 404 = 200
): Response | Promise<Response> => {
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'no-referrer');
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title} | SIMULATED Salesforce</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <p class="simulated">SIMULATED Salesforce: no real org, no real account</p>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return c.html(document, status);
};

/** Sends the browser on: both ways occur. contracts/salesforce.md §15.3 */
export const leave = (c: Context<SimulatorEnv>, url: string, byScript: boolean): Response | Promise<Response> => {
  if (!byScript) return c.redirect(url, 302);
  c.header('cache-control', 'no-store');
  const target = JSON.stringify(url).replaceAll('<', '\\u003c');
  return c.html(`<!doctype html><html lang="en"><head><title>Redirecting | SIMULATED Salesforce</title>
<script>window.location.replace(${target});</script></head><body></body></html>`);
};

import { test as base, type BrowserContext } from '@playwright/test';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen, staticServer } from '../../../scripts/lib/static-server.mjs';

export { expect } from '@playwright/test';

/** SITE names another build to be tested. */
const SITE = process.env['SITE'] ?? fileURLToPath(new URL('../../../dist/site', import.meta.url));

export interface Faults {
  /** What went wrong so far: console errors, page errors, failed requests, HTTP statuses of 400 and more. */
  readonly seen: readonly string[];
  /** Faults that this test brings about on purpose. */
  allow(...patterns: readonly RegExp[]): void;
}

interface Fixtures {
  faults: Faults;
}
interface WorkerFixtures {
  /** Address of the built site, with a slash at the end. */
  site: string;
  /** The same site below a path, as course pages host it. */
  subPathSite: string;
}

async function serve(path: string): Promise<{ server: Server; url: string }> {
  if (!existsSync(`${SITE}/index.html`)) throw new Error(`There is no page in ${SITE}. Build it first: npm run build`);
  const server = staticServer(SITE, path);
  const port = (await listen(server, { port: 0 })) as number;
  return { server, url: `http://localhost:${port}${path}` };
}

function watch(context: BrowserContext, seen: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy|Trusted/.test(message.text()))
      seen.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => seen.push(`page error: ${error.error().stack ?? error.error().message}`));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left, or an address that is replaced, ends its own requests.
    if (reason !== 'net::ERR_ABORTED') seen.push(`request failed: ${request.url()} ${reason}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) seen.push(`HTTP ${response.status()}: ${response.url()}`);
  });
}

/** Every test fails on any console error, page error, failed request or HTTP status of 400 and more, in any of its pages. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    async ({}, use) => {
      const { server, url } = await serve('/');
      await use(url);
      server.close();
    },
    { scope: 'worker' },
  ],
  subPathSite: [
    async ({}, use) => {
      const { server, url } = await serve('/courses/backprop/');
      await use(url);
      server.close();
    },
    { scope: 'worker' },
  ],
  faults: [
    async ({ context }, use) => {
      const seen: string[] = [];
      const allowed: RegExp[] = [];
      watch(context, seen);
      await use({ seen, allow: (...patterns) => allowed.push(...patterns) });
      const unexpected = seen.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
      if (unexpected.length > 0) throw new Error(`The page had faults:\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],
});

import { expect, test } from './support/test';

const classified = /\d\d\.\d%/;

test('works below a path of any host', async ({ page, subPathSite }) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (/^http/.test(request.url()) && !request.url().startsWith(subPathSite)) outside.push(request.url());
  });
  await page.goto(subPathSite);
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: classified })).not.toHaveCount(0);
  for (const view of ['graph', 'digits', 'train']) {
    await page.goto(`${subPathSite}#/${view}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(outside).toEqual([]);
});

test('carries a strict policy that is enforced', async ({ page, site, faults }) => {
  await page.goto(site);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  faults.allow(/Content Security Policy|Trusted|TrustedHTML/i);
  const refused = await page.evaluate(async () => {
    const script = document.createElement('script');
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    );
    let html = 'accepted';
    try {
      document.createElement('div').innerHTML = '<b>x</b>';
    } catch {
      html = 'refused';
    }
    try {
      script.textContent = 'window.injected = true';
      document.head.append(script);
    } catch {
      // Trusted Types refuse the text before the script is there.
    }
    return { html, directive: await violation, injected: 'injected' in window };
  });
  expect(refused).toEqual({ html: 'refused', directive: 'require-trusted-types-for', injected: false });
});

test('asks nobody but its own host for anything', async ({ page, site }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await page.goto(site);
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect([...hosts]).toEqual([new URL(site).origin]);
});

test('works without a network after one visit', async ({ page, context, site, faults }) => {
  await page.goto(site);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  // The page is asked for first, then taken from the cache; and the browser looks for a new service worker.
  faults.allow(/sw\.js/, /request failed: [^ ]*\/(\?from=a-link)? net::ERR_INTERNET_DISCONNECTED/);
  await page.goto(`${site}?from=a-link#/digits`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(site);
  await page.reload();
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: classified })).not.toHaveCount(0);
});

test('says in words when the page needs JavaScript', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site);
  // Playwright's text selectors leave noscript out.
  const words = page.locator('noscript p');
  await expect(words).toBeVisible();
  expect(await words.innerText()).toContain('Switch JavaScript on to use it.');
  await context.close();
});

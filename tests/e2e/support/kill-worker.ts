import type { Page } from '@playwright/test';

/** Makes the engine's worker die as by a fault of its own. Allow the fault: `faults.allow(/killed by a test/)`. */
export async function killWorker(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('the page has no worker');
  const gone = worker.waitForEvent('close');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by a test');
    });
  });
  await gone;
}

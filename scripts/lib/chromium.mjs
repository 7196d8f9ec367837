import { chromium } from '@playwright/test';

/** The system's Chromium ($CHROMIUM names another), which refuses its sandbox to root. */
export function launchChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

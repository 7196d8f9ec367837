import { trustedScriptUrl } from './trusted.ts';

/**
 * After one visit the page works without a network. Registered once the page is idle, so that it never competes with
 * the first load; not in frames, which share the host's storage rules, and not where it is refused.
 */
export function registerOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || window.top !== window) return;
  const register = (): void => {
    try {
      // Refused on plain http and in private windows of some browsers: the page works all the same.
      void navigator.serviceWorker
        .register(trustedScriptUrl(new URL('./sw.js', document.baseURI).href))
        .catch(() => undefined);
    } catch {
      // A browser that throws instead of rejecting.
    }
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

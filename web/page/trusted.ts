/**
 * Trusted Types: the policies under which this page turns strings into scripts or markup. Each accepts only what the
 * build made. Browsers without Trusted Types get the string itself after the same check.
 */

interface Policy {
  createHTML(text: string): unknown;
  createScriptURL(text: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Partial<Record<keyof Policy, (text: string) => string>>): Policy;
}
declare global {
  interface Window {
    readonly trustedTypes?: PolicyFactory;
  }
}

function refuse(what: string, text: string): never {
  throw new TypeError(`${what} is not part of this build and was refused: ${text.slice(0, 80)}`);
}

/** A script of this site: same origin, below the page's own folder. */
function checkScriptUrl(text: string): string {
  const url = new URL(text, document.baseURI);
  const folder = new URL('.', document.baseURI);
  if (url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) refuse('The script', text);
  return url.href;
}

const scripts = policy('bp-script-url', { createScriptURL: checkScriptUrl });

/** For `new Worker` and `serviceWorker.register`, whose types ask for plain strings. */
export function trustedScriptUrl(url: string): string {
  return (scripts?.createScriptURL(url) ?? checkScriptUrl(url)) as string;
}

/** A policy that lets through exactly the strings of a catalogue, for `{@html}`. */
export function trustedCatalogue(name: string, known: ReadonlySet<string>): (html: string) => string {
  const check = (html: string): string => (known.has(html) ? html : refuse('The markup', html));
  const made = policy(name, { createHTML: check });
  return (html) => (made?.createHTML(html) ?? check(html)) as string;
}

function policy(name: string, rules: Parameters<PolicyFactory['createPolicy']>[1]): Policy | undefined {
  return typeof window === 'undefined' ? undefined : window.trustedTypes?.createPolicy(name, rules);
}

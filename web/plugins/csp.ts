import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Script, styles, fonts and data of this site alone; wasm may be compiled, nothing may be evaluated. */
const DIRECTIVES: readonly (readonly [name: string, ...values: string[]])[] = [
  ['default-src', "'none'"],
  ['script-src', "'self'", "'wasm-unsafe-eval'"],
  ['style-src', "'self'"],
  ['img-src', "'self'", 'data:', 'blob:'],
  ['font-src', "'self'"],
  ['connect-src', "'self'"],
  ['worker-src', "'self'"],
  ['manifest-src', "'self'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['require-trusted-types-for', "'script'"],
  // The last two are made in web/page/trusted.ts.
  ['trusted-types', 'svelte-trusted-html', 'bp-script-url', 'bp-formula'],
];

/**
 * Writes the policy into every page as a meta element, so that it holds on hosts without headers of their own. Only in
 * the build: the development server injects styles that the policy refuses. Inline scripts of our own pages (the
 * theme before the first paint) are allowed by their hash.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(/(<meta charset="utf-8"\s*\/?>)/i, `$1\n    ${metaFor(html)}`),
    },
  };
}

/** The meta element for a page: it stands before everything that loads. */
export function metaFor(html: string): string {
  const hashes = inlineScripts(html).map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = DIRECTIVES.map((directive) =>
    [...directive, ...(directive[0] === 'script-src' ? hashes : [])].join(' '),
  );
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`;
}

function inlineScripts(html: string): string[] {
  return Array.from(html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi), (match) => match[1] ?? '');
}

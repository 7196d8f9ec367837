import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { metaFor } from '../../../web/plugins/csp';

const policyOf = (html: string): string => /content="([^"]*)"/.exec(metaFor(html))?.[1] ?? '';

it('allows nothing inline and nothing from elsewhere', () => {
  const policy = policyOf('<script type="module" src="./a.js"></script>');
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  expect(policy).toContain("require-trusted-types-for 'script'");
});

it('allows an inline script of ours by its hash, to the letter', () => {
  const text = '\n  document.title = "x";\n';
  const hash = createHash('sha256').update(text).digest('base64');
  expect(policyOf(`<script>${text}</script>`)).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
  expect(policyOf(`<script>${text} </script>`)).not.toContain(hash);
});

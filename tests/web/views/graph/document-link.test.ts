import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../../../web/shared/api';
import { decodeLink, encodeLink, LinkError, longestLink } from '../../../../web/views/graph/document-link';

const document: GraphDocument = {
  format: 'backprop-graph',
  version: 1,
  title: 'りんご × 2',
  nodes: [
    { id: 'x', op: 'input', value: [[1, -0.5]] },
    { id: 'y', op: 'relu', inputs: ['x'] },
  ],
};

const packed = (text: string): string => deflateRawSync(text).toString('base64url');
const reason = async (link: string): Promise<string> =>
  decodeLink(link).then(
    () => 'accepted',
    (error: unknown) => (error instanceof LinkError ? error.reason : String(error)),
  );

describe('a graph in a link', () => {
  it('comes back as it was, in characters that need no escaping', async () => {
    const link = (await encodeLink(document)) ?? '';
    expect(link).toMatch(/^[\w-]+$/);
    expect(await decodeLink(link)).toEqual(document);
  });

  it('is refused where it is too long for an address', async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => Math.sin(i));
    expect(await encodeLink({ ...document, nodes: [{ id: 'x', op: 'input', value: values }] })).toBeNull();
    expect(await reason('a'.repeat(longestLink + 1))).toBe('too-long');
  });

  it('does not unfold into more than a megabyte', async () => {
    const bomb = packed(`{"nodes":[],"pad":"${'a'.repeat(8 << 20)}"}`);
    expect(bomb.length).toBeLessThan(longestLink);
    expect(await reason(bomb)).toBe('too-long');
  });

  it.each([
    ['nothing', ''],
    ['other characters', 'a b<script>'],
    ['base64 of an impossible length', 'aaaaa'],
    ['bytes that are not deflate', Buffer.from('not deflate').toString('base64url')],
    ['half a link', packed(JSON.stringify(document)).slice(0, 40)],
    ['text that is not JSON', packed('{"nodes": [')],
    ['bytes that are not UTF-8', deflateRawSync(Buffer.from([0x22, 0xff, 0xfe, 0x22])).toString('base64url')],
  ])('is broken: %s', async (_, link) => {
    expect(await reason(link)).toBe('broken');
  });

  it.each(['null', '3', '"graph"', '[]', '{}', '{"nodes": 3}'])('is no document: %s', async (json) => {
    expect(await reason(packed(json))).toBe('not-document');
  });
});

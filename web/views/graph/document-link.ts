import type { GraphDocument } from '../../shared/api.ts';

/**
 * A graph in a link: JSON, deflate-raw, base64url. What comes out of a link is anyone's text; here it is only bounded and parsed,
 * the core decides whether it is a graph.
 */

/** Characters of the parameter; addresses beyond this are cut by some mail programs and chats. */
export const longestLink = 16_000;
/** Bytes after decompression: a link must not unfold into something that fills the memory. */
export const largestDocument = 1 << 20;

export class LinkError extends Error {
  readonly reason: 'too-long' | 'broken' | 'not-document';
  constructor(reason: LinkError['reason']) {
    super(reason);
    this.name = 'LinkError';
    this.reason = reason;
  }
}

/** Null where the document is too large for a link. */
export async function encodeLink(document: GraphDocument): Promise<string | null> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  if (bytes.length > largestDocument) return null;
  const packed = await collect(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  const text = toBase64Url(packed);
  return text.length > longestLink ? null : text;
}

/** Throws LinkError. */
export async function decodeLink(text: string): Promise<GraphDocument> {
  if (text.length > longestLink) throw new LinkError('too-long');
  let value: unknown;
  try {
    const packed = new Blob([fromBase64Url(text)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await collect(packed, largestDocument)));
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError('broken');
  }
  return asDocument(value);
}

/** The one check before the core's own: that there is an object with nodes to send. Throws LinkError. */
export function asDocument(value: unknown): GraphDocument {
  if (typeof value !== 'object' || value === null || !('nodes' in value) || !Array.isArray(value.nodes)) {
    throw new LinkError('not-document');
  }
  return value as GraphDocument;
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new LinkError('too-long');
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new LinkError('broken');
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

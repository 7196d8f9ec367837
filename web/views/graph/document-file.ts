import type { GraphDocument } from '../../shared/api.ts';
import { asDocument, LinkError } from './document-link.ts';

/** Bytes. A graph document is text; larger files are something else. */
export const largestFile = 4 << 20;

export class FileError extends Error {
  readonly reason: 'too-large' | 'unreadable' | 'not-json' | 'not-document';
  readonly file: string;
  constructor(reason: FileError['reason'], file: string) {
    super(reason);
    this.name = 'FileError';
    this.reason = reason;
    this.file = file;
  }
}

/** Reads a graph document. Throws FileError; whether it is a graph, the core decides. */
export async function readDocument(file: File): Promise<GraphDocument> {
  if (file.size > largestFile) throw new FileError('too-large', file.name);
  const text = await file.text().catch(() => {
    throw new FileError('unreadable', file.name);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileError('not-json', file.name);
  }
  try {
    return asDocument(value);
  } catch (error) {
    throw error instanceof LinkError ? new FileError('not-document', file.name) : error;
  }
}

/** Hands the document to the browser as a download. */
export function saveDocument(graph: GraphDocument, name: string): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(graph, null, 2)}\n`], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `${name}.json`;
  link.click();
  // The download has taken its own hold of the data by the time a second has passed.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

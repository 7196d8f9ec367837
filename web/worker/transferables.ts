/** Smaller arrays are cheaper to copy than to hand over. */
const LARGE = 16_384;

/** The large buffers of a message, to be moved instead of copied. Every array of the core is a copy of its own already. */
export function transferables(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(message, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof ArrayBuffer) {
    if (value.byteLength >= LARGE) found.add(value);
  } else if (ArrayBuffer.isView(value)) {
    if (value.byteLength >= LARGE && value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return; // nested numbers of a document hold no buffers
    for (const element of value) collect(element, found);
  } else {
    for (const element of Object.values(value)) collect(element, found);
  }
}

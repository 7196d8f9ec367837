import { invalid } from './invalid';

/** The bytes of a file, whatever array they came in; no copy. */
export function bytesOf(file: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (typeof file !== 'object' || file === null)
    throw invalid('file: wanted its bytes, as an ArrayBuffer or a Uint8Array.');
  return new Uint8Array(file);
}

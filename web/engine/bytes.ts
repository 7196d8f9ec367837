/** The bytes of a file, whatever array they came in; no copy. */
export function bytesOf(file: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(file)
    ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    : new Uint8Array(file);
}

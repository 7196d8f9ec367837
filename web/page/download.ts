/** Offers bytes as a file to keep. Nothing leaves the page. */
export function offerFile(name: string, bytes: ArrayBuffer): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address over once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

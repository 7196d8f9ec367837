/** Widest or highest a picture may get: browsers draw no larger canvas. */
const largest = 8000;

/** An SVG document as PNG, `scale` times its size. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const fits = Math.min(scale, largest / Math.max(1, image.naturalWidth), largest / Math.max(1, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.naturalWidth * fits));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * fits));
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The mathematics face of the page as a data address; null where it cannot be had. */
export async function mathFont(): Promise<string | null> {
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!rule.style.getPropertyValue('font-family').includes('BP Math') || address === undefined) continue;
      try {
        const response = await fetch(new URL(address, sheet.href ?? document.baseURI));
        const bytes = new Uint8Array(await response.arrayBuffer());
        let binary = '';
        for (const byte of bytes) binary += String.fromCharCode(byte);
        return `data:font/woff2;base64,${btoa(binary)}`;
      } catch {
        return null;
      }
    }
  }
  return null;
}

function rulesOf(sheet: CSSStyleSheet): readonly CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A sheet of another origin.
    return [];
  }
}

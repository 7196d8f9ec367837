/** Characters that an OpenType font (sfnt) maps to glyphs, read from its segmented `cmap` (format 12). */
export function charactersOf(font: Buffer): Set<number> {
  const cmap = tableOffset(font, 'cmap');
  const characters = new Set<number>();
  const subtables = font.readUInt16BE(cmap + 2);
  for (let i = 0; i < subtables; i += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (font.readUInt16BE(subtable) !== 12) continue;
    const groups = font.readUInt32BE(subtable + 12);
    for (let g = 0; g < groups; g += 1) {
      const at = subtable + 16 + 12 * g;
      for (let c = font.readUInt32BE(at); c <= font.readUInt32BE(at + 4); c += 1) characters.add(c);
    }
  }
  return characters;
}

export function tableOffset(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i += 1) {
    const entry = 12 + 16 * i;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the font has no table "${tag}"`);
}

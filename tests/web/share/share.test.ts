import { describe, expect, it } from 'vitest';
import { embedCode, sharedLink } from '../../../web/share/address';
import { longestQr, qrPath, qrSvg } from '../../../web/share/qr';

/** The squares that a path fills. */
function squares({ size, path }: { size: number; path: string }): boolean[][] {
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(width); i += 1) grid[Number(y)]![Number(x) + i] = true;
  }
  return grid;
}

describe('a QR code', () => {
  it('has its quiet border and the three corner marks', () => {
    const code = qrPath('https://example.org/#/graph?example=apple');
    const grid = squares(code!);
    const corner = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'].join('\n');
    const at = (x: number, y: number) =>
      grid
        .slice(y, y + 7)
        .map((row) => Array.from(row.slice(x, x + 7), (on) => (on ? '#' : '.')).join(''))
        .join('\n');
    const far = code!.size - 11;
    expect([at(4, 4), at(far, 4), at(4, far)]).toEqual([corner, corner, corner]);
    expect(grid.slice(0, 4).flat().some(Boolean)).toBe(false);
    expect(grid.map((row) => row[0]).some(Boolean)).toBe(false);
  });

  it('grows with the link, and ends where a phone cannot read it', () => {
    expect(qrPath('a'.repeat(longestQr))).not.toBeNull();
    expect(qrPath('a'.repeat(longestQr + 1))).toBeNull();
    // Bytes count: 700 characters of three.
    expect(qrPath('果'.repeat(700))).toBeNull();
  });

  it('is a file of its own', () => {
    expect(qrSvg({ size: 3, path: 'M0 0h1v1h-1z' })).toContain('fill="#fff"/><path d="M0 0h1v1h-1z"');
  });
});

describe('a link', () => {
  const page = 'https://course.example/play/?x=1#/graph?example=apple&step=2';
  it('holds graph and step in its fragment', () => {
    expect(sharedLink({ page, example: null, g: 'abc-_', step: 4 })).toBe(
      'https://course.example/play/?x=1#/graph?g=abc-_&step=4',
    );
    expect(sharedLink({ page, example: 'apple', g: null, step: null })).toBe(
      'https://course.example/play/?x=1#/graph?example=apple',
    );
  });

  it('comes as a frame, with a title that stays text', () => {
    expect(embedCode({ page, example: 'apple', g: null, step: 3 }, '"><script>')).toBe(
      '<iframe src="https://course.example/play/embed.html#example=apple&amp;step=3" title="&quot;>&lt;script>" width="100%" height="520" style="border:0"></iframe>',
    );
  });
});

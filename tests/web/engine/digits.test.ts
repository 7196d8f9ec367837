import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { engine, refusal } from './support/engine';

describe('handwriting', () => {
  it('depends on the seed and the index alone', () => {
    const many = engine.handwriting({ seed: 4, count: 20 });
    const few = engine.handwriting({ seed: 4, count: 5 });
    expect(many.images).toHaveLength(20 * 784);
    expect(many.images.slice(0, 5 * 784)).toEqual(few.images);
    expect(engine.handwriting({ seed: 5, count: 5 }).images).not.toEqual(few.images);
    expect([...many.labels.slice(0, 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('gives strokes that rasterise to a digit', () => {
    const strokes = engine.sampleStrokes(3, 1);
    expect(strokes.length).toBeGreaterThan(0);
    expect(strokes[0]?.[0]).toHaveLength(2);
    const image = engine.rasterize(strokes);
    expect(image).toHaveLength(784);
    expect(image.some((pixel) => pixel > 0.9)).toBe(true);
    expect(refusal(() => engine.sampleStrokes(10, 1)).code).toBe('OutOfRange');
  });
});

describe('a drawing', () => {
  it('is the same wherever and however large it is drawn', () => {
    const small = engine.rasterize([
      [
        [0, 0],
        [0, 10],
      ],
    ]);
    const large = engine.rasterize([
      [
        [300, 200],
        [300, 700],
      ],
    ]);
    expect(large).toEqual(small);
  });

  it('comes with its place on the pad', () => {
    const { x, y, size, pixels, empty } = engine.rasterizePlaced([
      [
        [100, 100],
        [100, 300],
      ],
    ]);
    expect(empty).toBe(false);
    let ink = 0;
    let sum = 0;
    pixels.forEach((pixel, i) => {
      ink += pixel;
      sum += pixel * (y + (Math.floor(i / 28) + 0.5) * size);
    });
    expect(sum / ink).toBeCloseTo(200, 0);
    expect(x).toBeLessThan(100);
    expect(x + 28 * size).toBeGreaterThan(100);
  });

  it('may be a dot or nothing at all', () => {
    expect(engine.rasterize([[[5, 5]]]).some((pixel) => pixel > 0.5)).toBe(true);
    expect(engine.rasterizePlaced([])).toMatchObject({ empty: true });
    expect(engine.rasterize([[]]).every((pixel) => pixel === 0)).toBe(true);
  });

  it('is refused where a point is no place', () => {
    expect(refusal(() => engine.rasterize([[[Number.NaN, 0]]])).message.length).toBeGreaterThan(20);
    expect(refusal(() => engine.rasterize([[[0] as unknown as [number, number]]])).code).toBe('InvalidValue');
  });
});

describe('an IDX file', () => {
  const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

  it('is read plain and gzipped, as buffer or bytes', () => {
    for (const bytes of [file, file.buffer, gzipSync(file), new Uint8Array([9, ...file]).subarray(1)]) {
      const { shape, data } = engine.readIdx(bytes);
      expect(shape).toEqual([2, 3]);
      expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('is refused when it is cut short, spoilt or lies about its size', () => {
    const spoilt = Uint8Array.from(file);
    spoilt[2] = 13;
    const zipped = gzipSync(file);
    const vast = Uint8Array.of(0, 0, 8, 4, ...new Array<number>(16).fill(255));
    for (const bytes of [
      new Uint8Array(0),
      file.slice(0, 3),
      file.slice(0, -1),
      spoilt,
      zipped.subarray(0, -6),
      vast,
    ]) {
      expect(refusal(() => engine.readIdx(Uint8Array.from(bytes))).code).toMatch(/MalformedFile|TooLarge/);
    }
  });
});

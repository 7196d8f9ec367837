import { describe, expect, it } from 'vitest';
import { numbersOf, Race, type Track } from '../../../web/ask/race.svelte';
import { BackpropError } from '../../../web/shared/api';
import type { Frame, GraphHandle } from '../../../web/shared/protocol';
import { fakeEngine } from '../support/fake-engine';

const track: Track = {
  graph: 1 as GraphHandle,
  steps: 5,
  numbers: [
    { id: 'x', shape: [] },
    { id: 'W', shape: [50, 2] },
  ],
};
const frame = { records: [], nodes: [], edges: [] } as unknown as Frame;
const curve = { x: [], y: [], tangent: [] };

describe('the race', () => {
  it('really takes one walk, and two passes for every number', async () => {
    const engine = fakeEngine({ 'graph.seek': () => frame, 'graph.nudgeCurve': () => curve });
    let closed = 0;
    const race = new Race(engine);
    await race.start(async () => ({ track, close: () => (closed += 1) }));
    expect(numbersOf(track)).toBe(101);
    expect([race.done, race.all, race.running, closed]).toEqual([202, 202, false, 1]);
    expect(engine.argumentsOf('graph.seek')).toEqual([[1, 5]]);
    const asked = engine.argumentsOf('graph.nudgeCurve').map(([, id, index]) => `${id}${index.join()}`);
    expect(asked).toHaveLength(101);
    expect(new Set(asked).size).toBe(101);
    expect(race.backward).not.toBeNull();
    expect(race.numerical).not.toBeNull();
  });

  it('counts nothing more once it is stopped, and frees its graph', async () => {
    const race: Race = new Race(
      fakeEngine({
        'graph.seek': () => frame,
        'graph.nudgeCurve': () => {
          if (race.done >= 20) race.stop();
          return curve;
        },
      }),
    );
    let closed = 0;
    await race.start(async () => ({ track, close: () => (closed += 1) }));
    expect(race.running).toBe(false);
    expect(race.done).toBeLessThan(202);
    expect(race.numerical).toBeNull();
    expect(closed).toBe(1);
  });

  it('says what was refused', async () => {
    const race = new Race(
      fakeEngine({
        'graph.seek': () => {
          throw new BackpropError({ code: 'NotFinite', message: 'no', nodes: [] });
        },
      }),
    );
    await race.start(async () => ({ track, close: () => undefined }));
    expect(race.error?.code).toBe('NotFinite');
    expect(race.running).toBe(false);
  });
});

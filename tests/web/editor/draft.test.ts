import { describe, expect, it } from 'vitest';
import { clipOf, pasteOf, printClip, readClip } from '../../../web/editor/clipboard';
import { completePart } from '../../../web/editor/complete';
import { targetsFor, wishFor } from '../../../web/editor/connect';
import { difference } from '../../../web/editor/difference';
import { asDocument, asDraft, type Draft, newDraft, outputOf } from '../../../web/editor/draft';
import { applyEdit, type Edit } from '../../../web/editor/edits';
import { newHistory, perform, redo, undo } from '../../../web/editor/history';
import { freeName, freshName } from '../../../web/editor/names';
import { parseDraft } from '../../../web/editor/read-draft';

const graph = (nodes: Draft['nodes'], more: Partial<Draft> = {}): Draft => ({
  format: 'backprop-graph',
  version: 1,
  nodes,
  ...more,
});
const apple = graph([
  { id: 'apple', op: 'input', value: 100 },
  { id: 'count', op: 'input', value: 2 },
  { id: 'price', op: 'mul', inputs: ['apple', 'count'] },
  { id: 'tax', op: 'input', value: 1.1 },
  { id: 'total', op: 'mul', inputs: ['price', 'tax'] },
]);
const edit = (draft: Draft, ...edits: readonly Edit[]): Draft => edits.reduce(applyEdit, draft);

describe('edits', () => {
  it('a removed node leaves empty slots where it fed others', () => {
    const after = edit(apple, { type: 'remove', ids: ['price'] });
    expect(after.nodes.find(({ id }) => id === 'total')?.inputs).toEqual(['', 'tax']);
    expect(after.nodes).toHaveLength(4);
  });

  it('a renamed node keeps its wires, and stays the output', () => {
    const after = edit({ ...apple, output: 'price' }, { type: 'rename', id: 'price', name: 'sum of money' });
    expect(after.output).toBe('sum of money');
    expect(after.nodes.find(({ id }) => id === 'total')?.inputs).toEqual(['sum of money', 'tax']);
  });

  it('a name that somebody has, and edits of nobody, change nothing', () => {
    for (const no of [
      { type: 'rename', id: 'price', name: 'tax' },
      { type: 'rename', id: 'nobody', name: 'x' },
      { type: 'remove', ids: ['nobody'] },
      { type: 'connect', from: 'nobody', to: 'total', slot: 0 },
      { type: 'connect', from: 'tax', to: 'total', slot: 7 },
      { type: 'value', id: 'total', value: 3 },
      { type: 'output', id: 'nobody' },
      { type: 'move', positions: { __proto__: [1, 2], nobody: [1, 2] } as never },
    ] as const)
      expect(edit(apple, no)).toBe(apple);
  });

  it('what is taken away again leaves no trace', () => {
    const after = edit(
      apple,
      { type: 'note', id: 'tax', text: 'ten percent' },
      { type: 'note', id: null, text: 'a till' },
      { type: 'group', ids: ['price', 'total'], name: 'till' },
      { type: 'move', positions: { tax: [1, 2] } },
      { type: 'label', id: 'tax', label: 'T' },
      { type: 'output', id: 'price' },
      { type: 'output', id: null },
      { type: 'label', id: 'tax', label: '' },
      { type: 'arrange' },
      { type: 'group', ids: ['price', 'total'], name: null },
      { type: 'note', id: null, text: '' },
      { type: 'note', id: 'tax', text: '' },
    );
    expect(after).toEqual(apple);
  });
});

/** A small generator with a seed: the same edits every time. */
function randomEdits(seed: number): (draft: Draft) => Edit {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
  const name = (): string => names[next(names.length)]!;
  const kinds: (() => Edit)[] = [
    () => ({ type: 'add', nodes: [{ id: name(), op: 'input', value: next(9) }] }),
    () => ({ type: 'add', nodes: [{ id: name(), op: 'mul', inputs: ['', ''] }] }),
    () => ({ type: 'remove', ids: [name()] }),
    () => ({ type: 'connect', from: name(), to: name(), slot: next(2) }),
    () => ({ type: 'disconnect', to: name(), slot: next(2) }),
    () => ({ type: 'rename', id: name(), name: name() }),
    () => ({ type: 'label', id: name(), label: ['', 'a', 'b'][next(3)]! }),
    () => ({ type: 'value', id: name(), value: next(5) }),
    () => ({ type: 'attrs', id: name(), attrs: Object.fromEntries(next(2) ? [['axis', next(3)]] : []) }),
    () => ({ type: 'kind', id: name(), op: ['input', 'parameter', 'constant'][next(3)]! }),
    () => ({ type: 'move', positions: { [name()]: [next(50), next(50)] } }),
    () => ({ type: 'arrange' }),
    () => ({ type: 'output', id: next(2) ? name() : null }),
    () => ({ type: 'note', id: next(2) ? name() : null, text: ['', 'why?'][next(2)]! }),
    () => ({ type: 'group', ids: [name(), name()], name: next(2) ? 'block' : null }),
    () => ({ type: 'title', title: ['', 'T'][next(2)]! }),
  ];
  return (draft) => {
    if (next(60) === 0) return { type: 'replace', document: next(2) ? newDraft() : apple };
    if (next(12) === 0 && draft.nodes.length > 0) {
      const clip = readClip(printClip(clipOf(draft, new Set([name(), name()]), 't')));
      if (clip !== null) return pasteOf(draft, clip, 't', [20, 20]).edit;
    }
    return kinds[next(kinds.length)]!();
  };
}

describe('undo and redo', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`of 500 random edits return the same documents (seed ${seed})`, () => {
      const make = randomEdits(seed);
      let history = newHistory(apple);
      const states = [JSON.stringify(history.present)];
      for (let i = 0; i < 500; i += 1) {
        const after = perform(history, make(history.present));
        if (after !== history) states.push(JSON.stringify(after.present));
        history = after;
      }
      expect(states.length).toBeGreaterThan(150);
      const last = history.present;
      for (let i = states.length - 1; i > 0; i -= 1) {
        expect(JSON.stringify(history.present)).toBe(states[i]);
        history = undo(history);
      }
      expect(history.present).toBe(apple);
      expect(undo(history)).toBe(history);
      for (let i = 1; i < states.length; i += 1) {
        history = redo(history);
        expect(JSON.stringify(history.present)).toBe(states[i]);
      }
      expect(history.present).toBe(last);
      expect(redo(history)).toBe(history);
    });
  }

  it('a new edit after undo forgets what was undone; an edit that changes nothing does not', () => {
    let history = perform(newHistory(apple), { type: 'value', id: 'tax', value: 2 });
    history = undo(history);
    expect(perform(history, { type: 'value', id: 'tax', value: 1.1 })).toBe(history);
    expect(perform(history, { type: 'value', id: 'tax', value: 3 }).future).toEqual([]);
  });

  it('a scrub is one edit', () => {
    let history = newHistory(apple);
    for (const value of [1.2, 1.3, 1.4]) history = perform(history, { type: 'value', id: 'tax', value }, value > 1.2);
    expect(history.past).toHaveLength(1);
    expect(undo(history).present).toBe(apple);
  });
});

describe('the output', () => {
  it('moves on to the end of the graph as it grows', () => {
    const draft = asDraft({ ...apple, output: 'total' });
    expect(draft.output).toBeUndefined();
    const after = edit(draft, { type: 'add', nodes: [{ id: 'z', op: 'neg', inputs: ['total'] }] });
    expect(outputOf(after)).toBe('z');
    expect(asDocument(after).output).toBe('z');
  });

  it('stays where it was chosen inside the graph', () => {
    expect(outputOf(asDraft({ ...apple, output: 'price' }))).toBe('price');
  });
});

describe('the part that is whole', () => {
  it('of a whole graph is all of it', () => {
    const { document, gaps } = completePart(apple);
    expect(document).toEqual({ ...apple, output: 'total' });
    expect(gaps.size).toBe(0);
  });

  it('leaves out nodes with empty slots and what waits for them, and says why', () => {
    const draft = edit(apple, { type: 'disconnect', to: 'price', slot: 1 });
    const { document, gaps } = completePart(draft);
    expect(document?.nodes.map(({ id }) => id)).toEqual(['apple', 'count', 'tax']);
    expect(document?.output).toBe('tax');
    expect(gaps.get('price')).toEqual({ kind: 'slots', slots: [1] });
    expect(gaps.get('total')).toEqual({ kind: 'waits', for: ['price'] });
  });

  it('is nothing for an empty draft or one without inputs', () => {
    expect(completePart(newDraft()).document).toBeNull();
    expect(completePart(graph([{ id: 'a', op: 'neg', inputs: [''] }])).document).toBeNull();
  });

  it('leaves out what the engine refused', () => {
    const no = { kind: 'refused', code: 'ShapeMismatch', message: '…' } as const;
    const { document, gaps } = completePart(apple, new Map([['price', no]]));
    expect(document?.nodes).toHaveLength(3);
    expect(gaps.get('price')).toBe(no);
    expect(gaps.get('total')?.kind).toBe('waits');
  });

  it('keeps the seed only for the output that it was given for', () => {
    const seeded = { ...apple, seed: 2 };
    expect(completePart(seeded).document?.seed).toBe(2);
    expect(completePart(edit(seeded, { type: 'disconnect', to: 'total', slot: 1 })).document?.seed).toBeUndefined();
  });
});

describe('wires', () => {
  it('lead into the first empty slot', () => {
    const draft = edit(apple, { type: 'disconnect', to: 'total', slot: 0 });
    expect(wishFor(draft, 'count', 'total').wire).toEqual({ from: 'count', to: 'total', slot: 0 });
  });

  it('are refused with the reason', () => {
    expect(wishFor(apple, 'total', 'price', 0).refusal).toEqual({ reason: 'cycle', through: ['price', 'total'] });
    expect(wishFor(apple, 'price', 'price', 0).refusal).toEqual({ reason: 'cycle', through: ['price'] });
    expect(wishFor(apple, 'tax', 'price').refusal).toEqual({ reason: 'full', slots: 2 });
    expect(wishFor(apple, 'price', 'tax').refusal).toEqual({ reason: 'leaf' });
    expect(wishFor(apple, 'price', 'nobody').refusal).toEqual({ reason: 'unknown' });
  });

  it('can replace the wire of a slot that is named', () => {
    expect(wishFor(apple, 'tax', 'price', 1).wire).toEqual({ from: 'tax', to: 'price', slot: 1 });
    const targets = targetsFor(edit(apple, { type: 'disconnect', to: 'total', slot: 1 }), [], 'count');
    expect(targets.map(({ to, slot, replaces }) => [to, slot, replaces])).toEqual([
      ['total', 1, null],
      ['price', 0, 'apple'],
      ['total', 0, 'price'],
    ]);
  });
});

describe('what the engine is told', () => {
  it('values alone where only numbers differ', () => {
    const after = edit(apple, { type: 'value', id: 'tax', value: 2 }, { type: 'label', id: 'tax', label: 'T' });
    const told = difference(apple, after);
    expect(told.kind === 'values' && [...told.values]).toEqual([['tax', 2]]);
  });

  it('nothing for names, notes, blocks and positions', () => {
    const after = edit(
      apple,
      { type: 'note', id: 'tax', text: 'n' },
      { type: 'group', ids: ['price'], name: 'g' },
      { type: 'move', positions: { tax: [1, 1] } },
    );
    expect(difference(apple, after).kind).toBe('none');
  });

  it('the whole graph where wires, rules or shapes differ', () => {
    expect(difference(apple, edit(apple, { type: 'value', id: 'tax', value: [1, 2] })).kind).toBe('graph');
    expect(difference(apple, edit(apple, { type: 'kind', id: 'tax', op: 'parameter' })).kind).toBe('graph');
    expect(difference(apple, edit(apple, { type: 'connect', from: 'tax', to: 'price', slot: 1 })).kind).toBe('graph');
  });
});

describe('copies', () => {
  it('keep the wires among themselves, and in the same tab the wires from others', () => {
    const clip = clipOf(apple, new Set(['price', 'total']), 'here');
    const { edit: paste, ids } = pasteOf(apple, readClip(printClip(clip))!, 'here', [10, 10]);
    expect(ids).toEqual(['price 2', 'total 2']);
    expect(paste.nodes.map(({ inputs }) => inputs)).toEqual([
      ['apple', 'count'],
      ['price 2', 'tax'],
    ]);
    const elsewhere = pasteOf(apple, clip, 'another', [10, 10]).edit;
    expect(elsewhere.nodes.map(({ inputs }) => inputs)).toEqual([
      ['', ''],
      ['price 2', ''],
    ]);
  });

  it('of anything else are refused', () => {
    for (const text of [
      'hello',
      '{}',
      '[]',
      'null',
      '{"format":"backprop-nodes","version":1,"nodes":[]}',
      '{"format":"backprop-nodes","version":1,"nodes":[{"id":"a"}]}',
      '{"format":"backprop-nodes","version":1,"nodes":[{"id":"a","op":"input","value":"1"}]}',
      '{"format":"backprop-nodes","version":1,"nodes":[{"id":"a","op":"input"},{"id":"a","op":"input"}]}',
      '{"format":"backprop-nodes","version":2,"nodes":[{"id":"a","op":"input"}]}',
    ])
      expect(readClip(text), text).toBeNull();
  });
});

describe('drafts from storage', () => {
  it('come back as they were, without what has no place in them', () => {
    const draft = edit(apple, { type: 'disconnect', to: 'price', slot: 1 }, { type: 'note', id: 'tax', text: 'n' });
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
    expect(parseDraft(JSON.stringify({ ...draft, script: 'x' }))).toEqual(draft);
  });

  it('are refused where they are no drafts', () => {
    for (const text of ['', '1', '{"format":"backprop-graph","version":1}', '{"nodes":[]}', '[1']) {
      expect(parseDraft(text), text).toBeNull();
    }
  });
});

describe('names', () => {
  it('are letters of their kind, then letters with numbers', () => {
    const taken = new Set(['x', 'y']);
    expect(freshName(taken, 'input')).toBe('z');
    expect(freshName(new Set(['x', 'y', 'z']), 'input')).toBe('x2');
    expect(freshName(taken, 'mul')).toBe('p');
    expect(freshName(taken, 'parameter')).toBe('w');
  });

  it('of copies count on', () => {
    expect(freeName(new Set(['tax']), 'tax')).toBe('tax 2');
    expect(freeName(new Set(['tax', 'tax 2']), 'tax 2')).toBe('tax 3');
    expect(freeName(new Set(['x']), 'x')).toBe('x2');
  });
});

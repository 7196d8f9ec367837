// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { OpInfo } from '../../../web/shared/api';
import type { PanelRequest } from '../../../web/steps/panel-model';
import { lettersAt } from '../../../web/steps/letters';

it('what the build typeset is written in the letters of the graph', () => {
  const op = { name: 'div', output: 'z', inputs: [{ name: 'x1' }, { name: 'y' }], variadic: false };
  const formulas = { value: '\\frac{x_1}{y}', local: [], backward: [] };
  const nodes = [
    { id: 'a1', inputs: [] },
    { id: 'b', inputs: [] },
    { id: 'q', inputs: ['a1', 'b'] },
  ];
  const letters = lettersAt(
    {
      info: { nodes, output: 'q' },
      words: {
        label: (id: string) => id,
        op: (id: string) => (id === 'q' ? ({ ...op, formulas } as unknown as OpInfo) : undefined),
      },
    } as unknown as PanelRequest,
    'q',
  )!;
  const math = document.createElement('div');
  const inLetters = (markup: string): string => {
    math.innerHTML = `<math>${markup}</math>`;
    letters.inElement(math);
    return math.innerHTML;
  };
  expect(inLetters('<mfrac><msub><mi>x</mi><mn>1</mn></msub><mi>y</mi></mfrac>')).toBe(
    '<math><mfrac><msub><mi>a</mi><mn>1</mn></msub><mi>b</mi></mfrac></math>',
  );
  const derivative = '<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><mi>z</mi></mrow></mfrac>';
  inLetters(derivative);
  expect(math.textContent).toBe('∂q∂q');
  expect(letters.inText('∂L/∂z (x_1 - y)/n')).toBe('∂q/∂q (a1 - b)/n');
});

import { isBox, numbersOf, type PictureRequest } from './graph-text.ts';

/** The graph as a Mermaid flowchart: values and, after the colon, what comes back along each wire. Labels are data, never markup. */
export function mermaid(request: PictureRequest): string {
  const { info, words, title } = request;
  const { value, grad, contribution } = numbersOf(request);
  const key = new Map(info.nodes.map(({ id }, i) => [id, `n${i}`]));
  const lines = info.nodes.map((node) => {
    const name = key.get(node.id) ?? '';
    if (node.kind !== 'operator') {
      const given = value(node.id);
      return `  ${name}["${safe(words.label(node.id) + (given === null ? '' : ` = ${given}`))}"]:::${node.kind}`;
    }
    const symbol = `"${safe(words.symbol(node.id))}"`;
    return isBox(node, words) ? `  ${name}[${symbol}]` : `  ${name}((${symbol}))`;
  });
  const wires = info.nodes.flatMap((node) =>
    node.inputs.map((from, slot) => {
      const numbers = [value(from), contribution(node.id, slot)];
      const text = numbers[1] === null ? (numbers[0] ?? '') : `${numbers[0] ?? ''} : ${numbers[1] ?? ''}`;
      const label = text === '' ? '' : `|"${safe(text)}"|`;
      return `  ${key.get(from) ?? ''} -->${label} ${key.get(node.id) ?? ''}`;
    }),
  );
  const end = [value(info.output), grad(info.output)].filter((text) => text !== null).join(' : ');
  return `${[
    '---',
    `title: ${JSON.stringify(title)}`,
    '---',
    'flowchart LR',
    ...lines,
    `  result(["${safe(words.label(info.output))}"]):::loss`,
    ...wires,
    `  ${key.get(info.output) ?? ''} -->${end === '' ? '' : `|"${safe(end)}"|`} result`,
    '  classDef parameter color:#1f6b3c,stroke:#1f6b3c',
    '  classDef loss color:#7b1e62,stroke:#7b1e62',
  ].join('\n')}\n`;
}

/** Everything that Mermaid or the HTML in its labels could take for more than text, by its number. */
const safe = (text: string): string =>
  text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replace(/["#&<>`|[\]{}()\\;*_~]/g, (char) => `#${char.charCodeAt(0)};`);

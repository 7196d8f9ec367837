/** Words inside a drawn graph and a heat map. */
export const figure = {
  graph: 'Computational graph',
  graphHelp: 'Arrow keys follow the wires, Enter chooses a node, F2 edits an input.',
  step: ({ step }: { step: number }) => `step ${step}`,
  wholeGraph: 'whole graph',
  operator: ({ symbol, name }: { symbol: string; name: string }) => `${symbol} ${name}`,
  node: ({ name, value, gradient }: { name: string; value: string | null; gradient: string | null }) =>
    [name, value === null ? null : `value ${value}`, gradient === null ? null : `gradient ${gradient}`]
      .filter((part) => part !== null)
      .join(', '),
  activeNode: ({ node, step }: { node: string; step: number }) => `${node}, step ${step}`,
  refusedNode: ({ node, why }: { node: string; why: string | null | undefined }) => `${node}, ${why ?? 'refused'}`,
  tangentNode: ({ node, tangent }: { node: string; tangent: string }) => `${node}, tangent ${tangent}`,
  tangentMap: ({ name, shape }: { name: string; shape: string }) => `Tangents of ${name}, ${shape}`,
  tangentLegend: 'In a dotted frame: the tangent, how fast a value moves while the chosen input moves at speed 1.',
  large: ({ shape, min, max }: { shape: string; min: string; max: string }) => `${shape}, from ${min} to ${max}`,
  range: ({ min, max }: { min: string; max: string }) => `${min} to ${max}`,
  valueMap: ({ name, shape }: { name: string; shape: string }) => `Values of ${name}, ${shape}`,
  gradientMap: ({ name, shape }: { name: string; shape: string }) => `Gradients of ${name}, ${shape}`,
  element: ({ name, row, column }: { name: string; row: number; column: number }) =>
    `${name}, row ${row}, column ${column}`,
  notNumber: ({ text }: { text: string }) =>
    `“${text}” is not a number. Write one such as 3 or −0.5, or press Escape for the old value.`,
  empty: 'A number is missing. Write one such as 3 or −0.5, or press Escape for the old value.',
  heatMap: 'heat map',
  heatMapHelp: 'Arrow keys move from cell to cell.',
  cell: ({ row, column, value }: { row: number; column: number; value: string }) =>
    `row ${row}, column ${column}, ${value}`,
  negative: 'negative',
  zero: '0',
  positive: 'positive',
};

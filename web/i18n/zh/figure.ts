import type { figure as en } from '../en/figure.ts';

export const figure: typeof en = {
  graph: '计算图',
  graphHelp: '方向键沿连线移动，Enter 选择节点，F2 修改输入。',
  step: ({ step }) => `第 ${step} 步`,
  wholeGraph: '整个图',
  operator: ({ symbol, name }) => `${symbol} ${name}`,
  node: ({ name, value, gradient }) =>
    [name, value === null ? null : `值 ${value}`, gradient === null ? null : `梯度 ${gradient}`]
      .filter((part) => part !== null)
      .join('，'),
  activeNode: ({ node, step }) => `${node}，第 ${step} 步`,
  refusedNode: ({ node, why }) => `${node}，${why ?? '被拒绝'}`,
  tangentNode: ({ node, tangent }) => `${node}，切向量 ${tangent}`,
  tangentMap: ({ name, shape }) => `${name} 的切向量，${shape}`,
  tangentLegend: '虚线框内是切向量：所选输入以速度 1 变化时，该值变化的速度。',
  large: ({ shape, min, max }) => `${shape}，从 ${min} 到 ${max}`,
  range: ({ min, max }) => `${min} 到 ${max}`,
  valueMap: ({ name, shape }) => `${name} 的值，${shape}`,
  gradientMap: ({ name, shape }) => `${name} 的梯度，${shape}`,
  element: ({ name, row, column }) => `${name}，第 ${row} 行第 ${column} 列`,
  notNumber: ({ text }) => `“${text}”不是数。请输入 3 或 −0.5 这样的数，按 Escape 恢复原值。`,
  empty: '这里缺少一个数。请输入 3 或 −0.5 这样的数，按 Escape 恢复原值。',
  heatMap: '热图',
  heatMapHelp: '方向键逐格移动。',
  cell: ({ row, column, value }) => `第 ${row} 行，第 ${column} 列，${value}`,
  negative: '负',
  zero: '0',
  positive: '正',
};

import type { figure as en } from '../en/figure.ts';

export const figure: typeof en = {
  graph: '計算グラフ',
  graphHelp: '矢印キーで線をたどり、Enter でノードを選び、F2 で入力を編集します。',
  step: ({ step }) => `ステップ ${step}`,
  wholeGraph: 'グラフ全体',
  operator: ({ symbol, name }) => `${symbol} ${name}`,
  node: ({ name, value, gradient }) =>
    [name, value === null ? null : `値 ${value}`, gradient === null ? null : `勾配 ${gradient}`]
      .filter((part) => part !== null)
      .join('、'),
  activeNode: ({ node, step }) => `${node}、ステップ ${step}`,
  refusedNode: ({ node, why }) => `${node}、${why ?? '受け付けられません'}`,
  tangentNode: ({ node, tangent }) => `${node}、接ベクトル ${tangent}`,
  tangentMap: ({ name, shape }) => `${name} の接ベクトル、${shape}`,
  tangentLegend: '点線の枠は接ベクトルです。選んだ入力が速さ 1 で動くとき、値が動く速さを示します。',
  large: ({ shape, min, max }) => `${shape}、${min} から ${max} まで`,
  range: ({ min, max }) => `${min} から ${max}`,
  valueMap: ({ name, shape }) => `${name} の値、${shape}`,
  gradientMap: ({ name, shape }) => `${name} の勾配、${shape}`,
  element: ({ name, row, column }) => `${name}、${row} 行 ${column} 列`,
  notNumber: ({ text }) =>
    `「${text}」は数ではありません。3 や −0.5 のような数を入力するか、Escape で元の値に戻してください。`,
  empty: '数が入力されていません。3 や −0.5 のような数を入力するか、Escape で元の値に戻してください。',
  heatMap: 'ヒートマップ',
  heatMapHelp: '矢印キーで 1 マスずつ移動します。',
  cell: ({ row, column, value }) => `${row} 行、${column} 列、${value}`,
  negative: '負',
  zero: '0',
  positive: '正',
};

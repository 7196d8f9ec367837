import type { ExpressionWords } from '../expression.ts';

export const expression: ExpressionWords = {
  label: '式',
  program: 'プログラム',
  draw: '描く',
  expand: '複数行',
  collapse: '1 行',
  undo: '前のグラフ',
  help: '計算したい式を入力し、Enter で描く。文字を打つと名前と関数の候補が出て、矢印キーで選べる。',
  helpProgram: '1 行に 1 文。Ctrl と Enter で描く。',
  placeholder: '例：(x + y)^2',
  tooLarge: 'このグラフは大きすぎて式には書けない。',
  suggestions: '候補',
  offered: ({ count }) => `候補 ${count} 件`,
  nameKind: '名前',
  preview: ({ inputs, operators }) => `演算 ${operators} 個、入力 ${inputs} 個`,
  drawn: ({ inputs, operators }) => `描いた：演算 ${operators} 個、入力 ${inputs} 個。`,
  assumed: ({ names }) => `値がないので 1 とした：${names}。図の中で変えられる。`,
  assumedShape: ({ names }) => `まだ値がないので 1 とした：${names}。W = [1, 2; 3, 4] のように値を与える。`,
  refused: 'エンジンはこのグラフを受け付けない。',
  claimHolds: ({ title, points }) => `${title} は ${points} 点でエンジンの勾配と一致する。`,
  claimFails: ({ title, x, claimed, engine }) =>
    `${title} は ${x} で一致しない。書かれた値は ${claimed}、エンジンの計算は ${engine}。`,
  claimOpen: ({ title }) => `${title} は比べられない。この関数は単独の数を受け取らない。`,

  wanted: {
    value: '数、名前、または括弧',
    open: '開き括弧',
    close: '閉じ括弧',
    name: '名前',
    equals: '等号',
    end: '文の終わり',
    literal: '数、または角括弧の中の数の並び',
    comma: 'コンマ',
  },
  type: { number: '数', integer: '整数', boolean: 'true か false', integers: '[0, 1] のような整数' },
  problems: {
    Empty: () => 'まだ描くものがない。',
    TooLong: ({ limit }) => `文字数が ${limit} を超えている。`,
    TooDeep: ({ limit }) => `ここで括弧の入れ子が ${limit} 段を超える。一部に名前を付ける。`,
    TooManyNodes: ({ limit }) => `グラフのノードが ${limit} 個を超える。`,
    UnexpectedCharacter: ({ found }) => `「${found}」はここでは意味を持たない。特殊な文字を含む名前は逆引用符で囲む。`,
    BadNumber: ({ found }) => `${found} は計算できる数ではない。`,
    UnclosedQuote: () => 'この名前を閉じる逆引用符がない。',
    Expected: ({ wanted, found }) =>
      found === '' ? `ここに${wanted}が足りない。` : `ここは「${found}」だが、必要なのは${wanted}である。`,
    Unclosed: ({ bracket }) => `この「${bracket}」が閉じられていない。`,
    MissingOperator: ({ left, right }) => `「${left}」と「${right}」の間に演算子がない。積なら × と書く。`,
    AmbiguousRoot: ({ operand }: { operand: string }) =>
      `${operand} の根か、べき全体の根か決まりません。√(${operand}^…) または (√${operand})^… と書いてください。`,
    AmbiguousProduct: ({ over, product }) =>
      `${over} / ${product} は 2 通りに読める。${product} を括弧で囲むか、× と書く。`,
    NumbersOnly: ({ found }) => `角括弧の中に書けるのは数だけで、「${found}」は書けない。名前を付けて使う。`,
    Ragged: ({ row, wanted, got }) =>
      `${row} 行目には数が ${got} 個、1 行目には ${wanted} 個ある。どの行も同じ長さにする。`,
    LiteralWanted: ({ name }) =>
      `${name} にはここで数か数の並びが必要である。計算される値には param や const を付けない。`,
    UnknownFunction: ({ name, nearest }) =>
      nearest === null
        ? `「${name}」という関数はない。Ctrl とスペースで一覧が出る。`
        : `「${name}」という関数はない。${nearest} のことか。`,
    NotAFunction: ({ name }) => `${name} は値であり、呼び出せない。積なら ${name} × (…) と書く。`,
    WrongArity: ({ signature, wanted, got }) => `${signature} の入力は ${wanted} 個だが、${got} 個与えられた。`,
    UnknownAttribute: ({ name, op, known }) =>
      known === ''
        ? `${op} に設定はなく、「${name}」もない。`
        : `${op} に「${name}」という設定はない。あるのは ${known} である。`,
    AttributeMissing: ({ name, op }) => `${op} には ${name} も必要である。${name}=… と書く。`,
    AttributeValue: ({ name, op, type }) => `${op} の ${name} は${type}でなければならない。`,
    AttributeTwice: ({ name }) => `${name} が 2 回与えられている。`,
    PositionalAfterNamed: () => '入力は、名前の付いた設定より前に書く。',
    DefinedTwice: ({ name }) =>
      `${name} はすでに定義されている。グラフでは 1 つの名前が 1 つの値を表す。別の名前にする。`,
    ClashWithOp: ({ name }) => `${name} はエンジンの関数である。別の名前にする。`,
    CyclicDefinition: ({ names }) =>
      names.length === 2
        ? `${names[0]} が自分自身で定義されている。`
        : `名前の定義が循環している：${names.join(' → ')}。`,
    RecursiveFunction: ({ names }) =>
      `関数はここでは自分自身を呼べない。グラフが終わらなくなる：${names.join(' → ')}。`,
    ParameterTwice: ({ name }) => `関数に ${name} という引数が 2 つある。`,
    ValueNeeded: ({ name, op, slot }) =>
      `${name} に値が必要である。${op} の ${slot} は配列を取る。${name} = [1, 2; 3, 4] のように書く。`,
    DerivativeOfNothing: ({ name }) => `微分する関数 ${name} がない。先に ${name}(x) = … と定義する。`,
    DerivativeBy: ({ name, parameters }) =>
      `${name} をどの引数で微分するかを書く。引数は ${parameters} である。d${name}/dx = … のように書く。`,
    SeedTwice: () => '始まりの勾配が 2 回与えられている。',
    NothingToDraw: () => '関数の定義だけでは何も描けない。z = f(a) のように呼び出す。',
  },
};

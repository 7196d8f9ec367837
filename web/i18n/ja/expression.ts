import type { ExpressionWords } from '../expression.ts';

export const expression: ExpressionWords = {
  label: '式',
  program: 'プログラム',
  draw: '描く',
  expand: '複数行',
  collapse: '1 行',
  undo: '前のグラフ',
  help: '計算したい式を入力し、Enter で描きます。文字を打つと名前と関数の候補が出て、矢印キーで選べます。',
  helpProgram: '1 行に 1 文。Ctrl と Enter で描きます。',
  placeholder: '例：(x + y)^2',
  tooLarge: 'このグラフは大きすぎて式には書けません。',
  suggestions: '候補',
  offered: ({ count }) => `候補 ${count} 件`,
  nameKind: '名前',
  preview: ({ inputs, operators }) => `演算 ${operators} 個、入力 ${inputs} 個`,
  drawn: ({ inputs, operators }) => `描きました：演算 ${operators} 個、入力 ${inputs} 個。`,
  assumed: ({ names }) => `値がないので 1 とした：${names}。図の中で変えられます。`,
  assumedShape: ({ names }) => `まだ値がないので 1 とした：${names}。W = [1, 2; 3, 4] のように値を与えてください。`,
  refused: 'エンジンがこのグラフを受け付けません。',
  claimHolds: ({ title, points }) => `${title} は ${points} 点でエンジンの勾配と一致します。`,
  claimFails: ({ title, x, claimed, engine }) =>
    `${title} は ${x} で一致しません。書かれた値は ${claimed}、エンジンの計算は ${engine} です。`,
  claimOpen: ({ title }) => `${title} は比べられません。この関数は単独の数を受け取りません。`,

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
    Empty: () => 'まだ描くものがありません。',
    TooLong: ({ limit }) => `文字数が ${limit} を超えています。`,
    TooDeep: ({ limit }) => `ここで括弧の入れ子が ${limit} 段を超えます。一部に名前を付けてください。`,
    TooManyNodes: ({ limit }) => `グラフのノードが ${limit} 個を超えます。`,
    UnexpectedCharacter: ({ found }) =>
      `「${found}」はここでは意味を持ちません。特殊な文字を含む名前はバッククォートで囲んでください。`,
    BadNumber: ({ found }) => `${found} は計算できる数ではありません。`,
    UnclosedQuote: () => 'この名前を閉じるバッククォートがありません。',
    Expected: ({ wanted, found }) =>
      found === '' ? `ここに${wanted}が足りません。` : `ここは「${found}」ですが、必要なのは${wanted}です。`,
    Unclosed: ({ bracket }) => `この「${bracket}」が閉じられていません。`,
    MissingOperator: ({ left, right }) =>
      `「${left}」と「${right}」の間に演算子がありません。積なら × と書いてください。`,
    AmbiguousRoot: ({ operand }: { operand: string }) =>
      `${operand} の根か、べき全体の根か決まりません。√(${operand}^…) または (√${operand})^… と書いてください。`,
    AmbiguousProduct: ({ over, product }) =>
      `${over} / ${product} は 2 通りに読めます。${product} を括弧で囲むか、× と書いてください。`,
    NumbersOnly: ({ found }) =>
      `角括弧の中に書けるのは数だけで、「${found}」は書けません。名前を付けて使ってください。`,
    Ragged: ({ row, wanted, got }) =>
      `${row} 行目には数が ${got} 個、1 行目には ${wanted} 個あります。どの行も同じ長さにしてください。`,
    LiteralWanted: ({ name }) =>
      `${name} にはここで数か数の並びが必要です。計算される値には param や const を付けません。`,
    UnknownFunction: ({ name, nearest }) =>
      nearest === null
        ? `「${name}」という関数はありません。Ctrl とスペースで一覧が出ます。`
        : `「${name}」という関数はありません。${nearest} のことですか。`,
    NotAFunction: ({ name }) => `${name} は値なので呼び出せません。積なら ${name} × (…) と書いてください。`,
    WrongArity: ({ signature, wanted, got }) => `${signature} の入力は ${wanted} 個ですが、${got} 個与えられています。`,
    UnknownAttribute: ({ name, op, known }) =>
      known === ''
        ? `${op} に設定はなく、「${name}」もありません。`
        : `${op} に「${name}」という設定はありません。あるのは ${known} です。`,
    AttributeMissing: ({ name, op }) => `${op} には ${name} も必要です。${name}=… と書いてください。`,
    AttributeValue: ({ name, op, type }) => `${op} の ${name} には${type}を書いてください。`,
    AttributeTwice: ({ name }) => `${name} が 2 回与えられています。`,
    PositionalAfterNamed: () => '入力は、名前の付いた設定より前に書いてください。',
    DefinedTwice: ({ name }) =>
      `${name} はすでに定義されています。グラフでは 1 つの名前が 1 つの値を表します。別の名前にしてください。`,
    ClashWithOp: ({ name }) => `${name} はエンジンの関数です。別の名前にしてください。`,
    CyclicDefinition: ({ names }) =>
      names.length === 2
        ? `${names[0]} が自分自身で定義されています。`
        : `名前の定義が循環しています：${names.join(' → ')}。`,
    RecursiveFunction: ({ names }) =>
      `関数はここでは自分自身を呼べません。グラフが終わらなくなります：${names.join(' → ')}。`,
    ParameterTwice: ({ name }) => `関数に ${name} という引数が 2 つあります。`,
    ValueNeeded: ({ name, op, slot }) =>
      `${name} に値が必要です。${op} の ${slot} は配列を取ります。${name} = [1, 2; 3, 4] のように書いてください。`,
    DerivativeOfNothing: ({ name }) => `微分する関数 ${name} がありません。先に ${name}(x) = … と定義してください。`,
    DerivativeBy: ({ name, parameters }) =>
      `${name} をどの引数で微分するかを書いてください。引数は ${parameters} です。d${name}/dx = … のように書きます。`,
    SeedTwice: () => '始まりの勾配が 2 回与えられています。',
    NothingToDraw: () => '関数の定義だけでは何も描けません。z = f(a) のように呼び出してください。',
  },
};
